"""What the school's calendar tells somebody: terms, holidays and closed days."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext

from belisha.lib.ical import Event
from belisha.people.calendar import Mark
from belisha.people.models import MarkedDays, User

OVER_AFTER = 366  # days after which an event stands in no feed any more


def events_of(user: User, on: date) -> Iterator[Event]:
    """The days of the calendar for whoever is something here; the authority's are for staff."""
    for row in MarkedDays.objects.all():
        if (on - row.last_day).days > OVER_AFTER:
            continue
        if row.mark == Mark.TERM:
            first, last = gettext("%(term)s begins"), gettext("%(term)s ends")
            named = {"term": str(row)}
            yield Event(f"term-{row.pk}-first", first % named, row.first_day, row.first_day)
            yield Event(f"term-{row.pk}-last", last % named, row.last_day, row.last_day)
        elif row.mark != Mark.AUTHORITY or user.is_staff_member:
            yield Event(f"days-{row.pk}", str(row), row.first_day, row.last_day)
