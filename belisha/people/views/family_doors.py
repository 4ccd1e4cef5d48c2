"""The ways in of parents and guests: a mailed code, a printed letter, and who they are again.

Nothing is spent by looking: programs that scan mail open every link in it.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from belisha.people.access import (
    BY_CODE,
    SignedIn,
    after_fresh_sign_in,
    mark_fresh,
    open_to,
    open_to_anyone,
)
from belisha.people.actions import codes, letters, limits
from belisha.people.actions.families import Answer, Turned
from belisha.people.forms.family_doors import AddressForm, CodeForm, LetterForm
from belisha.people.models import User
from belisha.people.rules import Role
from belisha.people.views.again import next_in_query, next_page, passkey_of
from belisha.people.views.asking import posted

# Programs that scan mail look with HEAD too.
looks_or_sends = require_http_methods(["GET", "HEAD", "POST"])

# What the browser that asked keeps, longer than the code lasts: a late try is told so.
ASKED_COOKIE = "__Host-asked" if settings.SECURE else "asked"
ASKED_LASTS = 3600
NEW_ADDRESS = "new_address"  # in the session, until its code is typed

TURNED = {
    Turned.ELSEWHERE: (
        gettext_lazy("Type the code where you asked for it"),
        gettext_lazy("A code works only on the phone or computer on which you asked for it."),
    ),
    Turned.USED: (
        gettext_lazy("This code was used already"),
        gettext_lazy("Each code works once. If it was you just now, go on. If not, ask again."),
    ),
    Turned.LATE: (
        gettext_lazy("This code is too old"),
        gettext_lazy("A code lasts 10 minutes. Ask for a new one."),
    ),
    Turned.WORN_OUT: (
        gettext_lazy("That was one wrong code too many"),
        gettext_lazy("To keep you safe, this code has stopped. Ask for a new one."),
    ),
}
LETTER_TURNED = {
    Turned.WRONG: gettext_lazy("This is not a code that works. Look at your letter once more."),
    Turned.USED: gettext_lazy("This code was used already. The office can give you a new letter."),
    Turned.LATE: gettext_lazy("This letter is too old. The office can give you a new one."),
    Answer.WORKS_HERE: gettext_lazy("You work with the school. Use the staff sign-in."),
}


@open_to_anyone  # whoever has an address may type it; what they get is the same for all
@looks_or_sends
def family_sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(next_page(request))
    form = AddressForm(posted(request))
    if form.is_valid():
        return _mail_code(request, form.cleaned_data["email"])
    return _ask(request, "people/family_sign_in.html", form)


@open_to_anyone  # the code is the right, together with what this browser keeps
@looks_or_sends
def family_code(request: HttpRequest) -> HttpResponse:
    token, at = request.COOKIES.get(ASKED_COOKIE, ""), timezone.now()
    form = CodeForm(posted(request))
    if form.is_valid():
        came = codes.spend(token, form.cleaned_data["code"], at=at)
        if isinstance(came, User):
            return _sign_in(request, came)
        if came is Turned.ELSEWHERE:
            again_at = limits.take(limits.STRANGE_CODE, limits.network_of(request), at=at)
            if again_at:
                return wait(request, again_at)
        if came is not Turned.WRONG:
            return _turned(request, came)
        form.add_error("code", _not_this_code())
    elif request.method != "POST" and not token:
        return _turned(request, Turned.ELSEWHERE, status=200)
    linked = request.GET.get("code", "")[:40] if request.method != "POST" else ""
    return _ask(request, "people/family_code.html", form, linked=linked)


@open_to_anyone  # the letter's code is the right
@looks_or_sends
def letter_sign_in(request: HttpRequest) -> HttpResponse:
    form, at = LetterForm(posted(request)), timezone.now()
    if form.is_valid():
        network = limits.network_of(request)
        browser = f"{network} {request.headers.get('User-Agent', '')}"
        tries = ((limits.WRONG_LETTER_NETWORK, network), (limits.WRONG_LETTER, browser))
        again_at = limits.take_each(tries, at=at)
        if again_at:
            return wait(request, again_at)
        came = letters.spend(form.cleaned_data["code"], at=at)
        if isinstance(came, User):
            limits.give_each_back(tries, at=at)
            asks = not _address_of(came) and next_page(request) == reverse("today")
            return _sign_in(request, came, "family_address" if asks else "")
        form.add_error("code", LETTER_TURNED[came])
    return _ask(request, "people/letter_sign_in.html", form)


@open_to(Role.PARENT, Role.GUEST)
@looks_or_sends
def again_by_code(request: SignedIn) -> HttpResponse:
    """Show once more who it is, before something that matters: by a passkey or a mailed code."""
    if request.user.staff:  # they show it as staff do
        raise Http404
    address, ways = _address_of(request.user), passkey_of(request)
    if "credential" in request.POST:
        if "passkey" in ways and ways["passkey"].is_valid():
            ways["passkey"].save()
            mark_fresh(request, at=timezone.now())
            return redirect(next_page(request))
    elif request.method == "POST" and address:
        return _mail_code(request, address)
    after = next_page(request)
    shown = {"address": address, "next": after, "query": next_in_query(after), **ways}
    wrong = "passkey" in ways and ways["passkey"].errors
    return render(request, "people/again_by_code.html", shown, status=422 if wrong else 200)


@open_to(Role.PARENT)
@after_fresh_sign_in
@looks_or_sends
def family_address(request: SignedIn) -> HttpResponse:
    """Write down an address of one's own. It counts once a code that went there is typed."""
    form, at = AddressForm(posted(request)), timezone.now()
    if form.is_valid():
        address = form.cleaned_data["email"]
        again_at = _too_many_asked(request, address, at)
        if again_at:
            return wait(request, again_at)
        parent = _parent(request)
        token = codes.ask_for_address(parent, address, by=request.user, at=at)
        request.session[NEW_ADDRESS] = address
        return _keep(redirect("family_address_code"), token)
    shown = {"now": _parent(request).email}
    return _ask(request, "people/family_address.html", form, **shown)


