"""What may be typed in about prints, and about pictures for families and in school."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django_scopes.forms import SafeModelChoiceField

from belisha.people.models import GuestPass
from belisha.photos.retention import FEWEST_DAYS, MOST_DAYS
from belisha.photos.rules import Layout, Viewers
from belisha.policy.models import Purpose

SIX_WEEKS = timedelta(weeks=6)


def day_field(label: str, help_text: str = "") -> forms.DateField:
    """A day, as browsers ask for it."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day.", "invalid": "Write the day like 18/12/2026."},
    )


class PrintForm(forms.Form):
    """A sheet for the wall, or a contact sheet."""

    title = forms.CharField(
        label="Title", max_length=120, help_text="It stands at the top. Name no child."
    )
    layout = forms.ChoiceField(
        label="Layout",
        choices=[(one.value, one.label) for one in Layout],
        widget=forms.RadioSelect,
        initial=Layout.FOUR.value,
    )
    where = forms.CharField(
        label="Where will it hang?",
        max_length=120,
        required=False,
        help_text="Such as: corridor outside Robins.",
    )
    until_on = day_field("Until when?", "The last day on the wall. You are told to take it down.")
    with_names = forms.BooleanField(
        label="First names below the pictures",
        required=False,
        help_text="Only of children whose family said yes, and only inside the school.",
    )

    def __init__(self, *args: Any, today: date, may_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["until_on"].initial = today + SIX_WEEKS
        if not may_name:
            del self.fields["with_names"]

    def clean_until_on(self) -> date:
        return _to_come(self.cleaned_data["until_on"], self.today)


class PrintChangeForm(forms.Form):
    """Where a print hangs, and until when."""

    where = forms.CharField(label="Where does it hang?", max_length=120, required=False)
    until_on = day_field("Until when?")


class ShareForm(forms.Form):
    """Pictures for families, or for everyone in school."""

    title = forms.CharField(
        label="Title for those who see it",
        max_length=120,
        help_text="Such as: Bridge day. Name no child.",
    )
    from_on = day_field("From")
    until_on = day_field("Until", "The last day. Nobody sees them after it.")

    def __init__(self, *args: Any, today: date, names: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.names = today, names
        self.fields["from_on"].initial = today
        self.fields["until_on"].initial = today + SIX_WEEKS

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        words = {word for word in re.split(r"[^\w-]+", title.casefold()) if word}
        named = sorted(words & self.names)
        if named:
            name = named[0].capitalize()
            raise forms.ValidationError(
                f"“{name}” is the name of a child. Say it without the name."
            )
        return title

    def clean_until_on(self) -> date:
        return _to_come(self.cleaned_data["until_on"], self.today)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        first, last = typed.get("from_on"), typed.get("until_on")
        if first and last and last < first:
            self.add_error("until_on", "The last day is before the first.")
        return typed


class GuestLookForm(forms.Form):
    """Which guest may look, until when."""

    guest = SafeModelChoiceField(
        queryset=GuestPass.objects.none(),
        label="Which guest?",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a guest."},
    )
    until_on = day_field("Until", "Never longer than their pass.")

    def __init__(self, *args: Any, guests: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["guest"]
        field.queryset = guests
        self.today = today

    def clean_until_on(self) -> date:
        return _to_come(self.cleaned_data["until_on"], self.today)


class PeriodForm(forms.Form):
    """How many days something is kept."""

    days = forms.IntegerField(
        label="Days",
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        help_text="365 for a year.",
        error_messages={"required": "Write a number of days."},
    )


class KeepLongerForm(forms.Form):
    """Why an album is kept although its time is over, and until when."""

    why = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="Such as: for the school’s history. Name no child.",
        error_messages={"required": "Say why it is kept."},
    )
    until_on = day_field("Until when?")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["until_on"].initial = today + timedelta(days=365)

    def clean_until_on(self) -> date:
        return _to_come(self.cleaned_data["until_on"], self.today)


class ReviewForm(forms.Form):
    """What somebody found who looked at everything that is public."""

    note = forms.CharField(
        label="What did you look at, and what is done about it?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Name no child.",
        error_messages={"required": "Write what you found, if only that all is well."},
    )


def purposes_for(viewers: Viewers) -> list[Purpose]:
    """The purposes in use for which pictures may be shown to these viewers, the usual one first."""
    keys = viewers.purposes
    found = Purpose.objects.in_use().filter(key__in=keys)
    return sorted(found, key=lambda purpose: keys.index(purpose.key))


def _to_come(day: date, today: date) -> date:
    if day < today:
        raise forms.ValidationError("This day is over. Choose a day to come.")
    return day
