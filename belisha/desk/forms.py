"""What is typed in at the first run."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from belisha.people.models import School, User


class FirstRunForm(forms.Form):
    """The school and its head, asked once."""

    name = forms.CharField(label="Name of the school", max_length=120)
    phone = forms.CharField(
        label="Telephone of the school",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    head_name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="As everyone calls you, such as Mrs Kerbside. You become the head here.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your email address", widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label="A password",
        help_text="15 letters or more. Four words that do not belong together are good.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> Any:
        told = self.cleaned_data
        school = School(name=told.get("name", ""))
        head = User(email=told.get("email", ""), name=told.get("head_name", ""), school=school)
        validate_password(told["password"], head)
        return told["password"]
