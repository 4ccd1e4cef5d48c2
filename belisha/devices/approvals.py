"""What the head is shown who decides whether a device leaves the school (P.ii)."""

from datetime import date

from django.urls import reverse

from belisha.devices.leaving import digest
from belisha.devices.models import Plan
from belisha.people.models import User
from belisha.policy.approvals import Shown
from belisha.policy.models import HeadRequest


def shown(request: HeadRequest, user: User, on: date) -> Shown | None:
    """The plan of a request as it is today."""
    plans = Plan.objects.select_related("device", "holder", "visit")
    plan = plans.filter(ref=request.about).first()
    if plan is None:
        return None
    return Shown(
        digest=digest(plan),
        template="devices/_planned.html",
        context={"plan": plan},
        url=reverse("device-visit", args=[plan.ref]),
        refuses=_refuses(plan, on),
    )


def _refuses(plan: Plan, on: date) -> str:
    if plan.cancelled_at:
        return "This plan was cancelled."
    if plan.visit_days is None:
        return "The visit was cancelled."
    if plan.back_on < on:
        return "These days are past."
    return "" if plan.holder else "Who was to take it has left."
