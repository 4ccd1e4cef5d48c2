"""Fields that several forms about people share."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from belisha.people.rules import year_name

YEARS = [("", "Mixed, or not known"), *((year, year_name(year)) for year in range(-1, 14))]


def year_field() -> forms.TypedChoiceField:
    """Nursery to Year 13; an empty choice is None."""
    return forms.TypedChoiceField(
        label="Year group", choices=YEARS, coerce=int, empty_value=None, required=False
    )


class DayForm(forms.Form):
    """On which day something ended: today or earlier, since it counts at once."""

    on = forms.DateField(
        label="Last day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"on": today.isoformat()})
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError("This day is still to come. Write it down when it is here.")
        return on
