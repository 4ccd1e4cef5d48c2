"""The register of what was taken, one of them, and how many there were."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.devices.confiscations.access import (
    COUNT,
    can_contact,
    can_correct,
    can_keep,
    can_retain,
    can_settle,
    can_undo,
)
from belisha.devices.confiscations.counting import counted, years
from belisha.devices.confiscations.forms import FindForm
from belisha.devices.confiscations.rules import few
from belisha.devices.confiscations.seizing import MAIL
from belisha.devices.confiscations.stands import (
    Stands,
    earlier_of,
    family_to_contact,
    stand,
    stands_of,
)
from belisha.devices.models import Confiscation, Exemption
from belisha.devices.models.confiscations import State, Where
from belisha.people.access import SignedIn, open_to, open_to_staff, sees_whole_school
from belisha.people.actions.mail import went_out
from belisha.people.models import User, calendar_of
from belisha.people.rules import GOVERNORS, STAFF, fits
from belisha.policy.awareness import school_year, year_named
from belisha.policy.models import Sanction, ladder_of
from belisha.policy.rules import number_in
from belisha.policy.sanctions import PHONES, suggested

PAGE = 50


def seen_by(request: SignedIn) -> "QuerySet[Confiscation]":
    rows = Confiscation.objects.visible_to(request.user).with_state()
    found: QuerySet[Confiscation] = rows.select_related(
        "school", "pupil__school_class", "seized_by", "set_aside_by"
    )
    return found


def one_of(request: SignedIn, ref: str) -> Confiscation:
    """One that this person may see."""
    row: Confiscation = get_object_or_404(seen_by(request), ref=ref)
    return row


def register_of(request: SignedIn) -> list[Confiscation]:
    """What this person may see, those that the school still has first, as filtered."""
    form = FindForm(request.GET)
    typed = form.cleaned_data if form.is_valid() else {}
    rows = seen_by(request)
    if state := typed.get("state"):
        rows = rows.filter(pk__in=Confiscation.objects.in_state(State(state)).values("pk"))
    if pupil := number_in(request.GET.get("pupil", "")):
        rows = rows.filter(pupil=pupil)
    child = typed.get("child", "")
    found = [
        row
        for row in rows
        if not child or fits(child, row.pupil.first_name, row.pupil.known_as, row.pupil.short_name)
    ]
    return sorted(found, key=lambda row: not row.is_open)


@open_to(*STAFF, *GOVERNORS)
@require_GET
def confiscations(request: SignedIn) -> HttpResponse:
    """The register; governors see the numbers alone."""
    if not request.user.is_staff_member:
        return redirect("confiscation_counts")
    page = Paginator(register_of(request), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": stand(page, at=timezone.now(), calendar=calendar_of(request.school)),
        "form": FindForm(request.GET),
        "filtered": any(request.GET.get(name) for name in ("child", "state", "pupil")),
        "query": request.GET.urlencode(),
        "keeps": can_keep(request.user),
        "whole": sees_whole_school(request.user),
    }
    return render(request, "confiscations/register.html", context)


@open_to_staff
@require_GET
def confiscation(request: SignedIn, ref: str) -> HttpResponse:
    row, user, at = one_of(request, ref), request.user, timezone.now()
    stands = stands_of(row, at=at)
    contacts = can_contact(user, row)
    before = earlier_of(row.pupil, row.seized_at)
    sanctions = Sanction.objects.about(row.ref).select_related("decided_by")
    context = {
        "row": row,
        "stands": stands,
        "in_toilets": row.is_open and row.where == Where.TOILETS,
        "told": went_out(MAIL, about=row),
        "returned": row.returns.select_related("by", "parent", "decided_by__user"),
        "stored": row.stored.select_related("by"),
        "tries": row.tries.select_related("parent", "by").order_by("-tried_at", "-id"),
        "keepings": row.keepings.select_related("by"),
        "corrections": row.corrections.select_related("by"),
        "matters": row.matters.select_related("told_by", "settled_by"),
        "sanctions": sanctions if contacts else [],
        "earlier": before.visible_to(user),
        "earlier_count": before.count(),
        "suggested": suggested(ladder_of(PHONES), before.count()),
        "family": family_to_contact(row.pupil) if sees_whole_school(user) else [],
        "keeps": can_keep(user),
        "contacts": contacts,
        "corrects": can_correct(user, row),
        "undoes": can_undo(user, row),
        "settles": can_settle(user),
        "retains": can_retain(user),
        "acts": _acts(stands, user) if row.is_open else [],
    }
    return render(request, "confiscations/one.html", context)


def _acts(stands: Stands, user: User) -> list[tuple[str, str, bool]]:
    """What this person can do with a device that is here: route, button, and whether it is the act
    that waits, which stands first."""
    keeps, row = can_keep(user), stands.row
    received = "Put it elsewhere" if stands.stored else "Receive it in the office"
    acts = [
        ("confiscation_receive", received, keeps),
        ("confiscation_try", "Write down a try to reach them", can_contact(user, row)),
        ("confiscation_collect", "Somebody collects it", keeps),
        ("confiscation_keep", "Ask the head to keep it", keeps),
        ("confiscation_hand_back", "The child has it again", keeps),
    ]
    if row.state is State.HELD:
        waits = "confiscation_receive"
    elif stands.must_ask and stands.tried:
        waits = "confiscation_keep"
    else:
        waits = "confiscation_collect" if stands.reached else "confiscation_try"
    may = [(route, words, route == waits) for route, words, allowed in acts if allowed]
    return sorted(may, key=lambda act: not act[2])


@open_to(*COUNT)
@require_GET
def counts(request: SignedIn) -> HttpResponse:
    """How many there were, by group: numbers alone, none so small that it tells who."""
    year = asked_year(request)
    groups, whole = counted(year)
    context = {
        "year": year,
        "named": year_named(year),
        "years": [(one, year_named(one)) for one in years()],
        "groups": groups,
        "whole": few(whole),
    }
    return render(request, "confiscations/counts.html", context)


def asked_year(request: SignedIn) -> int:
    now = school_year(timezone.localdate())
    typed = request.GET.get("year", str(now))
    known = {str(one): one for one in {*years(), now}}
    if typed not in known:
        raise Http404
    return known[typed]


@open_to_staff
@require_GET
def exemptions(request: SignedIn) -> HttpResponse:
    """What pupils may have at school; for those who keep the list, its past too."""
    on, keeps = timezone.localdate(), can_keep(request.user)
    rows = Exemption.objects.standing(on).select_related("pupil__school_class", "made_by")
    past = Exemption.objects.exclude(pk__in=rows.values("pk")) if keeps else rows.none()
    context = {
        "rows": rows.filter(pupil__left_on=None),
        "past": past.select_related("pupil").order_by("-until")[:PAGE],
        "keeps": keeps,
    }
    return render(request, "confiscations/exemptions.html", context)
