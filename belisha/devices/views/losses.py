"""Lost devices: reported, found, followed up (P.ix)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.devices.access import FOLLOW_UP, can_follow_up
from belisha.devices.actions import losses as acts
from belisha.devices.forms import FollowUpForm, FoundForm, LostForm
from belisha.devices.models import Loss
from belisha.devices.views.board import device_of
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, open_to_staff
from belisha.people.acting import ask, asks, done, posted
from belisha.people.sheets import sheet

SHEET = (
    *("device", "serial number", "reported", "by", "last seen", "with pictures", "found"),
    *("where", "followed up", "by", "what was done"),
)


@open_to_staff
@require_GET
def losses(request: SignedIn) -> HttpResponse:
    rows = Loss.objects.select_related("device", "reported_by", "followed_up_by")
    return render(request, "devices/losses.html", {"losses": rows})


@open_to_staff
@after_fresh_sign_in
@require_GET
def losses_csv(request: SignedIn) -> HttpResponse:
    rows = [
        [
            one.device.name,
            one.device.serial,
            timezone.localtime(one.reported_at),
            one.reported_by.name,
            one.last_seen,
            one.get_held_display(),
            timezone.localtime(one.found_at) if one.found_at else "",
            one.found_where,
            timezone.localtime(one.followed_up_at) if one.followed_up_at else "",
            one.followed_up_by.name if one.followed_up_by else "",
            one.followed_up,
        ]
        for one in Loss.objects.select_related("device", "reported_by", "followed_up_by")
    ]
    return sheet(request, "losses", SHEET, rows)


@open_to_staff
@asks
def report(request: SignedIn, ref: str) -> HttpResponse:
    device = device_of(ref)
    form = LostForm(posted(request))
    if loss := done(
        request,
        form,
        lambda: acts.report(device, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Thank you for saying so at once. Whoever must know finds it on Today.",
    ):
        return redirect("device-loss", loss.ref)
    words = "Say it as soon as you miss it. Nobody asks here whose fault it is."
    return ask(
        request,
        form,
        title=f"{device} is lost",
        act="Report it",
        back=device.url,
        above=device.name,
        words=words,
    )


@open_to_staff
@require_GET
def loss(request: SignedIn, ref: str) -> HttpResponse:
    context = {
        "loss": _loss_of(ref),
        "follows_up": can_follow_up(request.user),
        "found_form": FoundForm(),
        "form": FollowUpForm(),
    }
    return render(request, "devices/loss.html", context)


@open_to_staff
@require_POST
def found(request: SignedIn, ref: str) -> HttpResponse:
    row = _loss_of(ref)
    form = FoundForm(request.POST)
    if done(
        request,
        form,
        lambda: acts.found(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        f"{row.device} is found.",
    ):
        return redirect("device-loss", ref)
    return _again(request, row, found_form=form)


@open_to(*FOLLOW_UP)
@require_POST
def follow_up(request: SignedIn, ref: str) -> HttpResponse:
    row = _loss_of(ref)
    form = FollowUpForm(request.POST)
    if done(
        request,
        form,
        lambda: acts.follow_up(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Written down.",
    ):
        return redirect("device-loss", ref)
    return _again(request, row, form=form)


def _again(request: SignedIn, row: Loss, **forms: FoundForm | FollowUpForm) -> HttpResponse:
    """The page with what was typed, and why it was not taken."""
    context = {
        "loss": _loss_of(row.ref),
        "follows_up": can_follow_up(request.user),
        "found_form": FoundForm(),
        "form": FollowUpForm(),
        **forms,
    }
    return render(request, "devices/loss.html", context, status=422)


def _loss_of(ref: str) -> Loss:
    named = Loss.objects.select_related(
        "device", "loan__holder", "reported_by", "found_by", "followed_up_by"
    )
    row: Loss = get_object_or_404(named, ref=ref)
    return row
