"""Requests about one person's data: the register, one of them, and each act as a page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.lib.sealing import BrokenSeal
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to
from belisha.people.acting import ask, asks, done, posted
from belisha.people.models import Relation
from belisha.people.rules import fits
from belisha.people.sheets import sheet
from belisha.photos.imaging.unreadable import Unreadable
from belisha.photos.models import Photo
from belisha.photos.store import Missing
from belisha.rights import forms as typed
from belisha.rights.access import READERS, REVIEWERS, can_review, can_take_requests
from belisha.rights.actions import requests as acts
from belisha.rights.bundling import not_boxed, picture_of
from belisha.rights.cases import mentions
from belisha.rights.gathering import names_covered, shown
from belisha.rights.models import Handing, Item, Request, leavers_with_a_file
from belisha.rights.rules import Asked, Outcome, Part

ON_A_PAGE = 25
THINGS = 40  # to look at on one page
Typed = dict[str, Any]
Word = dict[str, Any]  # who acts, and when


def register_of(request: SignedIn) -> list[Request]:
    """Requests as filtered, the newest first."""
    query, on = request.GET, timezone.localdate()
    name, kind, state = (query.get(one, "").strip()[:100] for one in typed.RegisterForm.base_fields)
    return [
        row
        for row in Request.objects.all()
        if (not name or fits(name, row.called, row.asked_by))
        and (not kind or row.kind == kind)
        and (not state or row.progress(on) == state)
    ]


@open_to(*READERS)
@require_GET
def register(request: SignedIn) -> HttpResponse:
    """All requests, and leavers whose file nobody has received."""
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": Paginator(register_of(request), ON_A_PAGE).get_page(request.GET.get("page")),
        "form": typed.RegisterForm(request.GET),
        "filtered": any(query.values()),
        "query": query.urlencode(),
        "today": timezone.localdate(),
        "may_add": can_take_requests(request.user),
        "leavers": leavers_with_a_file() if can_take_requests(request.user) else [],
    }
    return render(request, "rights/register.html", context)


@open_to(*REVIEWERS)
@after_fresh_sign_in
@require_GET
def register_csv(request: SignedIn) -> HttpResponse:
    """The register as a table, as filtered: which request, when, until when, how it ended."""
    rows = [
        [
            row.get_kind_display(),
            row.called,
            row.asked_by,
            row.received_on.isoformat(),
            row.due_on.isoformat(),
            row.stands,
            timezone.localdate(row.closed_at).isoformat() if row.closed_at else "",
        ]
        for row in register_of(request)
    ]
    head = ["asked for", "about", "asked by", "received", "due", "stands", "closed"]
    return sheet(request, "requests", head, rows)


@open_to(*REVIEWERS)
@asks
def add(request: SignedIn) -> HttpResponse:
    """Write down what somebody asked."""
    first = {"received_on": timezone.localdate()} | request.GET.dict()
    form, now = typed.RequestForm(posted(request), initial=first), timezone.now()

    def receive() -> Request:
        kind, person, details = form.told
        return acts.receive(request.school, kind, person, by=request.user, at=now, **details)

    row = done(request, form, receive, "Written down. The days count from when it came.")
    if row:
        return redirect("rights_request", row.ref)
    return ask(
        request,
        form,
        title="Write a request down",
        act="Write it down",
        back=reverse("rights"),
        above="Requests",
        words="It need not name a law. Who asks what we hold about them has made one.",
    )


@open_to(*READERS)
@require_GET
def one(request: SignedIn, ref: str) -> HttpResponse:
    """One request: what was asked, how it stands, and what can be done now."""
    row, user = get_object_or_404(Request, ref=ref), request.user
    part = Part.SCHOOL if can_take_requests(user) else Part.SEALED
    items = Item.objects.of(row, part)
    context = {
        "row": row,
        "part": part,
        "also_sealed": part is Part.SCHOOL and can_review(user, Part.SEALED),
        "today": timezone.localdate(),
        "ties": _ties(row),
        "count": items.count(),
        "waiting": items.undecided().count(),
        "handing": Handing.objects.filter(request=row, part=part).first(),
        "answers": can_take_requests(user),
        "erased": row.kind == Asked.ERASURE and row.outcome == Outcome.DONE,
        "second": row.proposed_by is not None and row.proposed_by != user,
        "stays": acts.STAYS,
        "mentions": mentions(row, user, timezone.now()),
    }
    return render(request, "rights/request.html", context)


def _ties(row: Request) -> list[Relation]:
    """What a parent who asks about a child is to that child, so that nobody forgets to look."""
    ties = Relation.objects.filter(pupil=row.pupil).select_related("parent") if row.pupil else []
    return [tie for tie in ties if tie.parent_id == row.asker_id or str(tie.parent) == row.asked_by]


def _part(request: SignedIn, part: str) -> Part:
    if part not in list(Part) or not can_review(request.user, Part(part)):
        raise Http404
    return Part(part)


@open_to(*READERS)
@asks
def items(request: SignedIn, ref: str, part: str) -> HttpResponse:
    """The reviewer's eye: each thing as it would leave, and what to do with it."""
    row, mine = get_object_or_404(Request, ref=ref), _part(request, part)
    page = Paginator(Item.objects.of(row, mine), THINGS).get_page(request.GET.get("page"))
    open_faces = not_boxed(page)
    form = typed.ReviewForm(posted(request), items=page, not_boxed=open_faces)

    def choose() -> tuple[int]:  # none may be left, and it was done all the same
        return (acts.choose(row, mine, form.said, by=request.user, at=timezone.now()),)

    if done(request, form, choose, "Kept what you decided."):
        if page.has_next():
            return redirect(f"{request.path}?page={page.next_page_number()}")
        return redirect("rights_request", row.ref)
    names = names_covered(row)
    context = {
        "row": row,
        "form": form,
        "page": page,
        "things": [(item, shown(item, names), *form.fields_of(item)) for item in page],
        "open_faces": open_faces,
        "part": mine,
    }
    return render(request, "rights/items.html", context, status=422 if form.errors else 200)


