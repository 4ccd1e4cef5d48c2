"""Saying that a memory was wiped (P.ii)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.devices.actions import memory as acts
from belisha.devices.forms import WipeForm
from belisha.devices.models import Device
from belisha.devices.standing import standing_of, standings
from belisha.devices.views.board import device_of
from belisha.people.access import SignedIn, open_to_staff
from belisha.people.acting import asks, done, posted


@open_to_staff
@require_GET
def which(request: SignedIn) -> HttpResponse:
    """Which device was wiped? Those that owe it come first."""
    known = standings(list(Device.objects.for_pictures()))
    known.sort(key=lambda one: one.debt is None)
    return render(request, "devices/which.html", {"entries": known})


@open_to_staff
@asks
def wipe(request: SignedIn, ref: str) -> HttpResponse:
    device = device_of(ref)
    debt = standing_of(device).debt
    imported = debt.imported if debt else 0
    first = {"wiped": imported, "wiper": request.user.staff}
    form = WipeForm(posted(request), initial=first)
    if done(
        request,
        form,
        lambda: acts.wipe(device, **form.cleaned_data, by=request.user, at=timezone.now()),
        f"{device} is wiped. Thank you.",
    ):
        return redirect("device", ref)
    context = {"device": device, "form": form, "debt": debt, "imported": imported}
    return render(request, "devices/wipe.html", context, status=422 if form.errors else 200)
