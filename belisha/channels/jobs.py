"""What happens in the background: what was kept long enough is erased."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django_scopes import scope, scopes_disabled

from belisha.channels.actions.forgetting import erase_old
from belisha.lib.seldom import Seldom
from belisha.people.models import School

LOOK = Seldom(timedelta(hours=12))


def forget_accounts(at: datetime) -> bool:
    """Twice a day: erase accounts that were closed, and found ones, after their years."""
    if not LOOK.is_time(at):
        return False
    with scopes_disabled():
        schools = list(School.objects.all())
    for school in schools:
        with scope(school=school):
            erase_old(at)
    return False


JOBS: tuple[Callable[[datetime], bool], ...] = (forget_accounts,)