@open_to(Role.PARENT)
@after_fresh_sign_in
@looks_or_sends
def family_address_code(request: SignedIn) -> HttpResponse:
    address = request.session.get(NEW_ADDRESS)
    if not address:
        return redirect("family_address")
    form = CodeForm(posted(request))
    if form.is_valid():
        took = codes.take_address(
            _parent(request),
            address,
            token=request.COOKIES.get(ASKED_COOKIE, ""),
            typed=form.cleaned_data["code"],
            by=request.user,
            at=timezone.now(),
            here=request.session.session_key or "",
        )
        if not isinstance(took, Turned):
            del request.session[NEW_ADDRESS]
            messages.success(request, _("Saved. From now on your codes go there."))
            return redirect("today")
        words = TURNED[took][1] if took in TURNED else _not_this_code()
        form.add_error("code", words)
    return _ask(request, "people/family_address_code.html", form, address=address)


def whole_address(request: HttpRequest, name: str) -> str:
    """The address of a page as it stands in a mail, with the host that the school has set."""
    host = settings.ADDRESS or request.build_absolute_uri("/")
    return host.rstrip("/") + reverse(name)


def _mail_code(request: HttpRequest, address: str) -> HttpResponse:
    at, school = timezone.now(), request.school  # type: ignore[attr-defined]
    again_at = _too_many_asked(request, address, at)
    if again_at:
        return wait(request, again_at)
    token = codes.ask(school, address, link=whole_address(request, "family_code"), at=at)
    address_of_code = reverse("family_code") + next_in_query(next_page(request))
    return _keep(redirect(address_of_code), token)


def _too_many_asked(request: HttpRequest, address: str, at: datetime) -> datetime | None:
    """When this may be asked again, if it was asked too often; the same for every address."""
    network = limits.network_of(request)
    doors = (
        (limits.ASK_FROM_NETWORK, network),
        (limits.ASK_FROM_HERE, f"{address} {network}"),
        (limits.ASK_FOR_ADDRESS, address),
    )
    for door, key in doors:
        again_at = limits.take(door, key, at=at)
        if again_at:
            return again_at
    return None


def _keep(response: HttpResponse, token: str) -> HttpResponse:
    response.set_cookie(
        ASKED_COOKIE,
        token,
        max_age=ASKED_LASTS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _sign_in(request: HttpRequest, user: User, where: str = "") -> HttpResponse:
    """A session of its own under a new key, marked so that it never opens what staff see."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[BY_CODE] = True
    return redirect(where or next_page(request))


def _address_of(user: User) -> str:
    """Where a code for someone who is here goes, or nothing."""
    holder = user.parent or user.guest_pass
    return holder.email if holder else ""


def _parent(request: SignedIn) -> Any:
    return request.user.parent


def _not_this_code() -> str:
    return _("This is not the code. Only the newest one works.")


def _ask(request: HttpRequest, template: str, form: forms.Form, **shown: Any) -> HttpResponse:
    after = next_page(request)
    shown |= {"form": form, "next": after, "query": next_in_query(after)}
    return render(request, template, shown, status=422 if form.errors else 200)


def _turned(request: HttpRequest, turned: Turned, *, status: int = 422) -> HttpResponse:
    title, words = TURNED[turned]
    shown = {"title": title, "words": words, "was_used": turned is Turned.USED}
    return render(request, "people/turned.html", shown, status=status)


def wait(request: HttpRequest, again_at: datetime) -> HttpResponse:
    """Too many tries: when the next one may be made."""
    response = render(request, "people/wait.html", {"again_at": again_at}, status=429)
    seconds = (again_at - timezone.now()).total_seconds()
    response.headers["Retry-After"] = str(max(1, round(seconds)))
    return response
