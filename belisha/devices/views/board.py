"""Signing out and in, on one's own phone or on a tablet that all share (P.ii, P.ix)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.devices.actions import loans as acts
from belisha.devices.forms import SignInForm, SignOutForm
from belisha.devices.leaving import may_go
from belisha.devices.models import Device, Loan, Plan
from belisha.devices.rules import may_borrow
from belisha.devices.standing import Standing, standing_of, standings
from belisha.people.access import SignedIn, kept_to, on_shared_screen, open_to_staff
from belisha.people.acting import asks, done, posted
from belisha.people.models import Staff
from belisha.people.sessions import keep_to


@open_to_staff
@on_shared_screen
@require_GET
def board(request: SignedIn) -> HttpResponse:
    """All devices with their names large: tap one to sign it out or in."""
    devices = list(Device.objects.in_use().select_related("school_class"))
    now = timezone.now()
    tiles = [(one, one.loan is not None and one.loan.is_late(now)) for one in standings(devices)]
    return render(request, "devices/board.html", {"tiles": tiles, "kept": kept_to(request)})


@open_to_staff
@require_POST
def share_screen(request: SignedIn) -> HttpResponse:
    """Keep this session to the board, so that the tablet can lie where all reach it."""
    keep_to(request, reverse("devices-board"))
    return redirect("devices-board")


@open_to_staff
@on_shared_screen
@require_POST
def end_board(request: SignedIn) -> HttpResponse:
    """End the board on this screen: whoever goes on signs in."""
    logout(request)
    return redirect("account_login")


@open_to_staff
@on_shared_screen
@asks
def sign_out(request: SignedIn, ref: str) -> HttpResponse:
    """Take a device, with a signature. Where somebody else has it, say so."""
    device = device_of(ref)
    if Loan.objects.open().filter(device=device, holder=request.user.staff).exists():
        return redirect("device-in", ref)
    plans = agreed_plans(device)
    form = SignOutForm(posted(request), device=device, plans=plans, initial=_first(request, plans))
    if loan := done(
        request,
        form,
        lambda: acts.sign_out(device, **form.cleaned_data, by=request.user, at=timezone.now()),
        f"{device} is signed out. Thank you.",
    ):
        return _goes_on(request, loan)
    standing = standing_of(device)
    verdict = may_borrow(standing.terms, entitled=True)
    return _page(request, "devices/sign_out.html", standing, form, verdict=verdict)


@open_to_staff
@on_shared_screen
@asks
def sign_in(request: SignedIn, ref: str) -> HttpResponse:
    """Bring a device back, with a signature, and say what is on it."""
    device = device_of(ref)
    loan = Loan.objects.open().filter(device=device).select_related("holder", "device").first()
    if loan is None:
        messages.info(request, f"{device} is in. Nobody has it.")
        return redirect("devices-board" if kept_to(request) else "device", *_of(request, ref))
    first = {
        "condition": device.condition,
        "brought_by": loan.holder if _mine(request, loan) else None,
    }
    form = SignInForm(posted(request), loan=loan, initial=first)
    if back := done(
        request,
        form,
        lambda: acts.sign_in(loan, **form.cleaned_data, by=request.user, at=timezone.now()),
        f"{device} is back. Thank you.",
    ):
        return _goes_on(request, back)
    return _page(request, "devices/sign_in.html", standing_of(device), form, loan=loan)


def device_of(ref: str) -> Device:
    """A device of this school, or 404."""
    row: Device = get_object_or_404(Device.objects.select_related("school_class"), ref=ref)
    return row


def agreed_plans(device: Device) -> Any:
    """The visits to which it may go today."""
    on = timezone.localdate()
    open_plans = Plan.objects.open(on).filter(device=device).select_related("visit", "holder")
    agreed = [plan.pk for plan in open_plans if may_go(plan, on)]
    return open_plans.filter(pk__in=agreed)


def _first(request: SignedIn, plans: Any) -> dict[str, Any]:
    """Who signs in with their own name is taken to be who takes it, and for their visit."""
    staff: Staff | None = request.user.staff
    if kept_to(request) or staff is None:
        return {}
    return {"holder": staff, "plan": plans.filter(holder=staff).first()}


def _mine(request: SignedIn, loan: Loan) -> bool:
    return not kept_to(request) and loan.holder == request.user.staff


def _of(request: SignedIn, ref: str) -> list[str]:
    return [] if kept_to(request) else [ref]


def _goes_on(request: SignedIn, loan: Loan) -> HttpResponse:
    return redirect(
        "devices-board" if kept_to(request) else "device", *_of(request, loan.device.ref)
    )


def _page(
    request: SignedIn, template: str, standing: Standing, form: forms.Form, **more: Any
) -> HttpResponse:
    context = {"standing": standing, "device": standing.device, "form": form, **more}
    context["back"] = reverse("devices-board") if kept_to(request) else standing.device.url
    return render(request, template, context, status=422 if form.errors else 200)
