"""The doorkeeper: which school a request is about, and that no route is open by accident."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django_scopes import scope

from belisha.people.access import Refused, may_choose_language
from belisha.people.models import School
from belisha.people.rules import SCHOOL_LANGUAGE

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
    """Sets the school's scope, and refuses routes that do not say whom they are open to."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        school = request.user.school if request.user.is_authenticated else School.objects.first()
        request.school = school  # type: ignore[attr-defined]
        if school is None and request.path != reverse("setup"):
            return redirect("setup")
        with scope(school=school):
            return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        if not hasattr(view, "opened_to"):
            raise Http404(f"{view} does not say whom it is open to")

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        if isinstance(error, Refused):
            raise Http404 from error


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
