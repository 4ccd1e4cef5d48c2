"""Showing who one is once more, and what was typed before the session ended."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from belisha.people.access import (
    SignedIn,
    before_second_factor,
    is_fresh,
    mark_fresh,
    must_show_second_factor,
    open_to_signed_in,
)
from belisha.people.forms.factors import AgainForm, PasskeyAgain
from belisha.people.keeping import forget_kept, kept_of
from belisha.people.views.asking import asks, posted


@open_to_signed_in
@before_second_factor
@asks
def again(request: SignedIn) -> HttpResponse:
    """Ask staff for password and code, or a passkey, or the provider; parents have their own page.

    `next` is where to go on, on this site.
    """
    user, at, to = request.user, timezone.now(), next_page(request)
    if is_fresh(request, at=at) and not must_show_second_factor(request):
        return redirect(to)
    if user.school.demonstration:
        return _go_on(request, to) if request.method == "POST" else _page(request, to)
    if user.staff is None:
        return redirect(reverse("again_by_code") + next_in_query(to))
    kinds = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    ways: dict[str, Any] = {
        "provider": bool(settings.PROVIDER) and SocialAccount.objects.filter(user=user).exists()
    }
    ways |= passkey_of(request)
    if "passkey" in ways and ways["passkey"].is_valid():
        ways["passkey"].save()
        return _go_on(request, to)
    if user.has_usable_password():
        sent = posted(request) if "credential" not in request.POST else None
        form = AgainForm(sent, user=user, asks_code=bool(kinds))
        if form.is_valid():
            form.save()
            return _go_on(request, to)
        ways["form"] = form
    if not any(ways.values()):  # they came in by the school's provider, which is gone since
        return _page(request, to, leave=True)
    return _page(request, to, **ways)


def passkey_of(request: SignedIn) -> dict[str, Any]:
    """What a page needs to ask for a passkey once more; nothing where the person has none.

    `passkey` is the form, filled in if one was shown; `js_data` what the browser is asked.
    """
    mine = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN)
    if not mine.exists():
        return {}
    sent = request.POST if "credential" in request.POST else None
    asked = PasskeyAgain(sent, user=request.user)
    if asked.is_valid():  # before a new question, which the answer would not fit
        return {"passkey": asked}
    return {"passkey": asked, "js_data": auth.begin_authentication(request.user)}


def _go_on(request: SignedIn, to: str) -> HttpResponse:
    mark_fresh(request, at=timezone.now())
    return redirect(to)


def _page(request: SignedIn, to: str, **ways: Any) -> HttpResponse:
    shown = {"next": to, "demonstration": request.user.school.demonstration, **ways}
    wrong = any(ways[name].errors for name in ("form", "passkey") if name in ways)
    return render(request, "people/again.html", shown, status=422 if wrong else 200)


def next_page(request: HttpRequest) -> str:
    """Where the person wanted to go: on this site, and by an address that begins there."""
    to = request.POST.get("next") or request.GET.get("next") or "/"
    here = url_has_allowed_host_and_scheme(
        to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return to if here else "/"


def next_in_query(after: str) -> str:
    """What an address carries on to say where to go on."""
    return "" if after == reverse("today") else f"?{urlencode({'next': after})}"


@open_to_signed_in
@asks
def kept(request: SignedIn) -> HttpResponse:
    """What was typed, with a fresh key, to be sent now or thrown away."""
    if request.method == "POST":
        forget_kept(request)
        return redirect("today")
    held = kept_of(request)
    if held is None:
        return redirect("today")
    return render(request, "people/kept.html", {"kept": held})
