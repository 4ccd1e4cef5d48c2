"""The first page, one's own page, and what is said when something went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.consent import todo as answers
from belisha.desk.figures import figures
from belisha.people import todo as people
from belisha.people.access import SignedIn, open_to_signed_in
from belisha.people.rules import Role
from belisha.photos import todo as photos


@open_to_signed_in
@require_GET
def today(request: SignedIn) -> HttpResponse:
    user, on = request.user, timezone.localdate()
    tasks = [*people.todo(user), *photos.todo(user), *answers.todo(user, on)]
    asks_for_figures = user.has_role(Role.GOVERNOR, Role.HEAD)
    context = {
        "tasks": tasks,
        "figures": figures(on) if asks_for_figures else [],
        "now": timezone.now(),
        "is_parent": user.has_role(Role.PARENT),
    }
    return render(request, "desk/today.html", context)


@open_to_signed_in
@require_GET
def me(request: SignedIn) -> HttpResponse:
    roles = ", ".join(sorted(role.label for role in request.user.roles))
    return render(request, "desk/me.html", {"roles": roles})


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key does not fit: mostly a page that was open while someone else signed in."""
    return render(request, "403_csrf.html", status=403)