@open_to(*REVIEWERS)
@require_GET
def picture(request: SignedIn, ref: str, thing: int) -> HttpResponse:
    """One picture as it would leave, to look at."""
    row = get_object_or_404(Request, ref=ref)
    item = get_object_or_404(Item.objects.of(row, Part.SCHOOL).exclude(picture=""), pk=thing)
    try:
        data = picture_of(row, item, by=request.user, whole=False)
    except (Photo.DoesNotExist, Unreadable, Missing, BrokenSeal):
        raise Http404 from None
    response = HttpResponse(data, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


@open_to(*READERS)
@after_fresh_sign_in
@require_GET
def bundle(request: SignedIn, ref: str, part: str) -> HttpResponseBase:
    """The bundle itself, once everything is decided."""
    row, mine = get_object_or_404(Request, ref=ref), _part(request, part)
    try:
        data = acts.fetch(row, mine, by=request.user, at=timezone.now())
    except ValidationError as reason:
        messages.error(request, " ".join(reason.messages))
        return redirect("rights_request", row.ref)
    response = StreamingHttpResponse(data, content_type="application/zip")
    return _named(response, f"held-{row.received_on:%Y-%m-%d}.zip")


@open_to(*REVIEWERS)
@require_GET
def certificate(request: SignedIn, ref: str) -> HttpResponseBase:
    """That somebody was erased, as a PDF."""
    row = get_object_or_404(Request, ref=ref)
    try:
        data = acts.certificate(row, by=request.user)
    except ValidationError:
        raise Http404 from None
    response = HttpResponse(data, content_type="application/pdf")
    return _named(response, f"erased-{row.received_on:%Y-%m-%d}.pdf")


def _named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@dataclass(frozen=True)
class Act:
    """One thing that can be done: its page, its button, what is said then.

    `of_part` acts take the part that the reader looks after.
    """

    title: str
    button: str
    said: str
    form: type[forms.Form]
    do: Callable[..., object]
    words: str = ""
    of_part: bool = False


ACTS = {
    "identity": Act(
        "Say how you know who asks",
        "Write it down",
        "Written down.",
        typed.IdentityForm,
        acts.identify,
        "Ask for no more than you need. If the office knows them, that is enough.",
    ),
    "gather": Act(
        "Gather what is held",
        "Gather it",
        "Gathered. Look at each thing now.",
        forms.Form,
        acts.gather,
        "What was decided before stays. New things come beside it.",
        of_part=True,
    ),
    "give": Act(
        "Write down that it was given",
        "It is given",
        "Written down.",
        typed.GiveForm,
        acts.give,
        "Fetch the bundle first and give it to them.",
        of_part=True,
    ),
    "arrived": Act(
        "Write down the receipt",
        "It has arrived",
        "Written down.",
        typed.ArrivedForm,
        acts.arrived,
        of_part=True,
    ),
    "longer": Act(
        "Take two months longer",
        "Take longer",
        "They are told, if we have an address.",
        typed.WhyForm,
        acts.take_longer,
        "Only where it is complex, or they asked for much. Tell them within the first month.",
    ),
    "refuse": Act(
        "Refuse",
        "Refuse it",
        "Refused. They are told, if we have an address.",
        typed.WhyForm,
        acts.refuse,
        "We tell them why, and where they can complain.",
    ),
    "take-back": Act(
        "They take it back", "Write it down", "It is over.", typed.WhyForm, acts.take_back
    ),
    "done": Act("It is put right", "It is done", "It is over.", typed.DoneForm, acts.put_right),
    "statement": Act(
        "Add what the person says",
        "Add it",
        "Added.",
        typed.WordsForm,
        acts.state,
        "It stands beside what we did not change.",
    ),
    "propose": Act(
        "Propose to erase",
        "Propose it",
        "Proposed. A second person erases.",
        typed.SureForm,
        acts.propose_to_erase,
        " ".join(acts.STAYS),
    ),
    "erase": Act(
        "Erase them",
        "Erase them for good",
        "Erased. The certificate is here.",
        typed.SureForm,
        acts.erase,
        " ".join(acts.STAYS),
    ),
}
FRESH = after_fresh_sign_in


@open_to(*READERS)
@asks
def act(request: SignedIn, ref: str, act: str) -> HttpResponse:
    """A page on which one thing is done, as the part's reader or as who answers requests."""
    row, what = get_object_or_404(Request, ref=ref), ACTS.get(act)
    user, sealed = request.user, "sealed" in request.GET
    part = Part.SEALED if sealed or not can_take_requests(user) else Part.SCHOOL
    if what is None or not (can_review(user, part) if what.of_part else can_take_requests(user)):
        raise Http404
    return (FRESH(_do) if act == "erase" else _do)(request, row, what, part)


def _do(request: SignedIn, row: Request, what: Act, part: Part) -> HttpResponse:
    form = what.form(posted(request))
    if "on" in form.fields:
        form.fields["on"].initial = timezone.localdate()
    word: Word = {"by": request.user, "at": timezone.now()}
    parts = (part,) if what.of_part else ()

    def do() -> tuple[object]:  # a count may be nought, and it was done all the same
        details = {key: one for key, one in form.cleaned_data.items() if key != "sure"}
        return (what.do(row, *parts, **details, **word),)

    if done(request, form, do, what.said):
        return redirect("rights_request", row.ref)
    back = reverse("rights_request", args=[row.ref])
    return ask(
        request,
        form,
        title=what.title,
        act=what.button,
        back=back,
        above=str(row),
        words=what.words,
    )
