"""The first page, one's own page, and what is said when something went wrong."""

from urllib.parse import urlencode

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from belisha.consent import todo as answers
from belisha.desk.actions import open_school
from belisha.desk.figures import figures
from belisha.desk.forms import FirstRunForm
from belisha.people import todo as people
from belisha.people.access import SignedIn, come_back_to, open_to_anyone, open_to_signed_in
from belisha.people.keeping import comes_from_here, keep_typed, kept_of
from belisha.people.models import School
from belisha.people.rules import GOVERNORS, LEADERS, Role
from belisha.photos import todo as photos


@open_to_anyone  # only until there is a school
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    if School.objects.exists():
        raise Http404
    form = FirstRunForm(request.POST or None)
    if form.is_valid():
        head = open_school(**form.cleaned_data, at=timezone.now())
        login(request, head)
        return redirect("today")
    return render(request, "desk/setup.html", {"form": form}, status=422 if form.errors else 200)


@open_to_signed_in
@require_GET
def today(request: SignedIn) -> HttpResponse:
    user, on = request.user, timezone.localdate()
    tasks = [*people.todo(user), *photos.todo(user), *answers.todo(user, on)]
    asks_for_figures = user.has_role(*GOVERNORS, *LEADERS)
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
    """The form's key does not fit: mostly a page that was open while someone else signed in.

    What was typed on a page of ours is not lost; what another site sends is never shown.
    """
    match = request.resolver_match
    if match and getattr(match.func, "opened_to", None) is not None and comes_from_here(request):
        if hasattr(request, "was_signed_in"):
            told = urlencode({"next": come_back_to(request)}, safe="/")
            return redirect(f"{reverse('account_login')}?{told}")
        if request.user.is_authenticated and keep_typed(request):
            return render(request, "people/kept.html", {"kept": kept_of(request)}, status=403)
    return render(request, "403_csrf.html", status=403)
