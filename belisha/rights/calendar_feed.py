"""Days of this area that stand in somebody's own calendar. Whom it is about stays here."""

from collections.abc import Iterator
from datetime import date

from belisha.lib.ical import Event
from belisha.people.models import User
from belisha.rights.access import can_take_requests
from belisha.rights.models import Request


def events_of(user: User, on: date) -> Iterator[Event]:
    """By when a request about data is to be answered, for those who answer."""
    for row in Request.objects.open() if can_take_requests(user) else ():
        words = "A request about data is to be answered"
        yield Event(f"rights-{row.pk}", words, row.due_on, row.due_on)
