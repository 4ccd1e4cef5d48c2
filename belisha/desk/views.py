"""The first page, the search, everything about a child, one's own pages, and words when something
went wrong."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)
from django_scopes import scope

from belisha.consent.access import can_record, pupils_seen_by
from belisha.consent.ledger import difference_in, history_of, voices_about
from belisha.consent.register import cells_of
from belisha.desk.actions import open_school
from belisha.desk.evidence import evidence, year_in_numbers
from belisha.desk.feeds import events_for
from belisha.desk.forms import FirstRunForm
from belisha.desk.registers import REGISTERS_FOR, registers_for
from belisha.desk.searching import LONGEST, search
from belisha.desk.states import states_now
from belisha.desk.waiting import waiting_for
from belisha.lib.ical import written
from belisha.lib.state import Standing, State
from belisha.lib.task import When, grouped
from belisha.people.access import (
    SignedIn,
    come_back_to,
    may_choose_language,
    open_to,
    open_to_anyone,
    open_to_guests,
    open_to_signed_in,
    open_to_staff,
    open_to_the_school,
    pages_for_guests,
)
from belisha.people.actions import choices as acts
from belisha.people.actions.limits import network_of, take
from belisha.people.family import known_of, pupils_known_to
from belisha.people.keeping import comes_from_here, keep_typed, kept_of
from belisha.people.models import CalendarAddress, School, User, calendar_of, choices_of
from belisha.people.rules import GOVERNORS, LEADERS, SCHOOL_LANGUAGE, Role
from belisha.photos.about import questions_about, stops_about
from belisha.photos.models import Photo
from belisha.policy.access import READERS, can_keep_reads
from belisha.policy.awareness import school_year
from belisha.policy.models import version_in_force
from belisha.policy.rules import number_in

PICTURES = 24  # on a page
WHEN = {
    When.LATE: gettext_lazy("Late"),
    When.TODAY: gettext_lazy("Today"),
    When.WEEK: gettext_lazy("Within a week"),
    When.LATER: gettext_lazy("Later, or when you can"),
}


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
    """What waits for whom, the latest first. A parent is led straight to their children."""
    user, on = request.user, timezone.localdate()
    if user.roles == {Role.PARENT}:
        return redirect("children")
    tasks = waiting_for(user, on)
    context = {
        "tasks": tasks,
        "groups": [(near, WHEN[near], some) for near, some in grouped(tasks, on).items()],
        "figures": _figures(user, on) if user.has_role(*GOVERNORS, *LEADERS) else [],
        "now": timezone.now(),
        "is_parent": user.has_role(Role.PARENT),
        "guest_pages": _pages_of_guest(user),
    }
    return render(request, "desk/today.html", context)


def _figures(user: User, on: date) -> list[State]:
    """What is counted of the clauses, the gravest first."""
    counted = [state for state in states_now(user.school_id, on).values() if state.figure]
    return sorted(counted, key=lambda state: list(Standing).index(state.standing))


def _pages_of_guest(user: User) -> list[tuple[str, str]]:
    """The pages that a guest may look at: name of the route, and what it says."""
    named = user.guest_pass.pages if user.guest_pass else []
    return [(name, says) for name, says in pages_for_guests().items() if name in named]


@open_to_guests(*GOVERNORS, *LEADERS, says="How the policy is kept, in numbers without names")
@require_GET
def figures_page(request: SignedIn) -> HttpResponse:
    """Each clause with its state and its proof, to print and to show; without names."""
    on = timezone.localdate()
    version = version_in_force(timezone.now())
    found = evidence(version, request.user, on=on)
    term = calendar_of(request.school).term_began(on)
    context = {
        "version": version,
        "evidence": found,
        "term": term,
        "without_proof": found.without_proof(term),
        "now": timezone.now(),
    }
    return render(request, "desk/evidence.html", context)


@open_to_guests(*GOVERNORS, *LEADERS, says="The yearly report to governors")
@require_GET
def report(request: SignedIn) -> HttpResponse:
    """A school year in numbers, with plots and how the policy stands today; no names."""
    on = timezone.localdate()
    first = school_year(timezone.localdate(request.school.created_at))
    years = range(school_year(on), first - 1, -1)
    year = number_in(request.GET.get("year", ""))
    year = year if year in years else years[0]
    version = version_in_force(timezone.now())
    context = {
        "version": version,
        "evidence": evidence(version, request.user, on=on),
        "plots": year_in_numbers(year, on=on),
        "year": year,
        "years": years,
        "now": timezone.now(),
    }
    return render(request, "desk/report.html", context)


@open_to(*REGISTERS_FOR)
@require_GET
def registers(request: SignedIn) -> HttpResponse:
    """Where everything is that the school keeps track of."""
    return render(request, "desk/registers.html", {"registers": registers_for(request.user)})


@open_to_staff
@require_GET
def about_child(request: SignedIn, pk: int) -> HttpResponse:
    """Everything about one child that this person may know, on one page; it can be printed."""
    user, on = request.user, timezone.localdate()
    pupil = get_object_or_404(pupils_known_to(user), pk=pk)
    known = known_of(pupil, user)
    context: dict[str, Any] = {**vars(known)}
    if pupils_seen_by(user).filter(pk=pk).exists():
        context["cells"] = cells_of(pupil, on=on)
        context["can_record"] = can_record(user)
        if can_record(user):
            context["voices"] = voices_about(pupil, user, on=on)
            context["history"] = history_of(pupil, user, on=on)
            context["differ"] = difference_in(context["cells"], context["voices"])
    if known.known:
        pictures = Photo.objects.visible_to(user).showing(pupil).select_related("album")
        newest = pictures.order_by("-album__taken_on", "-id")
        context["page"] = Paginator(newest, PICTURES).get_page(request.GET.get("page"))
        context["questions"] = questions_about(pupil, user, on=on)
        context["stops"] = stops_about(pupil, user)
    return render(request, "desk/about_child.html", context)


@open_to_signed_in
@require_GET
def me(request: SignedIn) -> HttpResponse:
    user = request.user
    shown = {
        "roles": ", ".join(sorted(gettext(role.label) for role in user.roles)),
        "is_parent": user.has_role(Role.PARENT),
        "reads": user.has_role(*READERS),
        "sees_readers": can_keep_reads(user),
        "sees_counts": user.has_role(*GOVERNORS),
        "receives": user.has_role(Role.HEAD, Role.CHAIR),
        "choices": None if user.roles <= {Role.GUEST} else choices_of(user),
    }
    return render(request, "desk/me.html", shown)


@open_to_the_school
@require_POST
def choose(request: SignedIn) -> HttpResponse:
    """What a person chose for themselves: mail on school days, and the key of the search."""
    acts.choose(
        request.user,
        digest=request.POST.get("digest") == "school-days",
        slash_key="slash_key" in request.POST,
        at=timezone.now(),
    )
    messages.success(request, gettext("Saved."))
    return redirect("me")


@open_to_the_school
@require_http_methods(["GET", "POST"])
def my_calendar(request: SignedIn) -> HttpResponse:
    """The private address of one's own calendar: made here, shown this once, and revoked."""
    user, shown = request.user, {}
    if request.method == "POST":
        token = acts.make_address(user, at=timezone.now())
        path = reverse("feed", args=[token])
        shown["address"] = (
            f"{settings.ADDRESS}{path}" if settings.ADDRESS else (request.build_absolute_uri(path))
        )
    standing = CalendarAddress.objects.filter(user=user, revoked_at=None)
    return render(request, "desk/my_calendar.html", {**shown, "standing": standing.first()})


