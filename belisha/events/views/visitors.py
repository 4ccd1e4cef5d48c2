"""Pages of visitors for the school: who is in the building, the book, and how long it is kept."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.events.access import KEEP_VISITORS, can_correct, can_keep_visitors
from belisha.events.actions import keeping
from belisha.events.actions import visitors as acts
from belisha.events.forms.occasions import WhyForm
from belisha.events.forms.visitors import CorrectForm, PeriodForm, SignInForm
from belisha.events.models import Challenge, Visitor, VisitorQuerySet, months_kept
from belisha.events.rules import Keeps
from belisha.events.standing import clause_for_visitors
from belisha.events.views.sheets import written
from belisha.events.wording import rule_for_visitors, undertaking
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, open_to_staff, require
from belisha.people.acting import acted, ask, asks, done, posted
from belisha.people.sheets import sheet

ON_A_PAGE = 50
COLUMNS = (
    *("name", "from", "sees", "in", "out", "takes pictures", "door", "signed in by"),
    *("signed out by", "accepted", "does not count because"),
)


@open_to_staff
@require_GET
def visitors(request: SignedIn) -> HttpResponse:
    """Who is in the building now: the list for a fire, to be printed."""
    at = timezone.now()
    inside = list(Visitor.objects.inside().order_by("name", "id"))
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    context = {
        "inside": inside,
        "overnight": {one.pk for one in inside if one.in_at < midnight},
        "keeps": can_keep_visitors(request.user),
        "now": at,
    }
    return render(request, "events/visitors.html", context)


@open_to_staff
@asks
def add(request: SignedIn) -> HttpResponse:
    """Somebody comes in where there is no tablet: they read and tick on this screen."""
    at = timezone.now()
    form = SignInForm(posted(request), rule=rule_for_visitors(clause_for_visitors(at)))

    def act() -> Visitor:
        return acts.sign_in(**signed_in(form), by=request.user, at=at)

    if made := done(request, form, act, "They are signed in."):
        return redirect("visitor_badge", made.ref)
    context = {"form": form, "undertaking": undertaking().splitlines()}
    return render(request, "events/visitor_add.html", context, status=422 if form.errors else 200)


def signed_in(form: SignInForm) -> dict[str, Any]:
    """What somebody typed, with the words that they accepted, as `actions.visitors` takes it."""
    typed = form.cleaned_data
    takes = typed["takes_pictures"]
    return {
        **{name: typed[name] for name in ("name", "firm", "sees")},
        "rule": form.rule,
        "undertaking": undertaking() if takes else "",
        "signature": typed["signature"] if takes else "",
    }


@open_to_staff
@require_GET
def badge(request: SignedIn, ref: str) -> HttpResponse:
    row = get_object_or_404(Visitor.objects.inside(), ref=ref)
    return render(request, "events/visitor_badge.html", {"visitor": row})


@open_to_staff
@require_POST
def sign_out(request: SignedIn, ref: str) -> HttpResponse:
    row = get_object_or_404(Visitor.objects.real(), ref=ref)
    return acted(
        request,
        lambda: acts.sign_out(row, by=request.user, at=timezone.now()),
        reverse("visitors"),
        f"{row} is signed out.",
    )


@open_to_staff
@require_POST
def come_back(request: SignedIn, ref: str) -> HttpResponse:
    row = get_object_or_404(Visitor.objects.real(), ref=ref)
    return acted(
        request,
        lambda: acts.come_back(row, by=request.user, at=timezone.now()),
        reverse("visitors"),
        f"{row} is signed in again.",
    )


@open_to(*KEEP_VISITORS)
@require_GET
def book(request: SignedIn) -> HttpResponse:
    """All visits that are kept, the newest first; looked for by a name, a firm or a day."""
    found, words, on = _found(request)
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "on": on,
        "months": months_kept()[Keeps.VISITS],
    }
    return render(request, "events/visitor_book.html", context)


def _found(request: SignedIn) -> tuple[VisitorQuerySet, str, str]:
    words, on = request.GET.get("q", "").strip()[:100], request.GET.get("on", "")
    found: VisitorQuerySet = Visitor.objects.select_related("in_by", "out_by", "tablet")
    if words:
        found = found.filter(
            Q(name__icontains=words) | Q(firm__icontains=words) | Q(sees__icontains=words)
        )
    try:
        found = found.filter(in_at__date=date.fromisoformat(on))
    except ValueError:
        on = ""
    return found, words, on


@open_to(*KEEP_VISITORS)
@after_fresh_sign_in
@require_GET
def book_csv(request: SignedIn) -> HttpResponse:
    found, _, _ = _found(request)
    rows = [
        (
            one.name,
            one.firm,
            one.sees,
            written(one.in_at),
            written(one.out_at),
            "yes" if one.takes_pictures else "",
            one.tablet or "",
            one.in_by.name if one.in_by else "",
            one.out_by.name if one.out_by else "",
            one.rule,
            one.cancelled_why,
        )
        for one in found
    ]
    return sheet(request, "visitors", COLUMNS, rows)


@open_to(*KEEP_VISITORS)
@require_GET
def visitor(request: SignedIn, ref: str) -> HttpResponse:
    """One visit, with the words that were accepted and what was signed."""
    row = get_object_or_404(Visitor.objects.select_related("in_by", "out_by", "tablet"), ref=ref)
    later = Visitor.objects.filter(corrects=row).first()
    context = {
        "visitor": row,
        "later": later,
        "can_correct": can_correct(request.user, row),
        "challenges": Challenge.objects.real().filter(visitor=row),
        "today": timezone.localdate(row.in_at) == timezone.localdate(),
    }
    return render(request, "events/visitor.html", context)


@open_to(*KEEP_VISITORS)
@asks
def correct(request: SignedIn, ref: str) -> HttpResponse:
    row = get_object_or_404(Visitor, ref=ref)
    require(can_correct(request.user, row))
    form = CorrectForm(posted(request), visitor=row)

    def act() -> Visitor:
        return acts.correct(row, **form.cleaned_data, by=request.user, at=timezone.now())

    if made := done(request, form, act, "Put right."):
        return redirect("visitor", made.ref)
    return ask(
        request,
        form,
        title="Put it right",
        words="The old entry stays in the book, crossed out.",
        act="Save",
        back=reverse("visitor", args=[ref]),
        above=row.name,
    )


@open_to(*KEEP_VISITORS)
@asks
def cancel(request: SignedIn, ref: str) -> HttpResponse:
    row = get_object_or_404(Visitor, ref=ref)
    require(can_correct(request.user, row))
    form = WhyForm(posted(request))

    def act() -> bool:
        acts.cancel(row, **form.cleaned_data, by=request.user, at=timezone.now())
        return True

    if done(request, form, act, "It is crossed out."):
        return redirect("visitor", ref)
    return ask(
        request,
        form,
        title="This was no visit",
        words="A try, or written down twice. It stays in the book, crossed out.",
        act="Cross it out",
        back=reverse("visitor", args=[ref]),
        above=row.name,
    )


KINDS = {
    Keeps.VISITS: "Visits, from the day they came",
    Keeps.CHALLENGES: "Challenges, from the day of it",
    Keeps.EVENTS: "Events and what was said there, from their end",
}


@open_to(*KEEP_VISITORS)
@require_GET
def kept(request: SignedIn) -> HttpResponse:
    """How long visits, challenges and events are kept before they are erased."""
    rows = [(one, KINDS[one], months) for one, months in months_kept().items()]
    return render(request, "events/kept.html", {"rows": rows})


@open_to(*KEEP_VISITORS)
@asks
def kept_change(request: SignedIn, keeps: str) -> HttpResponse:
    if keeps not in list(Keeps):
        raise Http404
    one = Keeps(keeps)
    form = PeriodForm(posted(request), initial={"months": months_kept()[one]})

    def act() -> bool:
        months = form.cleaned_data["months"]
        keeping.set_period(request.school, one, months, by=request.user, at=timezone.now())
        return True

    if done(request, form, act, "Saved."):
        return redirect("visitors_kept")
    return ask(
        request,
        form,
        title=KINDS[one],
        words="What is older is erased within a day. What still waits for somebody stays.",
        act="Save",
        back=reverse("visitors_kept"),
        above="How long it is kept",
    )
