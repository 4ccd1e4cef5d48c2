"""How long visits, challenges and events are kept, and erasing what is kept no longer."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from belisha.audit.actions import record
from belisha.events.access import can_keep_visitors
from belisha.events.models import Challenge, Event, FollowUp, Period, Said, Visitor, months_kept
from belisha.events.rules import MONTH, Keeps
from belisha.people.access import require
from belisha.people.models import School, User

FEWEST, MOST = 1, 120  # months


@transaction.atomic
def set_period(school: School, keeps: Keeps, months: int, *, by: User, at: datetime) -> None:
    """Keep one kind of record for so many months from now on."""
    require(can_keep_visitors(by))
    if not FEWEST <= months <= MOST:
        raise ValidationError(f"Say a number from {FEWEST} to {MOST}.")
    Period.objects.update_or_create(
        school_id=school.pk, keeps=keeps.value, defaults={"months": months, "at": at, "by": by}
    )
    record("visits.period", school, by=by.pk, at=at, keeps=keeps.value, months=months)


@transaction.atomic
def erase_old(school: School, *, at: datetime) -> int:
    """Erase what is kept no longer; return how many rows. What still waits for somebody stays:
    a visitor who is inside, a challenge that is open, an event that nobody followed up."""
    gone = {keeps: _pks(rows) for keeps, rows in over(at).items()}
    if not any(gone.values()):
        return 0
    Challenge.objects.filter(pk__in=gone[Keeps.CHALLENGES]).delete()
    Visitor.objects.filter(pk__in=gone[Keeps.VISITS]).delete()
    for model in (Said, FollowUp):
        model.objects.filter(event__in=gone[Keeps.EVENTS]).delete()
    Event.objects.filter(pk__in=gone[Keeps.EVENTS]).delete()
    counts = {keeps.value: len(pks) for keeps, pks in gone.items()}
    record("visits.erased", school, by=None, at=at, **counts)
    return sum(counts.values())


def over(at: datetime) -> dict[Keeps, QuerySet[Any]]:
    """What is kept no longer, by kind."""
    before = {keeps: at - months * MONTH for keeps, months in months_kept().items()}
    challenges = Challenge.objects.filter(at__lt=before[Keeps.CHALLENGES])
    visits = Visitor.objects.filter(in_at__lt=before[Keeps.VISITS])
    events = Event.objects.filter(ends_at__lt=before[Keeps.EVENTS])
    return {
        Keeps.CHALLENGES: challenges.exclude(pk__in=challenges.open().values("pk")),
        Keeps.VISITS: visits.exclude(pk__in=visits.inside().values("pk")),
        Keeps.EVENTS: events.exclude(pk__in=events.missed(at).values("pk")),
    }


def _pks(rows: QuerySet[Any]) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:5000])
