"""The doorkeeper: which school a request is about, who is still signed in, and that no route is
open by accident."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django_scopes import scope

from belisha.people.access import (
    BY_CODE,
    Refused,
    come_back_to,
    has_second_factor,
    kept_to,
    lead_to,
    may_choose_language,
    must_show_second_factor,
)
from belisha.people.keeping import forget_kept, kept_of
from belisha.people.models import School
from belisha.people.rules import SCHOOL_LANGUAGE
from belisha.people.sessions import goes_on

Respond = Callable[[HttpRequest], HttpResponse]


def harden(respond: Respond) -> Respond:
    """Nothing about a child is kept by a browser or a proxy, nor shown inside another site."""

    def hardened(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow, noarchive, noimageindex")
        return response

    return hardened


class Doorkeeper:
    """Sets the school's scope, ends what has lasted too long, and refuses routes that do not say
    whom they are open to. Staff without a second factor get no further than setting one up."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        school = request.user.school if request.user.is_authenticated else School.objects.first()
        request.school = school  # type: ignore[attr-defined]
        if school is None and request.path != reverse("setup"):
            return redirect("setup")
        with scope(school=school):
            if not _may_stay(request):
                logout(request)
                return self(request)  # as the stranger that they are from now on
            user = request.user
            if user.is_authenticated and not goes_on(request, user, at=timezone.now()):
                request.was_signed_in = user  # type: ignore[attr-defined]
                logout(request)
            return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not hasattr(view, "opened_to"):
            raise Http404(f"{view} does not say whom it is open to")
        if view.opened_to is None:
            return None
        if not request.user.is_authenticated:
            told = urlencode({"next": come_back_to(request)}, safe="/")
            return lead_to(request, f"{reverse('account_login')}?{told}")
        if (only := kept_to(request)) and not hasattr(view, "on_shared_screen"):
            return lead_to(request, only)
        if must_show_second_factor(request) and not hasattr(view, "before_second_factor"):
            if has_second_factor(request.user):
                told = urlencode({"next": come_back_to(request)}, safe="/")
                return lead_to(request, f"{reverse('again')}?{told}")
            if not hasattr(view, "sets_up_second_factor"):
                return lead_to(request, reverse("mfa_index"))
        if request.method == "POST":
            kept = kept_of(request)
            if kept and kept.path == request.get_full_path():
                forget_kept(request)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        if isinstance(error, Refused):
            raise Http404 from error


def _may_stay(request: HttpRequest) -> bool:
    """Whether whoever signed in is still something here: an order or an end counts at once.

    A code from mail or a letter never opens what staff see, even if they became staff since.
    """
    user = request.user
    if not user.is_authenticated:
        return True
    return user.belongs and not (user.staff and request.session.get(BY_CODE))


def interpret(respond: Respond) -> Respond:
    """Answer in the reader's language. Stands behind the doorkeeper, who knows the reader."""

    def interpreted(request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            response = respond(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response

    return interpreted


def language_of(request: HttpRequest) -> str:
    """What a parent chose; else what this browser chose; else what it asks for, as it can."""
    if not may_choose_language(request.user):
        return SCHOOL_LANGUAGE
    parent = request.user.parent if request.user.is_authenticated else None
    return (parent and parent.language) or translation.get_language_from_request(request)
