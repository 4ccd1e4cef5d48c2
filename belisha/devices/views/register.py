"""The register of devices: found, shown, added, changed, out of use, labelled (P.ix)."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.devices.access import KEEP, can_keep
from belisha.devices.actions import register as acts
from belisha.devices.forms import DeviceForm, RegisterForm, RetireForm
from belisha.devices.models import Device, Import, Loan, Loss, Plan, Wipe
from belisha.devices.printing import labels_of
from belisha.devices.rules import may_borrow
from belisha.devices.standing import Standing, standing_of, standings
from belisha.devices.views.board import device_of
from belisha.people.access import (
    SignedIn,
    after_fresh_sign_in,
    kept_to,
    on_shared_screen,
    open_to,
    open_to_staff,
)
from belisha.people.acting import acted, ask, asks, done, posted
from belisha.people.rules import fits
from belisha.people.sheets import sheet

SHEET = (
    *("name", "kind", "kept in", "who may use it", "condition", "serial number", "stands"),
    *("with", "since", "back by", "to be wiped since", "added", "out of use", "became"),
)
AT_ONCE = 20  # loans and wipes on the page of one device


def register_of(request: SignedIn) -> list[Standing]:
    """The devices that were asked for, each as it stands."""
    form = RegisterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    shown, typed, now = asked.get("shown", ""), asked.get("q", ""), timezone.now()
    devices = Device.objects.select_related("school_class").prefetch_related("named__staff")
    kept = devices.exclude(retired_at=None) if shown == "retired" else devices.in_use()
    keeps: Callable[[Standing], object] = {
        "out": lambda one: one.loan,
        "late": lambda one: one.loan and one.loan.is_late(now),
        "wipe": lambda one: one.debt,
        "lost": lambda one: one.loss,
    }.get(shown, lambda one: True)
    return [one for one in standings(list(kept)) if keeps(one) and (not typed or _fits(typed, one))]


def _fits(typed: str, one: Standing) -> bool:
    device = one.device
    who = one.loan.who if one.loan else ""
    return fits(typed, device.name, device.serial, device.lives_in, who)


@open_to_staff
@require_GET
def devices(request: SignedIn) -> HttpResponse:
    context = {
        "entries": register_of(request),
        "form": RegisterForm(request.GET),
        "filtered": any(request.GET.get(name) for name in ("q", "shown")),
        "query": request.GET.urlencode(),
        "now": timezone.now(),
        "keeps": can_keep(request.user),
    }
    return render(request, "devices/devices.html", context)


@open_to_staff
@on_shared_screen
@require_GET
def device(request: SignedIn, ref: str) -> HttpResponse:
    """What the label leads to. On a shared screen it is signed out or in at once."""
    row, user = device_of(ref), request.user
    standing = standing_of(row)
    if kept_to(request):
        return redirect("device-in" if standing.loan else "device-out", ref)
    mine = bool(user.staff and row.borrowers.contains(user.staff))
    context = {
        "device": row,
        "standing": standing,
        "verdict": may_borrow(standing.terms, entitled=mine),
        "holds": standing.loan and standing.loan.holder == user.staff,
        "keeps": can_keep(user),
        "now": timezone.now(),
        "plans": Plan.objects.open(timezone.localdate())
        .filter(device=row)
        .select_related("visit", "holder"),
        "loans": Loan.objects.filter(device=row).select_related("holder", "brought_by")[:AT_ONCE],
        "imports": Import.objects.filter(device=row).select_related("by")[:AT_ONCE],
        "wipes": Wipe.objects.filter(device=row).select_related("wiper", "witness")[:AT_ONCE],
        "losses": Loss.objects.filter(device=row).select_related("reported_by"),
    }
    return render(request, "devices/device.html", context)


@open_to(*KEEP)
@asks
def add(request: SignedIn) -> HttpResponse:
    form = DeviceForm(posted(request))
    if made := done(
        request,
        form,
        lambda: acts.add(
            request.school,
            people=form.cleaned_data["people"],
            by=request.user,
            at=timezone.now(),
            **_fields(form),
        ),
        "Written down. Print its label next.",
    ):
        return redirect("device", made.ref)
    return _form(request, form, "Add a device", reverse("devices"), "Devices")


@open_to(*KEEP)
@asks
def change(request: SignedIn, ref: str) -> HttpResponse:
    row = device_of(ref)
    form = DeviceForm(posted(request), instance=row, initial={"people": row.people})
    if done(
        request,
        form,
        lambda: acts.change(
            row, people=form.cleaned_data["people"], by=request.user, at=timezone.now()
        ),
        "Saved.",
    ):
        return redirect("device", ref)
    name = device_of(ref).name
    return _form(request, form, f"Change {name}", row.url, name)


def _fields(form: DeviceForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "people"}


def _form(request: SignedIn, form: DeviceForm, title: str, back: str, above: str) -> HttpResponse:
    return ask(request, form, title=title, act="Save", back=back, above=above)


@open_to(*KEEP)
@asks
def retire(request: SignedIn, ref: str) -> HttpResponse:
    row = device_of(ref)
    form = RetireForm(posted(request))
    if done(
        request,
        form,
        lambda: acts.retire(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        f"{row} is not in use any more.",
    ):
        return redirect("device", ref)
    words = "It stays in the register with its history. Nobody can sign it out."
    title = f"Take {row} out of use"
    return ask(
        request,
        form,
        title=title,
        act="Take it out of use",
        back=row.url,
        above=row.name,
        words=words,
    )


@open_to(*KEEP)
@require_POST
def use_again(request: SignedIn, ref: str) -> HttpResponse:
    row = device_of(ref)
    return acted(
        request,
        lambda: acts.use_again(row, by=request.user, at=timezone.now()),
        row.url,
        "It is in use again.",
    )


@open_to_staff
@after_fresh_sign_in
@require_GET
def devices_csv(request: SignedIn) -> HttpResponse:
    rows = []
    for one in register_of(request):
        row, loan = one.device, one.loan
        rows.append(
            [
                row.name,
                row.get_kind_display(),
                row.lives_in,
                row.kept_for,
                row.get_condition_display(),
                row.serial,
                one.stands[1],
                loan.who if loan else "",
                timezone.localtime(loan.out_at) if loan else "",
                timezone.localtime(loan.due_at) if loan else "",
                timezone.localdate(one.debt.since) if one.debt else "",
                timezone.localdate(row.added_at),
                timezone.localdate(row.retired_at) if row.retired_at else "",
                row.became,
            ]
        )
    return sheet(request, "devices", SHEET, rows)


@open_to(*KEEP)
@require_GET
def labels(request: SignedIn) -> HttpResponse:
    """The labels of all devices that are shown in the register."""
    return _labels(request, [one.device for one in register_of(request)])


@open_to(*KEEP)
@require_GET
def label(request: SignedIn, ref: str) -> HttpResponse:
    return _labels(request, [device_of(ref)])


def _labels(request: SignedIn, some: Sequence[Device]) -> HttpResponse:
    site = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
    named = [(one.name, f"{site}{one.url}") for one in some]
    data = labels_of(named, school=request.school.name, phone=request.school.phone)
    disposition = {"Content-Disposition": 'inline; filename="labels.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=disposition)
