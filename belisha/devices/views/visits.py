"""Devices that are to leave the school for a visit, with the head's yes (P.ii)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.devices.access import can_change_plan
from belisha.devices.actions import off_site as acts
from belisha.devices.forms import PlanForm
from belisha.devices.leaving import may_go, visits_from
from belisha.devices.models import Device, Plan
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to_staff
from belisha.people.acting import acted, ask, asks, confirm, done, posted
from belisha.people.sheets import sheet
from belisha.policy.models import HeadAnswer, HeadRequest

SHEET = (
    *("device", "who takes it", "visit", "leaves", "back", "what for", "planned", "by"),
    *("cancelled", "what the head said"),
)


@open_to_staff
@require_GET
def visits(request: SignedIn) -> HttpResponse:
    """What is planned, the nearest first, and what is over."""
    on = timezone.localdate()
    plans = Plan.objects.select_related("device", "holder", "visit")
    coming = list(plans.open(on).order_by("leaves_on", "id"))
    context = {
        "coming": [(plan, may_go(plan, on)) for plan in coming],
        "over": plans.exclude(pk__in=[plan.pk for plan in coming]),
    }
    return render(request, "devices/visits.html", context)


@open_to_staff
@after_fresh_sign_in
@require_GET
def visits_csv(request: SignedIn) -> HttpResponse:
    named = Plan.objects.select_related("device", "holder", "visit", "made_by")
    said = _head_said()
    rows = [
        [
            one.device.name,
            one.holder or "",
            one.where_to,
            one.leaves_on,
            one.back_on,
            one.purpose,
            timezone.localtime(one.made_at),
            one.made_by.name,
            timezone.localtime(one.cancelled_at) if one.cancelled_at else "",
            said.get(one.ref, ""),
        ]
        for one in named
    ]
    return sheet(request, "device-visits", SHEET, rows)


@open_to_staff
@asks
def plan(request: SignedIn) -> HttpResponse:
    """Plan a visit. The head is asked with it."""
    now, first = timezone.now(), {"holder": request.user.staff}
    device = Device.objects.in_use().filter(ref=request.GET.get("device", "")).first()
    form = PlanForm(posted(request), visits=visits_from(now), initial=first | {"device": device})
    if made := done(
        request,
        form,
        lambda: acts.plan_visit(**form.cleaned_data, by=request.user, at=now),
        "Planned. The head is asked.",
    ):
        return redirect("device-visit", made.ref)
    words = "A device leaves the school only for an educational visit. The head says yes first."
    return ask(
        request,
        form,
        title="Take a device on a visit",
        act="Ask the head",
        back=reverse("device-visits"),
        above="Visits",
        words=words,
    )


@open_to_staff
@require_GET
def visit(request: SignedIn, ref: str) -> HttpResponse:
    row, on = _plan_of(ref), timezone.localdate()
    changes = can_change_plan(request.user, row) and not row.cancelled_at and row.back_on >= on
    waits = HeadRequest.objects.about(acts.KIND, row.ref).open().exists()
    context = {
        "plan": row,
        "verdict": may_go(row, on),
        "changes": changes,
        "asks_again": changes and not waits,
        "is_over": row.back_on < on,
    }
    return render(request, "devices/visit.html", context)


@open_to_staff
@require_POST
def ask_again(request: SignedIn, ref: str) -> HttpResponse:
    row = _plan_of(ref)
    return acted(
        request,
        lambda: acts.ask(row, by=request.user, at=timezone.now()),
        reverse("device-visit", args=[ref]),
        "The head is asked.",
    )


@open_to_staff
@asks
def cancel(request: SignedIn, ref: str) -> HttpResponse:
    row, page = _plan_of(ref), reverse("device-visit", args=[ref])
    if request.method == "POST":
        return acted(
            request,
            lambda: acts.cancel(row, by=request.user, at=timezone.now()),
            page,
            "It is cancelled.",
        )
    return confirm(
        request,
        title="Cancel this?",
        words=f"{row.device} then stays in school. To change days, plan it anew.",
        act="Cancel it",
        back=page,
    )


def _plan_of(ref: str) -> Plan:
    named = Plan.objects.select_related("device", "holder", "visit", "made_by", "cancelled_by")
    row: Plan = get_object_or_404(named, ref=ref)
    return row


def _head_said() -> dict[str, str]:
    """The head's last answer about each plan, by the plan's address."""
    answers = HeadAnswer.objects.filter(request__kind=HeadRequest.Kind.OFF_SITE)
    return {
        one.request.about: "taken back" if one.ended_at else ("yes" if one.yes else "no")
        for one in answers.select_related("request").order_by("at", "id")
    }
