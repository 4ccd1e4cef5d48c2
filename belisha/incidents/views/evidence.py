"""Evidence: asked about before any file can be chosen, taken in, opened, covered."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from belisha.incidents.access import HANDLERS
from belisha.incidents.actions import evidence as acts
from belisha.incidents.actions.files import TOO_BIG, most_bytes
from belisha.incidents.forms import LinkForm, PartForm
from belisha.incidents.models import Case, Evidence, WorkingCopy
from belisha.incidents.rules import ENDINGS
from belisha.incidents.sending import FULL, FileForm, as_attachment, gate, read
from belisha.incidents.views.finding import case_of
from belisha.lib.sealing import BrokenSeal
from belisha.people.access import SignedIn, open_to
from belisha.people.acting import asks, done, posted
from belisha.people.models import User
from belisha.photos.imaging.box import Box
from belisha.photos.store import Missing

ANSWERED = "shows_nobody_undressed"  # in the session: for which case somebody said so
COLUMNS, ROWS = 6, 12  # into which a picture is divided, to cover parts of it


def ask(request: HttpRequest, case: Case, *, by: User | None, back: str) -> HttpResponse:
    """First the question whether it shows a child undressed; only after a no, files and links.

    `back` is the address to go on at.
    """
    page = gate(
        request,
        back=back,
        is_shut=case.undressed and by is None,
        tell=lambda: acts.may_show_undressed(case, by=by, at=timezone.now()),
    )
    return page or _choose(request, case, by=by, back=back)


def _choose(request: HttpRequest, case: Case, *, by: User | None, back: str) -> HttpResponse:
    request.session[ANSWERED] = case.ref
    at, is_link = timezone.now(), request.POST.get("step") == "link"
    first = {"shows": "no"}
    sent = None if is_link else posted(request)
    file_form = FileForm(sent, request.FILES or None, initial=first, by=by)
    link_form = LinkForm(posted(request) if is_link else None, initial=first, prefix=None)
    form = link_form if is_link else file_form
    try:
        kept = done(
            request, form, lambda: _keep(case, form, by=by, at=at), _("We have it. Thank you.")
        )
    except FULL:
        form.add_error(None, _("There is no room to keep it. Ring the school."))
        kept = None
    if kept:
        return redirect(back)
    context = {
        "case": case,
        "back": back,
        "by": by,
        "form": form,
        "file_form": file_form,
        "link_form": link_form,
        "most": most_bytes(by),
        "megabytes": most_bytes(by) >> 20,
        "too_big": TOO_BIG,
        "parts_url": reverse("tell_parts")
        if by is None
        else reverse("case_parts", args=[case.ref]),
    }
    status = 422 if form.errors else 200
    return render(request, "incidents/evidence.html", context, status=status)


def _keep(case: Case, form: FileForm | LinkForm, *, by: User | None, at: datetime) -> Evidence:
    typed = form.cleaned_data
    shows, seen_at = typed["words"], typed["seen_at"]
    if isinstance(form, LinkForm):
        return acts.add_link(case, typed["url"], shows=shows, seen_at=seen_at, by=by, at=at)
    file = typed["file"]
    return acts.add_file(
        case, file.read(), name=file.name, shows=shows, seen_at=seen_at, by=by, at=at
    )


def take_part(request: HttpRequest, case: Case, *, by: User | None, url: str) -> JsonResponse:
    """One part of a file, from whoever answered the question first."""
    if request.session.get(ANSWERED) != case.ref:
        words = _("First say whether it shows a child undressed.")
        return JsonResponse({"message": words}, status=409)
    form = PartForm(request.POST, request.FILES)
    if not form.is_valid():
        words = _("This file did not arrive as it should. Try it again.")
        return JsonResponse({"message": words}, status=400)
    said = form.cleaned_data
    try:
        result = acts.receive(
            case,
            said["part"].read(),
            token=said["upload"],
            name=said["name"],
            size=said["size"],
            offset=said["offset"],
            by=by,
            at=timezone.now(),
        )
    except ValidationError as reason:
        words = " ".join(reason.messages)
        return JsonResponse({"done": True, "status": "refused", "message": words})
    except FULL:
        words = _("There is no room to keep it. Ring the school.")
        return JsonResponse({"message": words}, status=507)
    if isinstance(result, int):
        return JsonResponse({"received": result})
    return JsonResponse({"done": True, "status": "added", "url": url})


@open_to(*HANDLERS)
@asks
def add(request: SignedIn, ref: str) -> HttpResponse:
    case = case_of(request, ref)
    return ask(request, case, by=request.user, back=reverse("case", args=[ref]))


@open_to(*HANDLERS)
@asks
def parts(request: SignedIn, ref: str) -> HttpResponse:
    case = case_of(request, ref)
    if request.method == "GET":
        token = request.GET.get("upload", "").replace("\0", "")
        return JsonResponse({"received": acts.received(case, token)})
    return take_part(request, case, by=request.user, url=reverse("case", args=[ref]))


@open_to(*HANDLERS)
@require_GET
def download(request: SignedIn, ref: str, evidence: str) -> HttpResponse:
    """The file as it came. Every look is written down."""
    found = evidence_of(request, ref, evidence)
    if found.file is None:
        raise Http404
    data = read(lambda: acts.opened(found, by=request.user, at=timezone.now()))
    name = f"evidence-{found.sha256[:12]}.{ENDINGS[found.media_type]}"
    return as_attachment(data, found.media_type, name)


@open_to(*HANDLERS)
@require_GET
def view(request: SignedIn, ref: str, evidence: str) -> HttpResponse:
    """A picture, or a page of a PDF, rebuilt from its pixels, to draw boxes upon."""
    found = evidence_of(request, ref, evidence)
    if not acts.can_be_covered(found):
        raise Http404
    page = _page(request)
    data = read(lambda: acts.view_of(found, page=page, by=request.user, at=timezone.now()))
    return as_attachment(data, "image/jpeg", "view.jpg")


@open_to(*HANDLERS)
@asks
def cover(request: SignedIn, ref: str, evidence: str) -> HttpResponse:
    """Tick the parts that nobody is to see; a copy is made for a bundle. Of a PDF, page by page."""
    found, now = evidence_of(request, ref, evidence), timezone.now()
    if not acts.can_be_covered(found):
        raise Http404
    pages, page, wrong = 0, _page(request), ""
    try:
        pages = acts.pages_of(found, by=request.user, at=now)
        if page > pages:
            raise Http404
        if request.method == "POST":
            boxes = _boxes(request.POST.getlist("cell"))
            _check_ticks(boxes, nothing="nothing" in request.POST)
            acts.cover(found, boxes, page=page, by=request.user, at=now)
            return _after(found, page, pages)
    except ValidationError as reason:
        wrong = " ".join(reason.messages)
    except (Missing, BrokenSeal) as gone:
        raise Http404 from gone
    looked_at = set(found.copies.values_list("page", flat=True))
    context = {
        "case": found.case,
        "evidence": found,
        "page": page,
        "pages": [(number, number in looked_at) for number in range(1, pages + 1)],
        "cells": [
            (f"{row}-{column}", row + 1, column + 1)
            for row in range(ROWS)
            for column in range(COLUMNS)
        ],
        "ticked": request.POST.getlist("cell"),
        "wrong": wrong,
    }
    status = 422 if wrong and request.method == "POST" else 200
    return render(request, "incidents/cover.html", context, status=status)


def _page(request: SignedIn) -> int:
    """The page of a PDF that the address names, counted from 1."""
    said = request.GET.get("page", "1")
    if not (said.isascii() and said.isdecimal() and int(said[:6]) > 0):
        raise Http404
    return int(said[:6])


def _check_ticks(boxes: list[Box], *, nothing: bool) -> None:
    if nothing and boxes:
        raise ValidationError("You ticked parts. Make the copy, or take the ticks away.")
    if not nothing and not boxes:
        raise ValidationError("Tick what is to be covered.")


def _after(evidence: Evidence, page: int, pages: int) -> HttpResponse:
    """The next page at which nobody has looked, or the case."""
    looked_at = set(evidence.copies.values_list("page", flat=True))
    order = [*range(page + 1, pages + 1), *range(1, page)]
    left = next((number for number in order if number not in looked_at), None)
    ref = evidence.case.ref
    if left is None:
        return redirect("case", ref)
    return redirect(f"{reverse('case_cover', args=[ref, evidence.ref])}?page={left}")


@open_to(*HANDLERS)
@require_GET
def copy(request: SignedIn, ref: str, copy: str) -> HttpResponse:
    """A working copy, with what is covered."""
    case = case_of(request, ref)
    found = WorkingCopy.objects.filter(ref=copy, evidence__case=case).first()
    if found is None:
        raise Http404
    data = read(lambda: acts.copied(found, by=request.user, at=timezone.now()))
    name = f"covered-{found.evidence.sha256[:12]}-{found.page}.jpg"
    return as_attachment(data, "image/jpeg", name)


def evidence_of(request: SignedIn, ref: str, evidence: str) -> Evidence:
    case = case_of(request, ref)
    found: Evidence | None = (
        Evidence.objects.filter(case=case, ref=evidence).select_related("file__school").first()
    )
    if found is None:
        raise Http404
    return found


def _boxes(cells: list[str]) -> list[Box]:
    """The ticked cells, as boxes; those beside one another in a row are one."""
    ticked = {
        (int(row), int(column))
        for row, _, column in (cell.partition("-") for cell in cells)
        if row.isdecimal() and column.isdecimal() and int(row) < ROWS and int(column) < COLUMNS
    }
    boxes: list[Box] = []
    for row, column in sorted(ticked):
        if (row, column - 1) not in ticked:
            width = next(n for n in range(1, COLUMNS + 1) if (row, column + n) not in ticked)
            boxes.append(Box(column / COLUMNS, row / ROWS, width / COLUMNS, 1 / ROWS))
    return boxes
