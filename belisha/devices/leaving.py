"""Whether a device may leave the school for a visit, asked anew each time (P.ii)."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from belisha.devices.models import Plan
from belisha.devices.rules import may_leave
from belisha.events.models import Event, EventQuerySet, Kind
from belisha.lib.verdict import Verdict
from belisha.policy.approvals import answer_to, digest_of
from belisha.policy.models import HeadRequest

PLANNED_AHEAD = timedelta(days=120)


def digest(plan: Plan) -> str:
    """Everything that the head is shown: what differs later was not agreed to."""
    visit = plan.visit
    return digest_of(
        plan.device_id,
        plan.device.name,
        plan.holder_id,
        plan.leaves_on,
        plan.back_on,
        plan.purpose,
        plan.cancelled_at,
        (plan.title, plan.place),
        visit
        and (
            visit.ref,
            visit.title,
            visit.place,
            visit.starts_at,
            visit.ends_at,
            visit.cancelled_at,
        ),
    )


def may_go(plan: Plan, on: date) -> Verdict:
    """Whether what is planned may happen on a day. Two queries."""
    agreed = answer_to(
        HeadRequest.Kind.OFF_SITE, plan.ref, digest=digest(plan), clause="P.ii", on=on
    )
    visit = None if plan.cancelled_at else plan.visit_days
    return may_leave((plan.leaves_on, plan.back_on), visit, agreed, on=on)


def visits_from(at: datetime) -> EventQuerySet:
    """Visits that are not long over, and not too far away to plan for."""
    begun = timezone.localtime(at).replace(hour=0, minute=0) - timedelta(days=1)
    away = Event.objects.current().filter(kind=Kind.VISIT)
    near = away.filter(ends_at__gte=begun, starts_at__lte=at + PLANNED_AHEAD)
    found: EventQuerySet = near.order_by("starts_at")
    return found
