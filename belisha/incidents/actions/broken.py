"""The clauses that were breached in a case, each as the policy of that day had it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from belisha.incidents.models import Breached, Case
from belisha.policy.controls import CONTROLS
from belisha.policy.models import clauses_shown


@dataclass(frozen=True)
class ClauseBroken:
    """A breached clause with the text of the policy's version of that day, if there was one."""

    id: str
    short: str
    number: str = ""
    text: str = ""
    version: str = ""


def day_of(case: Case) -> date:
    """The day by whose policy a case is judged: when it happened, or when it was told."""
    return case.happened_on or timezone.localdate(case.reported_at)


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def clauses_broken(case: Case) -> tuple[ClauseBroken, ...]:
    """The clauses that were breached, each as the policy of that day had it."""
    ids = [one.clause for one in Breached.objects.filter(case=case, struck_at=None)]
    shown = clauses_shown(ids, end_of(day_of(case)))
    order = list(CONTROLS)
    return tuple(
        ClauseBroken(
            key,
            CONTROLS[key].short,
            shown[key].number if key in shown else "",
            shown[key].text if key in shown else "",
            str(shown[key].version) if key in shown else "",
        )
        for key in sorted(ids, key=order.index)
    )
