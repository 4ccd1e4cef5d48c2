"""What happens in the background: silence at an event becomes a breach, and what is kept no longer
is erased."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django_scopes import scope, scopes_disabled

from belisha.events.actions.keeping import erase_old
from belisha.events.actions.reminders import find_missed
from belisha.lib.seldom import Seldom
from belisha.people.models import School

EACH_MINUTE, TWICE_A_DAY = Seldom(timedelta(minutes=1)), Seldom(timedelta(hours=12))


def find_breaches(at: datetime) -> bool:
    """Every minute: events that ended and nobody said the reminder."""
    if EACH_MINUTE.is_time(at):
        for _ in _each_school():
            find_missed(at)
    return False


def erase(at: datetime) -> bool:
    """Twice a day: visits, challenges and events whose time has come."""
    if TWICE_A_DAY.is_time(at):
        for school in _each_school():
            erase_old(school, at=at)
    return False


def _each_school() -> Iterator[School]:
    with scopes_disabled():
        schools = list(School.objects.all())
    for school in schools:
        with scope(school=school):
            yield school


JOBS: tuple[Callable[[datetime], bool], ...] = (find_breaches, erase)
