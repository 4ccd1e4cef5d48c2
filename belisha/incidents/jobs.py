"""What happens in the background: no case is left alone; files that never arrived whole go."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django_scopes import scope, scopes_disabled

from belisha.incidents.actions.evidence import ARRIVES_WITHIN, forget_arrivals
from belisha.incidents.actions.routing import give, left_alone
from belisha.incidents.models import Arrival, Case
from belisha.lib.seldom import Seldom
from belisha.people.models import School

LOOK = Seldom(timedelta(minutes=15))


def look_after_cases(at: datetime) -> bool:
    """Every quarter of an hour: give each open case that nobody works on any more to somebody."""
    if not LOOK.is_time(at):
        return False
    with scopes_disabled():
        schools = list(School.objects.all())
    for school in schools:
        with scope(school=school):
            for case in list(left_alone(at)):
                with transaction.atomic():
                    give(Case.objects.select_for_update().get(pk=case.pk), at)
            forget_arrivals(list(Arrival.objects.filter(started_at__lt=at - ARRIVES_WITHIN)))
    return False


JOBS: tuple[Callable[[datetime], bool], ...] = (look_after_cases,)
