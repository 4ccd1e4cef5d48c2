"""What happens in the background: silence at an event becomes a breach, the office is asked about
visitors who did not sign out, and what is kept no longer is erased."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.events.actions.reminders import find_missed
from belisha.events.actions.visitors import ask_whether_left, forget
from belisha.events.models import Visitor
from belisha.events.rules import LONG_VISIT
from belisha.lib.seldom import Seldom
from belisha.people.models import School

EVENING = time(17)  # clubs have ended, and the office is still there
EACH_MINUTE, EACH_DAY = Seldom(timedelta(minutes=1)), Seldom(timedelta(days=1))


def find_breaches(at: datetime) -> bool:
    """Every minute: events that ended in silence, and visitors who seem to be inside still."""
    if EACH_MINUTE.is_time(at):
        for _ in _each_school():
            find_missed(at)
            _ask_about_visitors(at)
    return False


def _ask_about_visitors(at: datetime) -> None:
    """In the evening about everyone, and at any time about those who stay very long."""
    here = timezone.localtime(at)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    asked = Q(in_at__lt=midnight) | Q(in_at__lte=at - LONG_VISIT)
    if here.time() >= EVENING:
        asked |= Q(in_at__lte=at)
    rows = list(Visitor.objects.inside().filter(asked, asked_at=None))
    if rows:
        ask_whether_left(rows, at=at)


def erase(at: datetime) -> bool:
    """Every day: what is kept no longer."""
    if EACH_DAY.is_time(at):
        for school in _each_school():
            forget(school, at=at)
    return False


def _each_school() -> Iterator[School]:
    with scopes_disabled():
        schools = list(School.objects.all())
    for school in schools:
        with scope(school=school):
            yield school


JOBS: tuple[Callable[[datetime], bool], ...] = (find_breaches, erase)
