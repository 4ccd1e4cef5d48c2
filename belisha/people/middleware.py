"""The doorkeeper: which school a request is about, and that no route is open by accident."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_scopes import scope

from belisha.people.access import BY_CODE, Refused
from belisha.people.models import School

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
            if not _may_stay(request):
                logout(request)
                return self(request)  # as the stranger that they are from now on
            return self.respond(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        if not hasattr(view, "opened_to"):
            raise Http404(f"{view} does not say whom it is open to")

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
