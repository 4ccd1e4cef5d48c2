"""How long cases are kept: the job proposes, two people erase, or one says why it stays."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.incidents.access import can_handle, can_set_periods
from belisha.incidents.actions.record import write
from belisha.incidents.models import (
    Arrival,
    Case,
    Closing,
    Evidence,
    Happening,
    Keeping,
    Period,
    StaffOutcome,
    periods,
)
from belisha.incidents.rules import Kind
from belisha.incidents.working import keeping as rules
from belisha.incidents.working.closing import ForStaff
from belisha.people.access import require
from belisha.people.models import User
from belisha.photos import store
from belisha.photos.models import StoredFile

What = Happening.What


@transaction.atomic
def set_period(key: str, number: int, *, by: User, at: datetime) -> None:
    """Say how long something is kept (years), or within how many working days it is done."""
    require(can_set_periods(by))
    if periods().get(key) == number:
        return
    row = Period.objects.create(school_id=by.school_id, key=key, number=number, at=at, by=by)
    record("case-period.set", row, by=by.pk, at=at, key=key, number=number)


@transaction.atomic
def propose(at: datetime) -> int:
    """Ask about each closed case whose period is over whether it is erased; return how many.

    An outcome for staff has a period of its own; when that is over, the outcome goes by itself.
    """
    said, today = periods(), timezone.localdate(at)
    count = 0
    for closing in Closing.objects.standing().select_related("case"):
        case = closing.case
        years = rules.years_of(said, Kind(case.kind))
        if today <= rules.until(timezone.localdate(closing.at), years):
            continue
        if case.keepings.waiting().exists() or case.keepings.filter(until__gte=today).exists():
            continue
        Keeping.objects.create(school_id=case.school_id, case=case, at=at)
        count += 1
    for one in StaffOutcome.objects.all():
        years = rules.years_of(said, ForStaff(one.outcome))
        if today > rules.until(timezone.localdate(one.at), years):
            words = f"The outcome for {one.party} was erased: its time was over."
            write(one.case, What.DECIDED, words, by=None, at=at)
            one.delete()
    return count


def _held(keeping: Keeping, by: User, at: datetime) -> Keeping:
    require(can_handle(by, keeping.case, at))
    row: Keeping = Keeping.objects.select_for_update(of=("self",)).get(pk=keeping.pk)
    if row.settled_at:
        raise ValidationError("This was decided already. Look again.")
    return row


@transaction.atomic
def keep_longer(keeping: Keeping, *, until: date, why: str, by: User, at: datetime) -> None:
    """Keep a case until a later day, and say why."""
    row = _held(keeping, by, at)
    if until <= timezone.localdate(at):
        raise ValidationError("Choose a day to come.")
    row.until, row.why, row.settled_at, row.settled_by = until, why, at, by
    row.save()
    words = f"Kept until {until:%-d %B %Y}. {why}"
    write(row.case, What.DECIDED, words, by=by, at=at)


@transaction.atomic
def agree_to_erase(keeping: Keeping, *, by: User, at: datetime) -> bool:
    """Say that a case may be erased; when a second person says so, it is. Return whether it is.

    The case goes whole: its record, its evidence, who was part of it.
    """
    row = _held(keeping, by, at)
    if row.proposed_by_id is None:
        row.proposed_at, row.proposed_by = at, by
        row.save()
        write(row.case, What.DECIDED, "It may be erased. A second person agrees.", by=by, at=at)
        return False
    if row.proposed_by_id == by.pk:
        raise ValidationError("Somebody else must agree: two people erase a case.")
    _erase(row.case)
    return True


def _erase(case: Case) -> None:
    evidence = Evidence.objects.filter(case=case)
    arrivals = Arrival.objects.filter(case=case)
    files = StoredFile.objects.filter(
        pk__in=[
            *evidence.exclude(file=None).values_list("file", flat=True),
            *evidence.exclude(copies=None).values_list("copies__file", flat=True),
            *arrivals.exclude(parts=None).values_list("parts__file", flat=True),
        ]
    )
    some = list(files)
    Case.objects.filter(pk=case.pk).delete()
    store.forget(some)
