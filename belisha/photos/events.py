"""Days of the albums that concern somebody: the last day of each use that they asked for."""

from collections.abc import Iterator
from datetime import date

from belisha.lib.ical import Event
from belisha.people.models import User
from belisha.photos.models import PictureRequest, Selection


def events_of(user: User, on: date) -> Iterator[Event]:
    """For who asked or published. What it is called may name a child, so it stays at home."""
    mine = Selection.objects.filter(published_by=user, until_on__gte=on)
    for pk, day in mine.values_list("pk", "until_on"):
        yield Event(f"set-{pk}", "Last day of published pictures: take them down", day, day)
    asked = PictureRequest.objects.visible_to(user).open(on).filter(asked_by=user)
    for pk, day in asked.values_list("pk", "until"):
        yield Event(f"use-{pk}", "A use of a picture ends: take it down", day, day)
