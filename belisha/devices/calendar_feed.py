"""Days of this area that stand in somebody's own calendar."""

from collections.abc import Iterator
from datetime import date

from belisha.devices.confiscations import calendar_feed as confiscations
from belisha.lib.ical import Event
from belisha.people.models import User


def events_of(user: User, on: date) -> Iterator[Event]:
    """When what was taken from a pupil goes back."""
    yield from confiscations.events_of(user, on)
