"""Days of the answers that concern somebody: the last day of each question to families."""

from collections.abc import Iterator
from datetime import date

from belisha.consent.models import Campaign
from belisha.lib.ical import Event
from belisha.people.access import can_manage_people
from belisha.people.models import User


def events_of(user: User, on: date) -> Iterator[Event]:
    """For those who ask. The title is the office's own words, so it stays at home."""
    if not can_manage_people(user):
        return
    for pk, day in Campaign.objects.open(on).values_list("pk", "answer_by"):
        yield Event(f"question-{pk}", "Families answer until today", day, day)
