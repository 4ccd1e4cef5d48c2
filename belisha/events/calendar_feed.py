"""Days of this area that stand in somebody's own calendar."""

from collections.abc import Iterator
from datetime import date

from belisha.lib.ical import Event
from belisha.people.models import User


def events_of(user: User, on: date) -> Iterator[Event]:
    """Nothing yet."""
    yield from ()
