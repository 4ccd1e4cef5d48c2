"""Naming who decides while the head is away, and ending that."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import can_name_stand_ins, require
from belisha.people.models import School, Staff, StandIn, User
from belisha.people.rules import Role


@transaction.atomic
def name_stand_in(
    staff: Staff, *, first_day: date, last_day: date, by: User, at: datetime
) -> StandIn:
    """Let a senior leader decide in the head's place, first and last day included.

    Raises `ValidationError` for somebody who is no senior leader, for days that are past or the
    wrong way round, and when the same person is named for some of these days already.
    """
    require(can_name_stand_ins(by))
    School.objects.select_for_update().get(pk=by.school_id)
    if staff.left_on or not staff.roles.filter(role=Role.SENIOR_LEADER).exists():
        raise ValidationError("Name a senior leader. The head gives that role in People.")
    if last_day < first_day:
        raise ValidationError("The last day comes before the first.")
    if last_day < timezone.localdate(at):
        raise ValidationError("These days are past.")
    meets = StandIn.objects.filter(
        staff=staff, ended_at=None, first_day__lte=last_day, last_day__gte=first_day
    ).first()
    if meets:
        raise ValidationError(f"{staff} is named for some of these days already: {meets.days}.")
    row: StandIn = StandIn.objects.create(
        school_id=by.school_id,
        staff=staff,
        first_day=first_day,
        last_day=last_day,
        named_at=at,
        named_by=by,
    )
    record("stand_in.named", row, by=by.pk, at=at, staff=staff.pk)
    return row


@transaction.atomic
def end_stand_in(row: StandIn, *, by: User, at: datetime) -> None:
    """From now on they decide no more. What they decided stands. Raises `ValidationError`."""
    require(can_name_stand_ins(by))
    row = StandIn.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.ended_at or row.last_day < timezone.localdate(at):
        raise ValidationError("This is over already.")
    row.ended_at, row.ended_by = at, by
    row.save(update_fields=["ended_at", "ended_by"])
    record("stand_in.ended", row, by=by.pk, at=at)
