"""What happens in the background: reminders by day, closing and erasing what is over."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone
from django_scopes import scope

from belisha.complaints.actions.passing import close_answered, erase_old, remind
from belisha.lib.seldom import Seldom
from belisha.people.models import School, calendar_of

LOOK = Seldom(timedelta(minutes=30))
FIRST_HOUR, LAST_HOUR = 7, 18  # nobody is reminded at night


def watch_complaints(at: datetime) -> bool:
    """Every half hour: close and erase what is over; on school days by day, remind."""
    if not LOOK.is_time(at):
        return False
    here = timezone.localtime(at)
    for school in School.objects.all():
        with scope(school=school):
            close_answered(at=at)
            erase_old(at)
            calendar = calendar_of(school)
            if FIRST_HOUR <= here.hour <= LAST_HOUR and calendar.is_school_day(here.date()):
                remind(calendar, at=at)
    return False


JOBS: tuple[Callable[[datetime], bool], ...] = (watch_complaints,)
