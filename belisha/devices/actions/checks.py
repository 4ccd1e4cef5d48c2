"""The termly stock check: begun, ticked, finished or given up (P.ix)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from belisha.audit.actions import record
from belisha.devices.access import can_keep
from belisha.devices.models import Condition, Device, DeviceQuerySet, Loan, StockCheck, StockLine
from belisha.people.access import require
from belisha.people.models import School, User


@transaction.atomic
def start(school: School, *, by: User, at: datetime) -> StockCheck:
    """Begin to count all devices, or go on with the count that somebody has begun."""
    require(can_keep(by))
    begun: StockCheck | None = StockCheck.objects.filter(finished_at=None).first()
    if begun:
        return begun
    try:
        with transaction.atomic():
            check: StockCheck = StockCheck.objects.create(
                school=school, started_at=at, started_by=by
            )
    except IntegrityError:  # somebody began in the same moment
        again: StockCheck = StockCheck.objects.get(finished_at=None)
        return again
    record("stock.begun", check, by=by.pk, at=at)
    return check


@transaction.atomic
def tick(
    check: StockCheck, device: Device, *, seen: bool, condition: str, by: User, at: datetime
) -> StockLine:
    """Say whether a device is there, and how it is. While the check runs, once more corrects it."""
    require(can_keep(by))
    check = _open(check)
    loan = Loan.objects.open().filter(device=device).first()
    line: StockLine = StockLine.objects.update_or_create(
        school=check.school,
        check_made=check,
        device=device,
        defaults={
            "seen": seen,
            "condition": Condition(condition) if seen else device.condition,
            "condition_before": device.condition,
            "out_with": loan.holder if loan else None,
            "at": at,
            "by": by,
        },
    )[0]
    record("stock.ticked", check, by=by.pk, at=at, device=device.pk, seen=seen)
    return line


@transaction.atomic
def finish(check: StockCheck, *, by: User, at: datetime) -> StockCheck:
    """End the count; the register takes over the conditions. It never changes any more.

    Raises `ValidationError` while a device in use was not looked for.
    """
    require(can_keep(by))
    check = _open(check)
    if left := not_yet(check).count():
        raise ValidationError(f"{left} {'is' if left == 1 else 'are'} still to be looked for.")
    for line in check.lines.filter(seen=True).select_related("device"):
        if line.device.condition != line.condition:
            line.device.condition = line.condition
            line.device.save(update_fields=["condition"])
    check.finished_at, check.finished_by = at, by
    check.save(update_fields=["finished_at", "finished_by"])
    missing = check.lines.filter(seen=False).count()
    record("stock.checked", check, by=by.pk, at=at, missing=missing)
    return check


@transaction.atomic
def give_up(check: StockCheck, *, by: User, at: datetime) -> None:
    """Forget a count that was begun by mistake."""
    require(can_keep(by))
    check = _open(check)
    record("stock.given_up", check, by=by.pk, at=at)
    check.delete()


def not_yet(check: StockCheck) -> DeviceQuerySet:
    """The devices in use that were not looked for in this check."""
    found: DeviceQuerySet = Device.objects.in_use()
    return found.exclude(pk__in=check.lines.values("device"))


def _open(check: StockCheck) -> StockCheck:
    row: StockCheck = StockCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    if row.finished_at:
        raise ValidationError("This check is finished. Begin another one.")
    return row
