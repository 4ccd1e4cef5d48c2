"""What is typed in to get a password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from belisha.people.models import User

PASSWORD_HINT = _("15 letters or more. Four words that do not belong together are good.")


class ChoosePasswordForm(forms.Form):
    password = forms.CharField(
        label=_("A password"),
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean_password(self) -> Any:
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label=_("Your email address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
