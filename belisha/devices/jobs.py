"""What happens in the background: old loans are erased."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django_scopes import scope, scopes_disabled

from belisha.devices.actions.retention import forget_old
from belisha.lib.seldom import Seldom
from belisha.people.models import School

LOOK = Seldom(timedelta(hours=12))


def forget_loans(at: datetime) -> bool:
    """Twice a day: erase what is kept no longer."""
    if LOOK.is_time(at):
        with scopes_disabled():
            schools = list(School.objects.all())
        for school in schools:
            with scope(school=school):
                forget_old(school, at=at)
    return False


JOBS: tuple[Callable[[datetime], bool], ...] = (forget_loans,)
