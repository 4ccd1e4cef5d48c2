"""Cases: those on which one works; one of them; a new one by staff."""

from collections import defaultdict

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.incidents.access import (
    HANDLERS,
    can_handle,
    can_keep_officer,
    can_see_figures,
    can_set_periods,
)
from belisha.incidents.actions import handling, telling
from belisha.incidents.actions.evidence import can_be_covered
from belisha.incidents.beginnings import beginning
from belisha.incidents.beside import said_beside
from belisha.incidents.forms import FilterForm, StaffForm
from belisha.incidents.ladders import measures_of, posts_of
from belisha.incidents.models import Case, CaseQuerySet, Handler, Outside
from belisha.incidents.rules import Seat
from belisha.incidents.standing import work_of
from belisha.incidents.views.finding import case_of
from belisha.incidents.views.telling import remember
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to
from belisha.people.acting import asks, posted
from belisha.people.sheets import as_csv

PAGE = 50
COLUMNS = ("reference", "kind", "reported", "state", "urgent", "where", "when", "works on it")


@open_to(*HANDLERS)
@require_GET
def cases(request: SignedIn) -> HttpResponse:
    """Those on which this person works, and no trace of any other."""
    form = FilterForm(request.GET)
    query = request.GET.copy()
    query.pop("page", None)
    page = Paginator(_filtered(request, form), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "query": query.urlencode(),
        "filtered": any(request.GET.values()),
        "closed": set(
            Case.objects.closed()
            .filter(pk__in=[one.pk for one in page])
            .values_list("pk", flat=True)
        ),
        "keeps_officer": can_keep_officer(request.user),
        "sees_figures": can_see_figures(request.user),
        "sets_periods": can_set_periods(request.user),
    }
    return render(request, "incidents/cases.html", context)


@open_to(*HANDLERS)
@after_fresh_sign_in
@require_GET
def cases_csv(request: SignedIn) -> HttpResponse:
    """The same as a sheet. That it was taken stands in the record of each case in it."""
    found, at = list(_filtered(request, FilterForm(request.GET))), timezone.now()
    closed = set(Case.objects.closed().values_list("pk", flat=True))
    works = defaultdict(list)
    for one in Handler.objects.current().filter(case__in=found).select_related("staff"):
        works[one.case_id].append(str(one))
    with transaction.atomic():
        for case in found:
            handling.taken_as_sheet(case, by=request.user, at=at)
    rows = [
        [
            case.reference,
            case.get_kind_display(),
            timezone.localdate(case.reported_at),
            "closed" if case.pk in closed else "open",
            "yes" if case.is_urgent else "",
            case.where,
            case.when or case.happened_on or "",
            ", ".join(works[case.pk]),
        ]
        for case in found
    ]
    return as_csv("cases", [COLUMNS, *rows])


def _filtered(request: SignedIn, form: FilterForm) -> CaseQuerySet:
    rows: CaseQuerySet = Case.objects.visible_to(request.user, timezone.now())
    if not form.is_valid():
        return rows
    typed = form.cleaned_data
    if typed["kind"]:
        rows = rows.filter(kind=typed["kind"])
    if typed["state"] == "open":
        rows = rows.open()
    elif typed["state"] == "closed":
        rows = rows.closed()
    elif typed["state"] == "urgent":
        rows = rows.urgent()
    if words := typed["words"].replace("\0", ""):
        rows = rows.saying(words)
    return rows


@open_to(*HANDLERS)
@asks
def new(request: SignedIn) -> HttpResponse:
    """Staff tell of something, perhaps of what stands in a register."""
    initial = beginning(request.user, request.GET.get("from", "").replace("\0", "")[:80])
    form = StaffForm(posted(request), initial=initial, user=request.user)
    if form.is_valid():
        at = timezone.now()
        begun = telling.tell(
            request.school, details=form.details, named=form.named, by=request.user, at=at
        )
        if can_handle(request.user, begun.case, at):
            return redirect("case", begun.case.ref)
        remember(request, begun)
        return redirect("tell_sent")
    status = 422 if form.errors else 200
    return render(request, "incidents/new.html", {"form": form}, status=status)


@open_to(*HANDLERS)
@require_GET
def case(request: SignedIn, ref: str) -> HttpResponse:
    """One case: what was told, what happened since, who is part of it, who works on it."""
    found, at = case_of(request, ref), timezone.now()
    evidence = list(found.evidence.prefetch_related("copies"))
    seen = Case.objects.visible_to(request.user, at)
    context = {
        "case": found,
        "is_open": found.is_open,
        "happenings": found.happenings.select_related("by"),
        "parties": found.parties.select_related("staff", "pupil", "parent"),
        "handlers": Handler.objects.current().filter(case=found),
        "evidence": [(one, can_be_covered(one)) for one in evidence],
        "told": found.told.all(),
        "officer": Outside.objects.filter(seat=Seat.OFFICER).first(),
        "breached": found.breached.filter(struck_at=None),
        "ties": found.ties.filter(other__in=seen).select_related("other"),
        "at": at,
        "work": work_of(found, request.user, at),
        "posts": posts_of(found, at),
        "measures": measures_of(found, request.user, at),
        "beside": list(said_beside(found, request.user, at)),
    }
    return render(request, "incidents/case.html", context)
