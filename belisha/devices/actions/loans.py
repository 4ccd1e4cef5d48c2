"""Devices signed out and in, each time with a signature (P.ii, P.ix)."""

from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.devices.access import can_change_due, can_use_board
from belisha.devices.actions.memory import wipe
from belisha.devices.actions.register import locked
from belisha.devices.leaving import may_go
from belisha.devices.models import Condition, Device, Loan, Loss, Memory, Plan
from belisha.devices.rules import may_borrow, usual_due
from belisha.devices.standing import standing_of
from belisha.lib.verdict import Verdict
from belisha.people.access import require
from belisha.people.calendar import LONDON, Calendar
from belisha.people.models import Staff, User, calendar_of

EVENING = time(18)  # on the last day of a visit


def verdict_for(
    device: Device, holder: Staff, *, at: datetime, plan: Plan | None = None
) -> Verdict:
    """Whether this person may sign the device out now; for a visit when there is a plan."""
    off_site = may_go(plan, timezone.localdate(at)) if plan else None
    return may_borrow(
        standing_of(device).terms, entitled=device.borrowers.contains(holder), off_site=off_site
    )


@transaction.atomic
def sign_out(
    device: Device,
    *,
    holder: Staff,
    signed: str,
    by: User,
    at: datetime,
    due_at: datetime | None = None,
    purpose: str = "",
    plan: Plan | None = None,
) -> Loan:
    """Sign a device out to somebody, in school, or off site by a plan to which the head agreed.

    `by` is signed in on the screen that `holder` signed. Without `due_at` it comes back when school
    ends, or when the visit does. Raises `ValidationError` with the reason
    and its clause when it may not be, or when somebody was quicker.
    """
    require(can_use_board(by))
    require(plan is None or (plan.device_id, plan.holder_id) == (device.pk, holder.pk))
    device = locked(device)
    verdict = verdict_for(device, holder, at=at, plan=plan)
    if not verdict:
        raise ValidationError(said(verdict))
    due_at = due_at or _usual_due(plan, calendar_of(device.school), at)
    _refuse_due(due_at, plan, at)
    loan: Loan = Loan.objects.create(
        school=device.school,
        device=device,
        holder=holder,
        plan=plan,
        purpose=purpose or (plan.purpose if plan else ""),
        out_at=at,
        due_at=due_at,
        signed_out=signed,
        out_by=by,
    )
    record("device.signed_out", device, by=by.pk, at=at, loan=loan.pk, off_site=plan is not None)
    return loan


@transaction.atomic
def sign_in(
    loan: Loan,
    *,
    brought_by: Staff,
    signed: str,
    condition: str,
    memory: str,
    by: User,
    at: datetime,
) -> Loan:
    """Sign a device in: who brought it, in which condition, and what is on it.

    A wipe that is said here is written down as one; a device that was reported lost is found.
    Raises `ValidationError` when it is in already.
    """
    require(can_use_board(by))
    device = locked(loan.device)
    loan = Loan.objects.select_for_update(of=("self",)).get(pk=loan.pk)
    if loan.back_at:
        raise ValidationError(f"It was signed in already, at {_clock(loan.back_at)}.")
    came_in = standing_of(device).debt
    if came_in and came_in.imported and memory == Memory.UNUSED:
        known = f"{came_in.imported} pictures came in from it. Say whether they are wiped."
        raise ValidationError({"memory": known})
    loan.back_at, loan.back_by, loan.brought_by, loan.signed_in = at, by, brought_by, signed
    loan.condition, loan.memory = Condition(condition), Memory(memory)
    loan.save()
    if device.condition != loan.condition:
        device.condition = loan.condition
        device.save(update_fields=["condition"])
    Loss.objects.filter(device=device, found_at=None).update(
        found_at=at, found_by=by, found_where="Signed in"
    )
    record("device.signed_in", device, by=by.pk, at=at, loan=loan.pk, memory=memory)
    if loan.memory == Memory.WIPED:
        wipe(device, wiper=brought_by, by=by, at=at)
    return loan


@transaction.atomic
def change_due(loan: Loan, *, due_at: datetime, by: User, at: datetime) -> Loan:
    """Say anew when it comes back. Raises `ValidationError` when it is back, or if that is past."""
    require(can_change_due(by, loan))
    loan = Loan.objects.select_for_update(of=("self",)).get(pk=loan.pk)
    if loan.back_at:
        raise ValidationError("It is back already.")
    _refuse_due(due_at, loan.plan, at)
    loan.due_at = due_at
    loan.save(update_fields=["due_at"])
    record("device.due_changed", loan.device, by=by.pk, at=at, loan=loan.pk)
    return loan


def said(verdict: Verdict) -> str:
    """A refusal in words: each reason with its clause, and what to do."""
    reasons = "; ".join(f"{one.text} ({one.clause})" for one in verdict.reasons)
    return f"{reasons}. {verdict.remedy}." if verdict.remedy else f"{reasons}."


def _usual_due(plan: Plan | None, calendar: Calendar, at: datetime) -> datetime:
    if plan is None:
        return usual_due(at, calendar)
    evening = datetime.combine(plan.back_on, EVENING, LONDON)
    return max(evening, at + timedelta(hours=1)) if evening.date() == at.date() else evening


def _refuse_due(due_at: datetime, plan: Plan | None, at: datetime) -> None:
    if due_at <= at:
        raise ValidationError({"due_at": "This moment is past. Say when it comes back."})
    if plan and timezone.localdate(due_at) > plan.back_on:
        last = f"{plan.back_on:%-d %B %Y}"
        raise ValidationError({"due_at": f"The head agreed until {last}."})


def _clock(at: datetime) -> str:
    return f"{timezone.localtime(at):%-I:%M%p}".lower()
