"""What stands in somebody's own calendar, gathered from the areas. No event names a child."""

from collections.abc import Callable, Iterable
from datetime import date

from belisha.channels.calendar_feed import events_of as renewals
from belisha.complaints.calendar_feed import events_of as answers_due
from belisha.consent.events import events_of as questions
from belisha.devices.calendar_feed import events_of as loans
from belisha.events.calendar_feed import events_of as occasions
from belisha.lib.ical import Event
from belisha.people.events import events_of as school_days
from belisha.people.models import User
from belisha.photos.events import events_of as uses
from belisha.policy.events import events_of as reviews
from belisha.rights.calendar_feed import events_of as requests_due

# An area that knows of days adds its function here.
SOURCES: tuple[Callable[[User, date], Iterable[Event]], ...] = (
    school_days,
    questions,
    uses,
    reviews,
    renewals,
    loans,
    occasions,
    answers_due,
    requests_due,
)


def events_for(user: User, on: date) -> list[Event]:
    """Everything that has a day and concerns this person, in the order of days."""
    found = [event for source in SOURCES for event in source(user, on)]
    return sorted(found, key=lambda event: (event.first_day, event.uid))
