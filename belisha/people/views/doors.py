"""Ways in: the addresses of a demonstration, and one's own password."""

from allauth.account import views as account
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from belisha.people import actions
from belisha.people.access import SignedIn, open_to_anyone, open_to_signed_in


@open_to_anyone  # the pass is the right, and no real school has one
@require_GET
def enter_demonstration(request: HttpRequest, demonstration_pass: str) -> HttpResponse:
    user = actions.bearer_of(demonstration_pass)
    if user is None:
        raise Http404
    login(request, user)
    return redirect("today")


@open_to_signed_in
def change_password(request: SignedIn) -> HttpResponseBase:
    if not request.user.has_usable_password():  # nobody of a demonstration has one
        raise Http404
    changed: HttpResponseBase = account.password_change(request)
    return changed
