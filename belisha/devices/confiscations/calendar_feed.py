"""Days on which a pupil's device goes back. Whose it is stays here."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone

from belisha.devices.confiscations.access import can_keep
from belisha.devices.confiscations.stands import stand
from belisha.devices.models import Confiscation
from belisha.lib.ical import Event
from belisha.people.calendar import LONDON
from belisha.people.models import User, calendar_of


def events_of(user: User, on: date) -> Iterator[Event]:
    """For those who keep them, what is still here."""
    if not can_keep(user):
        return
    rows = Confiscation.objects.open().with_state()
    at = datetime.combine(on, time.min, tzinfo=LONDON)
    for one in stand(rows, at=at, calendar=calendar_of(user.school)):
        day = timezone.localdate(one.back_by)
        yield Event(f"confiscation-{one.row.pk}", "A pupil’s device goes back", day, day)
