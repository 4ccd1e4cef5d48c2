"""What may be typed in about staff."""

from datetime import date
from typing import Any

from django import forms

from belisha.people.forms.fields import DayForm
from belisha.people.models import Staff
from belisha.people.rules import ROLES_GIVEN


class StaffForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Staff
        fields = ["name", "email", "joined_on"]
        help_texts = {
            "email": "They sign in with it.",
            "joined_on": "From this day they are asked to read what staff read.",
        }
        widgets = {"joined_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean_email(self) -> Any:
        return self.cleaned_data["email"].lower()


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label="Roles",
        required=False,
        choices=[(role.value, role.label) for role in ROLES_GIVEN],
        widget=forms.CheckboxSelectMultiple,
        help_text="The new rights count at once.",
    )


class LetInForm(forms.Form):
    by = forms.ChoiceField(
        label="How does the link reach them?",
        choices=[
            ("mail", "By mail, to their email address"),
            ("hand", "By hand: show it here once, to print or copy"),
        ],
        initial="mail",
        widget=forms.RadioSelect,
    )


class LeavingForm(DayForm):
    """On which day somebody left; the head may let them go with something left undone."""

    all_the_same = forms.BooleanField(
        label="They are gone today, with this undone. It stays on my list.", required=False
    )

    def __init__(self, data: Any = None, *, today: date, undone: bool, head: bool) -> None:
        super().__init__(data, today=today)
        if not (undone and head):
            del self.fields["all_the_same"]
