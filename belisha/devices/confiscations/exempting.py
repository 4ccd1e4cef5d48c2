"""Devices that a pupil may have at school: given, changed, ended. Why is never asked here."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.devices.confiscations.access import can_keep
from belisha.devices.confiscations.rules import LONGEST_EXEMPTION
from belisha.devices.models import Exemption
from belisha.people.access import require
from belisha.people.models import Pupil, User


@transaction.atomic
def exempt(
    pupil: Pupil, *, kind: str, named: str, says: str, until: date, by: User, at: datetime
) -> Exemption:
    """Let a pupil have a device at school until a day, at most a year away."""
    require(can_keep(by))
    today = timezone.localdate(at)
    if until < today:
        raise ValidationError({"until": "This day is past."})
    if until > today + LONGEST_EXEMPTION:
        raise ValidationError({"until": "Look at it again within a year. Choose an earlier day."})
    if kind == "other" and not named.strip():
        raise ValidationError({"named": "Say which device it is."})
    row: Exemption = Exemption.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        kind=kind,
        named=named.strip(),
        says=says.strip(),
        until=until,
        made_at=at,
        made_by=by,
    )
    record("exemption.made", row, by=by.pk, at=at, pupil=pupil.pk, kind=kind)
    return row


@transaction.atomic
def change(
    exemption: Exemption,
    *,
    kind: str,
    named: str,
    says: str,
    until: date,
    by: User,
    at: datetime,
) -> Exemption:
    """End an exemption, and begin another for the same pupil."""
    end(exemption, by=by, at=at)
    return exempt(exemption.pupil, kind=kind, named=named, says=says, until=until, by=by, at=at)


@transaction.atomic
def end(exemption: Exemption, *, by: User, at: datetime) -> Exemption:
    """From now on the pupil may not have it. Raises `ValidationError` when it had ended."""
    require(can_keep(by))
    row: Exemption = Exemption.objects.select_for_update().get(pk=exemption.pk)
    if row.ended_at:
        raise ValidationError("This has ended already.")
    row.ended_at, row.ended_by = at, by
    row.save(update_fields=["ended_at", "ended_by"])
    record("exemption.ended", row, by=by.pk, at=at)
    return row
