"""What happens in the background: no case is left alone; files that never arrived whole go."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django_scopes import scope, scopes_disabled

from belisha.incidents.actions.evidence import ARRIVES_WITHIN, forget_arrivals
from belisha.incidents.actions.keeping import propose
from belisha.incidents.actions.rising import rise
from belisha.incidents.actions.routing import give, left_alone
from belisha.incidents.models import Arrival, Case
from belisha.lib.seldom import Seldom
from belisha.people.models import School

LOOK = Seldom(timedelta(minutes=15))
RISES = Seldom(timedelta(minutes=15))
LOOK_AT_PERIODS = Seldom(timedelta(hours=12))


def look_after_cases(at: datetime) -> bool:
    """Every quarter of an hour: give each open case that nobody works on any more to somebody."""
    if not LOOK.is_time(at):
        return False
    for school in _schools():
        with scope(school=school):
            for case in list(left_alone(at)):
                with transaction.atomic():
                    give(Case.objects.select_for_update().get(pk=case.pk), at)
            forget_arrivals(list(Arrival.objects.filter(started_at__lt=at - ARRIVES_WITHIN)))
    return False


def let_what_is_late_rise(at: datetime) -> bool:
    """Every quarter of an hour: tell the leaders, then the chair, of what is late (B.x)."""
    if RISES.is_time(at):
        for school in _schools():
            with scope(school=school):
                rise(at)
    return False


def propose_to_erase(at: datetime) -> bool:
    """Twice a day: ask about closed cases whose period is over."""
    if LOOK_AT_PERIODS.is_time(at):
        for school in _schools():
            with scope(school=school):
                propose(at)
    return False


def _schools() -> list[School]:
    with scopes_disabled():
        return list(School.objects.all())


JOBS: tuple[Callable[[datetime], bool], ...] = (
    look_after_cases,
    let_what_is_late_rise,
    propose_to_erase,
)
