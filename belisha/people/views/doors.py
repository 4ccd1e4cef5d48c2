"""The addresses of a demonstration."""

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from belisha.people import actions
from belisha.people.access import open_to_anyone


@open_to_anyone  # the pass is the right, and no real school has one
@require_GET
def enter_demonstration(request: HttpRequest, demonstration_pass: str) -> HttpResponse:
    user = actions.bearer_of(demonstration_pass)
    if user is None:
        raise Http404
    login(request, user)
    return redirect("today")
