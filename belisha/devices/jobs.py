"""What happens in the background: mail about late devices; old loans are erased."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django_scopes import scope, scopes_disabled

from belisha.devices.actions.reminding import remind
from belisha.devices.actions.retention import forget_old
from belisha.devices.confiscations import jobs as confiscations
from belisha.lib.seldom import Seldom
from belisha.people.models import School

LOOK_FOR_LATE = Seldom(timedelta(minutes=10))
LOOK_FOR_OLD = Seldom(timedelta(hours=12))


def tell_of_late(at: datetime) -> bool:
    """Every ten minutes: write to whoever hears now that a device is not back."""
    if LOOK_FOR_LATE.is_time(at):
        for school in _schools():
            remind(school, at=at)
    return False


def forget_loans(at: datetime) -> bool:
    """Twice a day: erase what is kept no longer."""
    if LOOK_FOR_OLD.is_time(at):
        for school in _schools():
            forget_old(school, at=at)
    return False


def _schools() -> Iterator[School]:
    """Each school, in its own scope."""
    with scopes_disabled():
        schools = list(School.objects.all())
    for school in schools:
        with scope(school=school):
            yield school


JOBS: tuple[Callable[[datetime], bool], ...] = (
    tell_of_late,
    forget_loans,
    confiscations.nag,
    confiscations.forget_old,
)
