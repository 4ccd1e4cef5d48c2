"""The termly stock check: begun, ticked, finished, printed (P.ix)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.devices.access import KEEP, SEE_CHECKS, can_keep
from belisha.devices.actions import checks as acts
from belisha.devices.forms import TickForm
from belisha.devices.models import Condition, Device, StockCheck, StockLine, StockLineQuerySet
from belisha.devices.standing import standings
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to
from belisha.people.acting import acted, asks, confirm
from belisha.people.sheets import sheet

SHEET = (
    *("device", "serial number", "kept in", "found", "condition", "before", "out with", "at"),
    "by",
)


@open_to(*SEE_CHECKS)
@require_GET
def checks(request: SignedIn) -> HttpResponse:
    rows = StockCheck.objects.select_related("started_by", "finished_by").prefetch_related("lines")
    context = {
        "checks": rows,
        "keeps": can_keep(request.user),
        "open": any(row.finished_at is None for row in rows),
        "devices": Device.objects.in_use().exists(),
    }
    return render(request, "devices/checks.html", context)


@open_to(*KEEP)
@require_POST
def start(request: SignedIn) -> HttpResponse:
    row = acts.start(request.school, by=request.user, at=timezone.now())
    return redirect("stock-check", row.ref)


@open_to(*SEE_CHECKS)
@require_GET
def check(request: SignedIn, ref: str) -> HttpResponse:
    """While it runs: what is still to be looked for. Afterwards: what differed."""
    row = _check_of(ref)
    lines: StockLineQuerySet = StockLine.objects.filter(check_made=row)
    lines = lines.select_related("device", "out_with", "by")
    context = {
        "check": row,
        "lines": lines,
        "differing": lines.differing(),
        "to_look_for": [] if row.finished_at else standings(list(acts.not_yet(row))),
        "conditions": Condition.choices,
        "keeps": can_keep(request.user),
    }
    return render(request, "devices/check.html", context)


@open_to(*SEE_CHECKS)
@after_fresh_sign_in
@require_GET
def check_csv(request: SignedIn, ref: str) -> HttpResponse:
    lines = _check_of(ref).lines.select_related("device", "out_with", "by")
    rows = [
        [
            line.device.name,
            line.device.serial,
            line.device.lives_in,
            "there" if line.seen else "not there",
            line.get_condition_display(),
            line.get_condition_before_display(),
            line.out_with or "",
            timezone.localtime(line.at),
            line.by.name,
        ]
        for line in lines
    ]
    return sheet(request, "stock-check", SHEET, rows)


@open_to(*KEEP)
@require_POST
def tick(request: SignedIn, ref: str) -> HttpResponse:
    row, form, back = _check_of(ref), TickForm(request.POST), reverse("stock-check", args=[ref])
    if not form.is_valid():
        messages.error(request, "Say whether it is there, and how it is.")
        return redirect(back)
    device, seen = form.cleaned_data["device"], form.cleaned_data["seen"] == "yes"
    return acted(
        request,
        lambda: acts.tick(
            row,
            device,
            seen=seen,
            condition=form.cleaned_data["condition"] or device.condition,
            by=request.user,
            at=timezone.now(),
        ),
        back,
        f"{device}: {'there' if seen else 'not there'}.",
    )


@open_to(*KEEP)
@require_POST
def finish(request: SignedIn, ref: str) -> HttpResponse:
    row = _check_of(ref)
    return acted(
        request,
        lambda: acts.finish(row, by=request.user, at=timezone.now()),
        reverse("stock-check", args=[ref]),
        "The check is finished.",
    )


@open_to(*KEEP)
@asks
def give_up(request: SignedIn, ref: str) -> HttpResponse:
    row = _check_of(ref)
    if request.method == "POST":
        return acted(
            request,
            lambda: acts.give_up(row, by=request.user, at=timezone.now()),
            reverse("stock-checks"),
            "The check is given up.",
        )
    return confirm(
        request,
        title="Give this check up?",
        words="What was ticked is forgotten. Begin another one when you are ready.",
        act="Give it up",
        back=reverse("stock-check", args=[ref]),
        danger=True,
    )


def _check_of(ref: str) -> StockCheck:
    named = StockCheck.objects.select_related("started_by", "finished_by")
    row: StockCheck = get_object_or_404(named, ref=ref)
    return row
