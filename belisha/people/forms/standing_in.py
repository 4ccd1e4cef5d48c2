"""What may be typed in to name who decides while the head is away."""

from typing import Any

from django import forms

from belisha.people.models import Staff
from belisha.people.rules import Role


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Say which day it is."},
    )


class StandInForm(forms.Form):
    """Who, and from when until when."""

    staff = forms.ModelChoiceField(
        Staff.objects.none(),
        label="Who decides for you?",
        empty_label="Choose a senior leader",
        error_messages={"required": "Choose a senior leader."},
    )
    first_day = _day("First day")
    last_day = _day("Last day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaders = Staff.objects.current().filter(roles__role=Role.SENIOR_LEADER)
        self.fields["staff"].queryset = leaders  # type: ignore[attr-defined]