@open_to_the_school
@require_POST
def revoke_my_calendar(request: SignedIn) -> HttpResponse:
    acts.revoke_address(request.user, at=timezone.now())
    messages.success(request, gettext("The old address opens nothing any more."))
    return redirect("my_calendar")


@open_to_anyone  # a calendar program cannot sign in; the address is the right, and can be revoked
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody's own calendar. It names no child, and a revoked address is like one never made."""
    at = timezone.now()
    again_at = take(acts.ADDRESSES_FROM_NETWORK, network_of(request), at=at)
    user = None if again_at else acts.holder_of(token)
    if user:
        again_at = take(acts.ONE_ADDRESS, str(user.pk), at=at)
    if again_at:
        seconds = str(max(1, round((again_at - at).total_seconds())))
        return HttpResponse(status=429, headers={"Retry-After": seconds})
    if user is None:
        raise Http404
    with scope(school=user.school), translation.override(_language_of(user)):
        events = events_for(user, timezone.localdate(at))
        calendar = written(events, name=user.school.name, at=at)
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8")


def _language_of(user: User) -> str:
    own = user.parent.language if user.parent and may_choose_language(user) else ""
    return own or SCHOOL_LANGUAGE


@open_to_the_school
@require_GET
def find(request: SignedIn) -> HttpResponse:
    """Everything that a person may see and whose words begin as typed."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    shown = {"typed": typed, "sections": search(request.user, typed)}
    return render(request, "desk/search.html", shown)


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
