"""What a visitor meets on the tablet at the door. It tells nobody who else is in the building.

The address is the right: whoever has it may sign in and out there and see nothing else. It opens no
page while somebody of the school is signed in on the same device.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_scopes import scope

from belisha.events.actions import tablets
from belisha.events.actions import visitors as acts
from belisha.events.forms.visitors import SignInForm, SignOutForm
from belisha.events.models import DoorTablet, Visitor
from belisha.events.standing import clause_for_visitors
from belisha.events.views.visitors import signed_in
from belisha.events.wording import rule_for_visitors, undertaking
from belisha.people.access import open_to_anyone
from belisha.people.acting import asks, done, posted
from belisha.people.actions.limits import give_back, network_of, take

Page = Callable[..., HttpResponse]
BADGE_FOR = timedelta(minutes=10)
CLOSES_IN = 30  # seconds, after which the tablet is ready for the next visitor


def at_tablet(view: Page) -> Page:
    """Find the tablet whose address this is, and speak for its school."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, **named: Any) -> HttpResponse:
        at, network = timezone.now(), network_of(request)
        tablet = tablets.tablet_of(token)
        if tablet is None:
            take(tablets.WRONG_ADDRESS, network, at=at)
            raise Http404
        request.school = tablet.school  # type: ignore[attr-defined]
        with scope(school=tablet.school):
            if request.user.is_authenticated:
                return render(request, "events/door_signed_in.html", {"token": token})
            return view(request, tablet, token, **named)

    return opened


@open_to_anyone  # a visitor has no account; the office gave this address to one tablet
@require_GET
@at_tablet
def door(request: HttpRequest, tablet: DoorTablet, token: str) -> HttpResponse:
    return render(request, "events/door.html", {"tablet": tablet, "token": token})


@open_to_anyone
@asks
@at_tablet
def come_in(request: HttpRequest, tablet: DoorTablet, token: str) -> HttpResponse:
    """A visitor signs in: reads the rule, accepts it, and signs who takes pictures."""
    at = timezone.now()
    form = SignInForm(posted(request), rule=rule_for_visitors(clause_for_visitors(at)))
    if form.is_valid() and (again_at := take(tablets.SIGN_IN, str(tablet.pk), at=at)):
        return render(request, "people/wait.html", {"again_at": again_at}, status=429)

    def act() -> Visitor:
        return acts.sign_in(**signed_in(form), tablet=tablet, at=at)

    if made := done(request, form, act, _("You are signed in.")):
        return redirect("door_badge", token, made.ref)
    context = {"form": form, "token": token, "undertaking": undertaking().splitlines()}
    return render(request, "events/door_in.html", context, status=422 if form.errors else 200)


@open_to_anyone
@require_GET
@at_tablet
def badge(request: HttpRequest, tablet: DoorTablet, token: str, ref: str) -> HttpResponse:
    """The badge of who has just signed in here; a little later it is nobody's to see.

    The tablet goes back to its start by itself soon, or at that time when they ask it to wait
    (WCAG 2.2.1).
    """
    since = timezone.now() - BADGE_FOR
    mine = Visitor.objects.inside().filter(tablet=tablet, in_at__gte=since)
    stays = "stay" in request.GET
    context = {
        "visitor": get_object_or_404(mine, ref=ref),
        "token": token,
        "closes_in": None if stays else CLOSES_IN,
    }
    response = render(request, "events/door_badge.html", context)
    seconds = int(BADGE_FOR.total_seconds()) if stays else CLOSES_IN
    response["Refresh"] = f"{seconds}; url={reverse('door', args=[token])}"
    return response


@open_to_anyone
@asks
@at_tablet
def go_out(request: HttpRequest, tablet: DoorTablet, token: str) -> HttpResponse:
    """A visitor signs out by the code of the badge, or their whole name. Misses are counted."""
    at, key = timezone.now(), str(tablet.pk)
    form = SignOutForm(posted(request))
    if form.is_valid() and (again_at := take(tablets.SIGN_OUT, key, at=at)):
        return render(request, "people/wait.html", {"again_at": again_at}, status=429)
    if done(
        request,
        form,
        lambda: acts.sign_out_by(form.cleaned_data["who"], at=at),
        _("You are signed out. Goodbye."),
    ):
        give_back(tablets.SIGN_OUT, key, at=at)
        return redirect("door", token)
    context = {"form": form, "token": token}
    return render(request, "events/door_out.html", context, status=422 if form.errors else 200)
