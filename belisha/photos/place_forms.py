"""What may be typed in about places, sets of pictures, and what was taken down."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from belisha.channels.models import Account
from belisha.people.models import Staff
from belisha.photos.models import Place, Publication, Selection, TakeDown
from belisha.photos.rules import PlaceKind


def _day(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Say which day it is."},
    )


class PlaceForm(forms.Form):
    """A place of one kind; what a kind does not have is not asked."""

    name = forms.CharField(
        max_length=120,
        help_text="Such as: Gallery on our website; Newsletter of 4 December.",
        error_messages={"required": "Give the place a name."},
    )
    account = forms.ModelChoiceField(
        Account.objects.none(),
        label="Which of our accounts?",
        error_messages={"required": "Choose one of our accounts."},
    )
    goes_out_on = _day("When does the issue go out?")
    keeper = forms.ModelChoiceField(
        Staff.objects.none(),
        label="Who looks after it?",
        help_text="They are told when a picture must be taken down there.",
        error_messages={"required": "Say who looks after it."},
    )
    in_our_hands = forms.BooleanField(
        label="We serve the pictures ourselves",
        required=False,
        help_text="Our website shows them from here, so a picture that is taken back is gone at "
        "once.",
    )
    sites = forms.CharField(
        label="Which sites may show our gallery?",
        required=False,
        max_length=1000,
        help_text="One address on each line, such as https://www.school.example.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    stays = forms.IntegerField(
        label="How many days does a picture stay?", min_value=1, max_value=3650
    )
    how_down = forms.CharField(
        label="How is a picture taken down there?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any, *, kind: PlaceKind, place: Place | None = None) -> None:
        given: dict[str, Any] = {"stays": kind.stays}
        if place:
            given = {
                "name": place.name,
                "keeper": place.keeper_id,
                "stays": place.stays,
                "how_down": place.how_down,
                "goes_out_on": place.goes_out_on,
                "sites": "\n".join(place.sites),
            }
        super().__init__(data, initial=given)
        for name in self._not_asked(kind, place):
            del self.fields[name]
        self._choose_from("keeper", Staff.objects.current())
        self._choose_from("account", Account.objects.current())

    def _not_asked(self, kind: PlaceKind, place: Place | None) -> Iterator[str]:
        if kind is not PlaceKind.ACCOUNT or place:
            yield "account"
        if kind is not PlaceKind.NEWSLETTER:
            yield "goes_out_on"
        if place or not kind.may_be_ours:
            yield "in_our_hands"
        if kind is not PlaceKind.WEBSITE or (place and not place.in_our_hands):
            yield "sites"

    def _choose_from(self, name: str, rows: Any) -> None:
        if name in self.fields:
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean_sites(self) -> list[str]:
        typed: str = self.cleaned_data["sites"]
        return [line.strip() for line in typed.splitlines() if line.strip()]


class ChooseForm(forms.Form):
    """For which place, and what the pictures are called together."""

    place = forms.ModelChoiceField(
        Place.objects.none(),
        label="Where do they go?",
        empty_label="Choose a place",
        error_messages={"required": "Choose a place."},
    )
    title = forms.CharField(
        label="What do you call them together?",
        max_length=120,
        help_text="Such as: Bridge day. Everyone who looks reads it, so name no child.",
        error_messages={"required": "Give them a title."},
    )
    from_on = _day("From which day?")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place"].queryset = Place.objects.open()  # type: ignore[attr-defined]


class SetForm(forms.Form):
    """The words and days of a set, with a caption and a description for each picture."""

    title = forms.CharField(label="Title", max_length=120)
    words = forms.CharField(
        label="Words around the pictures",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    from_on = _day("From which day?")
    until_on = _day("Until the end of which day?")
    looked = forms.BooleanField(
        label="I have looked at all words: none leads to a child",
        required=False,
        help_text="A full name is never let through.",
    )

    def __init__(self, data: Any, *, selection: Selection) -> None:
        rows = list(Publication.objects.filter(selection=selection).order_by("position", "id"))
        self.pictures = [row.pk for row in rows]
        given: dict[str, Any] = {
            "title": selection.title,
            "words": selection.words,
            "from_on": selection.from_on,
            "until_on": selection.until_on,
            "looked": selection.looked_at is not None,
        }
        for row in rows:
            given |= {f"caption_{row.pk}": row.caption, f"alt_{row.pk}": row.alt}
        super().__init__(data, initial=given)
        for row in rows:
            self.fields[f"caption_{row.pk}"] = forms.CharField(
                label="Caption", required=False, max_length=300
            )
            self.fields[f"alt_{row.pk}"] = forms.CharField(
                label="What it shows, for people who cannot see it",
                max_length=300,
                error_messages={"required": "Say what the picture shows."},
            )

    def fields_of(self, row: Publication) -> tuple[BoundField, ...]:
        """The two boxes of one picture."""
        return self[f"caption_{row.pk}"], self[f"alt_{row.pk}"]

    @property
    def around(self) -> list[BoundField]:
        """The boxes that are of no one picture."""
        return [self[name] for name in ("title", "words", "from_on", "until_on", "looked")]


class UpForm(forms.Form):
    """Where copies are up that left."""

    where = forms.CharField(
        label="Where are they up?",
        max_length=300,
        help_text="An address, an issue and page, a wall.",
        error_messages={"required": "Say where they are up."},
    )


class TakeDownForm(forms.Form):
    """What came of a recall."""

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=TakeDown.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say what came of it."},
    )
    happened_on = _day("On which day?")
    words = forms.CharField(
        label="How do you know?",
        max_length=400,
        help_text="Such as: I looked at the page and it is gone; 200 copies were handed out.",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say how you know."},
    )


class PublicationsForm(forms.Form):
    """Which publications to show."""

    place = forms.ModelChoiceField(
        Place.objects.none(), label="Place", required=False, empty_label="Anywhere"
    )
    q = forms.CharField(label="Words", required=False, max_length=100)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place"].queryset = Place.objects.all()  # type: ignore[attr-defined]
