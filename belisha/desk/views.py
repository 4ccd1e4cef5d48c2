"""The first page, one's own page, and what is said when something went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from belisha.people.access import open_to_signed_in


@open_to_signed_in
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/today.html")


@open_to_signed_in
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/me.html")


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key does not fit: mostly a page that was open while someone else signed in."""
    return render(request, "403_csrf.html", status=403)
