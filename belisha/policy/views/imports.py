"""Bringing in a document that the school has: sent, mended, kept as a draft."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.people.access import SignedIn, open_to
from belisha.people.acting import acted, asks, done, posted
from belisha.policy import mending
from belisha.policy.access import EDIT_DRAFTS
from belisha.policy.actions import imports as acts
from belisha.policy.actions.documents import add_document
from belisha.policy.document_forms import FrontForm, PolicyFileForm
from belisha.policy.importing import Unreadable, read_with_text
from belisha.policy.models import Document, PolicyImport, Version
from belisha.policy.outline import LONGEST, MOST_ITEMS, Item, Outline, section_in
from belisha.policy.rules import number_in
from belisha.policy.views.drafts import document_or_known

MENDS: Mapping[str, Callable[[mending.Items, int], mending.Items]] = {
    "join": mending.joined,
    "split": mending.split,
    "drop": mending.dropped,
    "heading": mending.made_heading,
}


@open_to(*EDIT_DRAFTS)
@asks
def policy_import(request: SignedIn, key: str) -> HttpResponse:
    """Send a file. What was found in it is kept here until it is mended."""
    document = document_or_known(key)
    form = PolicyFileForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            outline, text = read_with_text(data, file.name)
            kept = _keep(request, document, outline, text, data, file.name)
        except (Unreadable, ValidationError) as error:
            form.add_error("file", str(error))
        else:
            return redirect("policy_import_review", kept.ref)
    waiting = PolicyImport.objects.filter(document=document) if document.is_begun else []
    context = {"document": document, "form": form, "waiting": waiting}
    status = 422 if form.errors else 200
    return render(request, "policy/import.html", context, status=status)


def _keep(
    request: SignedIn, document: Document, outline: Outline, text: str, data: bytes, name: str
) -> PolicyImport:
    by, at = request.user, timezone.now()
    if not document.is_begun:
        document = add_document(document.title, key=document.key, by=by, at=at)
    return acts.keep_import(document, outline, data=data, name=name, read=text, by=by, at=at)


@open_to(*EDIT_DRAFTS)
@asks
def policy_import_review(request: SignedIn, ref: str) -> HttpResponse:
    """Each clause as it was found, to be mended. All that is typed is kept at each press."""
    row = _import(ref)
    if request.method == "POST":
        return _mended(request, row)
    return _review(request, row, row.outline.items)


def _review(
    request: SignedIn, row: PolicyImport, items: mending.Items, status: int = 200
) -> HttpResponse:
    context = {
        "kept": row,
        "document": row.document,
        "rows": list(enumerate(items)),
        "headings": list(dict.fromkeys(item.heading for item in items if item.heading)),
        "seen": acts.state_of(row),
        "levels": range(4),
        "longest": LONGEST,
    }
    return render(request, "policy/import_review.html", context, status=status)


def _mended(request: SignedIn, row: PolicyImport) -> HttpResponse:
    act, _, place = request.POST.get("act", "").partition(":")
    here = reverse("policy_import_review", args=[ref := row.ref])
    items = _typed(request.POST, row.outline.items)
    at = int(place) if place.isdecimal() and int(place) < len(items) else -1
    if act in MENDS and at >= (1 if act == "join" else 0):
        before = len(items)
        items = MENDS[act](items, at)
        if act == "split" and len(items) == before:
            messages.info(request, "Put an empty line where it is to be split. Then press again.")
        here += f"#i-{max(0, min(at - (act == 'join'), len(items) - 1))}"
    try:
        acts.mend(row, items, seen=request.POST.get("seen", ""), by=request.user)
    except acts.ChangedMeanwhile as error:
        # What was typed is shown again, over what the other did.
        messages.error(request, " ".join(error.messages))
        return _review(request, row, items, status=409)
    return redirect("policy_import_keep", ref) if act == "on" else redirect(here)


def _typed(post: QueryDict, items: mending.Items) -> mending.Items:
    """The items as the page sends them back; a heading that was changed changes its section."""
    count = post.get("count", "")
    if count != str(len(items)):  # not our page, or another state of it: `mend` will refuse it
        items = tuple(Item("", "", "") for _ in range(min(number_in(count), MOST_ITEMS)))
    typed: list[Item] = []
    for place, item in enumerate(items):
        heading = " ".join(post.get(f"heading-{place}", item.heading).split())
        level = post.get(f"level-{place}", "")
        changed = replace(
            item,
            number=post.get(f"number-{place}", item.number).strip(),
            text=post.get(f"text-{place}", item.text).replace("\r\n", "\n").strip(),
            level=int(level) if level.isdecimal() and len(level) == 1 else item.level,
        )
        if heading != item.heading:
            changed = replace(changed, heading=heading, section=section_in(heading))
        typed.append(changed)
    return tuple(typed)


@open_to(*EDIT_DRAFTS)
@require_POST
def policy_import_undo(request: SignedIn, ref: str) -> HttpResponse:
    row = _import(ref)
    return acted(
        request,
        lambda: acts.take_back(row, by=request.user),
        reverse("policy_import_review", args=[ref]),
        "The last change is taken back.",
    )


@open_to(*EDIT_DRAFTS)
@asks
def policy_import_keep(request: SignedIn, ref: str) -> HttpResponse:
    """The title and what stands before the text; then it is kept as the draft."""
    row = _import(ref)
    draft = row.document.draft
    form = FrontForm(posted(request), document=row.document, initial=_found(row, draft))

    def keep() -> Version:
        return acts.keep_as_draft(row, by=request.user, at=timezone.now(), **form.front)

    if done(request, form, keep, "It is kept as the draft."):
        return redirect("draft", row.document.key)
    context = {"kept": row, "document": row.document, "form": form, "draft": draft}
    status = 422 if form.errors else 200
    return render(request, "policy/import_keep.html", context, status=status)


def _found(row: PolicyImport, draft: Version | None) -> dict[str, Any]:
    """What the file says, and where it says nothing, what the school's own version says."""
    before = draft or row.document.in_force(timezone.now())
    names = ("author", "checker", "commitment", "what_changed", "read_at")
    known = {name: getattr(before, name) for name in names} if before else {}
    found = {name: row.front[name] for name in names if row.front.get(name)}
    review = day_in(str(row.front.get("review", "")))
    return {**known, **found, "title": row.title, "review_on": review}


def day_in(words: str) -> date | None:
    """A day as people write it, such as ``1 June 2027`` or ``01/06/2027``; None for less."""
    for form in ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(words.strip(), form).date()  # noqa: DTZ007 - a day, no time
        except ValueError:
            continue
    return None


@open_to(*EDIT_DRAFTS)
@require_GET
def policy_import_original(request: SignedIn, ref: str) -> HttpResponse:
    """The file as it was sent. It is never shown here, only given back."""
    row = _import(ref)
    data = acts.original_of(row, by=request.user)
    ending = row.file_name.rpartition(".")[2].lower()
    ending = ending if ending.isalnum() and ending.isascii() and len(ending) < 6 else "bin"
    headers = {"Content-Disposition": f'attachment; filename="original.{ending}"'}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)


@open_to(*EDIT_DRAFTS)
@require_POST
def policy_import_drop(request: SignedIn, ref: str) -> HttpResponse:
    row = _import(ref)
    return acted(
        request,
        lambda: acts.throw_away(row, by=request.user, at=timezone.now()),
        reverse("documents"),
        "The file and what was read from it are gone.",
    )


def _import(ref: str) -> PolicyImport:
    rows = PolicyImport.objects.select_related("document")
    row: PolicyImport = get_object_or_404(rows, ref=ref)
    return row
