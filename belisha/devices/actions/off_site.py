"""Devices that are to leave the school for a visit: planned, agreed to by the head, cancelled."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.devices.access import can_change_plan, can_use_board
from belisha.devices.actions.register import locked
from belisha.devices.leaving import digest
from belisha.devices.models import Device, Loan, Plan
from belisha.devices.rules import TOO_LONG, fits
from belisha.events.models import Event
from belisha.people.access import require
from belisha.people.models import Staff, User
from belisha.policy.access import can_take_back
from belisha.policy.actions.approvals import ask_head, withdraw_request
from belisha.policy.models import HeadRequest

KIND = HeadRequest.Kind.OFF_SITE


@transaction.atomic
def plan_visit(
    device: Device,
    *,
    holder: Staff,
    visit: Event | None,
    leaves_on: date,
    back_on: date,
    purpose: str,
    by: User,
    at: datetime,
    title: str = "",
    place: str = "",
) -> Plan:
    """Plan that a device leaves the school for a visit, and ask the head (P.ii).

    A visit that is not among the events is told by its title and place. Raises `ValidationError`
    when the days do not fit the visit or are past, when the device is not for this person, or when
    it is planned for somebody else on such a day.
    """
    require(can_use_board(by))
    device = locked(device)
    plan = Plan(
        school=device.school,
        device=device,
        holder=holder,
        visit=visit,
        title="" if visit else title.strip(),
        place="" if visit else place.strip(),
        leaves_on=leaves_on,
        back_on=back_on,
        purpose=purpose,
        made_at=at,
        made_by=by,
    )
    _refuse_plan(plan, timezone.localdate(at))
    plan.save()
    record("device.planned", device, by=by.pk, at=at, plan=plan.pk)
    ask(plan, by=by, at=at)
    return plan


@transaction.atomic
def ask(plan: Plan, *, by: User, at: datetime) -> HeadRequest:
    """Ask the head (again): for the plan as it is now."""
    require(can_change_plan(by, plan))
    today = timezone.localdate(at)
    if plan.cancelled_at or plan.back_on < today:
        raise ValidationError("This plan is over.")
    return ask_head(
        KIND,
        plan.ref,
        digest=digest(plan),
        title=f"{plan.device} off site: {plan.where_to}"[:160],
        words=f"{plan.holder} takes {plan.device} to {plan.where_to}.",
        why=plan.purpose,
        clause="P.ii",
        needed_by=max(plan.leaves_on, today),
        by=by,
        at=at,
    )


@transaction.atomic
def cancel(plan: Plan, *, by: User, at: datetime) -> Plan:
    """Cancel a plan; what waits for the head is taken back by who asked.

    Raises `ValidationError` while the device is out by it.
    """
    require(can_change_plan(by, plan))
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if Loan.objects.open().filter(plan=plan).exists():
        raise ValidationError("The device is out for this visit. Sign it in first.")
    if not plan.cancelled_at:
        plan.cancelled_at, plan.cancelled_by = at, by
        plan.save(update_fields=["cancelled_at", "cancelled_by"])
        for request in HeadRequest.objects.about(KIND, plan.ref).open():
            if can_take_back(by, request):
                withdraw_request(request, by=by, at=at)
        record("device.plan_cancelled", plan.device, by=by.pk, at=at, plan=plan.pk)
    return plan


def _refuse_plan(plan: Plan, today: date) -> None:
    if plan.visit is None and not plan.title:
        raise ValidationError({"title": "Choose the visit, or say what it is."})
    if plan.visit_days is None or not fits((plan.leaves_on, plan.back_on), plan.visit_days):
        raise ValidationError({"leaves_on": f"{TOO_LONG}."})
    if plan.back_on < today:
        raise ValidationError({"back_on": "This day is past."})
    if plan.device.retired_at or plan.holder not in plan.device.borrowers:
        ground = f"It is kept for {plan.device.kept_for} (P.ix). Choose another one."
        raise ValidationError({"holder": ground})
    same = Plan.objects.open(plan.leaves_on).filter(device=plan.device, leaves_on__lte=plan.back_on)
    if other := same.select_related("holder", "visit").first():
        whose = other.holder or "somebody else"
        raise ValidationError({"leaves_on": f"{whose} has planned it for {other.where_to}."})
