"""Figures for governors, times and periods, and cases whose period is over."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.incidents.access import HANDLERS, can_set_periods
from belisha.incidents.actions import keeping as acts
from belisha.incidents.figures import figures as count
from belisha.incidents.models import Case, Keeping, periods
from belisha.incidents.progress_forms import KeepForm, PeriodsForm
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, require
from belisha.people.acting import acted, ask, asks, confirm, done, posted
from belisha.people.rules import GOVERNORS, LEADERS, SAFEGUARDING, Role
from belisha.people.sheets import as_csv

SEE_FIGURES = (*LEADERS, *SAFEGUARDING, *GOVERNORS)


@open_to(*SEE_FIGURES)
@require_GET
def figures(request: SignedIn) -> HttpResponse:
    tables = count(request.user, timezone.localdate())
    return render(request, "incidents/figures.html", {"tables": tables})


@open_to(*SEE_FIGURES)
@require_GET
def figures_csv(request: SignedIn) -> HttpResponse:
    rows: list[list[object]] = []
    for table in count(request.user, timezone.localdate()):
        rows.append([table.title, *table.columns])
        rows += [[line.label, *line.cells] for line in table.lines]
    return as_csv("cases-figures", rows)


@open_to(Role.HEAD, Role.SAFEGUARDING_LEAD)
@asks
def set_periods(request: SignedIn) -> HttpResponse:
    """Within which time things are done, and how long cases are kept."""
    require(can_set_periods(request.user))
    form, at = PeriodsForm(posted(request), said=periods()), timezone.now()

    def act() -> bool:
        for key in form.changed_data:
            acts.set_period(key, form.cleaned_data[key], by=request.user, at=at)
        return True

    if done(request, form, act, "Set. It counts for what begins from now on."):
        return redirect("cases")
    return ask(
        request,
        form,
        title="Times and periods",
        act="Set them",
        back=reverse("cases"),
        above="Cases",
        words="Your local authority’s procedures come first. Look there before you change a time.",
    )


@open_to(*HANDLERS)
@require_GET
def keepings(request: SignedIn) -> HttpResponse:
    """Closed cases whose period is over."""
    rows = Keeping.objects.waiting().filter(
        case__in=Case.objects.visible_to(request.user, timezone.now())
    )
    context = {"keepings": rows.select_related("case", "proposed_by")}
    return render(request, "incidents/keepings.html", context)


@open_to(*HANDLERS)
@asks
def keep_longer(request: SignedIn, pk: int) -> HttpResponse:
    found, form = _keeping(request, pk), KeepForm(posted(request))
    if done(
        request,
        form,
        lambda: (
            acts.keep_longer(found, **form.cleaned_data, by=request.user, at=timezone.now()) or True
        ),
        "Kept.",
    ):
        return redirect("case_keepings")
    return ask(
        request,
        form,
        title=f"Keep {found.case} longer",
        act="Keep it",
        back=reverse("case_keepings"),
        above="Whose time is over",
    )


@open_to(*HANDLERS)
@after_fresh_sign_in
@asks
def erase(request: SignedIn, pk: int) -> HttpResponse:
    """Two people agree; then the case is gone."""
    found, url = _keeping(request, pk), reverse("case_keepings")
    if request.method == "POST":
        return acted(
            request,
            lambda: acts.agree_to_erase(found, by=request.user, at=timezone.now()),
            url,
            "Written down." if found.proposed_by_id is None else "Erased.",
        )
    return confirm(
        request,
        title=f"Erase {found.case}?",
        words="Its record, its evidence and its people go for good. Two people must agree.",
        act="Erase it" if found.proposed_by_id else "I agree that it is erased",
        back=url,
        danger=True,
    )


def _keeping(request: SignedIn, pk: int) -> Keeping:
    seen = Case.objects.visible_to(request.user, timezone.now())
    found: Keeping | None = (
        Keeping.objects.waiting().filter(case__in=seen, pk=pk).select_related("case").first()
    )
    if found is None:
        raise Http404
    return found
