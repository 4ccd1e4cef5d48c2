"""Writing a draft: begun, changed clause by clause, thrown away; and which documents there are."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.people.access import SignedIn, open_to
from belisha.people.acting import acted, ask, asks, confirm, done, posted
from belisha.people.rules import Role
from belisha.policy.access import (
    EDIT_DRAFTS,
    SEE_DRAFTS,
    can_decide,
    can_edit_drafts,
    draft_seen_by,
)
from belisha.policy.actions import documents as acts
from belisha.policy.actions.bindings import bind_model
from belisha.policy.document_forms import (
    AddDocumentForm,
    ClauseForm,
    DocumentForm,
    FrontForm,
    HeadingForm,
    SizeForm,
)
from belisha.policy.model_texts import MODEL_KEYS, model_outline
from belisha.policy.models import KNOWN, Clause, Document, Version
from belisha.policy.outline import Outline
from belisha.policy.rules import number_in
from belisha.policy.views.documents import document_of, shown


@open_to(*SEE_DRAFTS)
@require_GET
def draft(request: SignedIn, key: str) -> HttpResponse:
    """The draft as it stands: for those who write it with the means to, for governors to read."""
    row = draft_of(request, key)
    context = {
        **shown(row),
        "can_edit": can_edit_drafts(request.user),
        "can_decide": can_decide(request.user),
        "current": row.document.in_force(timezone.now()),
        "missing": acts.missing_for(row, timezone.localdate()),
    }
    return render(request, "policy/draft.html", context)


@open_to(*EDIT_DRAFTS)
@asks
def draft_start(request: SignedIn, key: str) -> HttpResponse:
    """Begin a draft: of the version in force, of our model, of a file, or from nothing."""
    document = document_or_known(key)
    there = reverse("draft", args=[key])
    if document.is_begun and document.draft:
        return redirect(there)
    current = document.in_force(timezone.now()) if document.is_begun else None
    model = model_outline(key) if key in MODEL_KEYS else None
    form = SizeForm(posted(request)) if current else None
    if request.method == "POST" and "model" in request.POST and model:
        said = "The draft says what our model says. Make it yours."
        return acted(request, lambda: _of_model(request, key, model), there, said)
    if request.method == "POST" and (form is None or form.is_valid()):
        substance = form.substance if form else True
        said = "The draft is begun. Nothing of it counts before it is issued."
        return acted(request, lambda: _start(request, document, substance), there, said)
    context = {"document": document, "current": current, "model": model, "form": form}
    status = 422 if form and form.errors else 200
    return render(request, "policy/draft_start.html", context, status=status)


@transaction.atomic
def _of_model(request: SignedIn, key: str, model: Outline) -> None:
    by, at = request.user, timezone.now()
    made = acts.draft_from(key, model, by=by, at=at)
    if made.document.is_main:
        bind_model(made, by=by, at=at)


def _start(request: SignedIn, document: Document, substance: bool) -> Version:
    by, at = request.user, timezone.now()
    if not document.is_begun:
        document = acts.add_document(document.title, key=document.key, by=by, at=at)
    return acts.start_draft(document, substance=substance, by=by, at=at)


@open_to(*EDIT_DRAFTS)
@require_POST
def draft_size(request: SignedIn, key: str) -> HttpResponse:
    """Say what kind of change the draft is."""
    row, form = draft_of(request, key), SizeForm(request.POST)
    there = reverse("draft_issue" if can_decide(request.user) else "draft", args=[key])
    if not form.is_valid():
        messages.error(request, "Say what kind of change it is.")
        return redirect(there)
    return acted(
        request,
        lambda: acts.say_size(row, substance=form.substance, by=request.user, at=timezone.now()),
        there,
        "The draft has the number for that. Approvals are needed after this.",
    )


@open_to(*EDIT_DRAFTS)
@asks
def draft_front(request: SignedIn, key: str) -> HttpResponse:
    """What stands before the text."""
    row = draft_of(request, key)
    form = FrontForm(posted(request), document=row.document, before=row)
    if done(
        request,
        form,
        lambda: acts.change_front(row, by=request.user, at=timezone.now(), **form.changed_front),
        "Saved.",
    ):
        return redirect("draft", key)
    back = reverse("draft", args=[key])
    return ask(
        request, form, title="What stands before the text", act="Save", back=back, above="The draft"
    )


@open_to(*EDIT_DRAFTS)
@asks
def clause_add(request: SignedIn, key: str) -> HttpResponse:
    """A new clause: after the one named in `after`, or as the first."""
    row = draft_of(request, key)
    after = row.clauses.filter(pk=number_in(request.GET.get("after", ""))).first()
    start = {"heading": after.heading, "level": min(after.level, 3)} if after else {}
    form = ClauseForm(posted(request), headings=_headings(row), initial=start)
    added = done(
        request,
        form,
        lambda: acts.add_clause(row, form.item, after=after, by=request.user, at=timezone.now()),
        "The clause is added.",
    )
    if added:
        return redirect(_at(key, added))
    context = {"document": row.document, "form": form, "after": after}
    status = 422 if form.errors else 200
    return render(request, "policy/clause.html", context, status=status)


@open_to(*EDIT_DRAFTS)
@asks
def clause_change(request: SignedIn, key: str, pk: int) -> HttpResponse:
    """One clause of the draft."""
    row = draft_of(request, key)
    clause = clause_of(row, pk)
    typed = ClauseForm.typed(clause)
    form = ClauseForm(posted(request), headings=_headings(row), initial=typed)
    changed = done(
        request,
        form,
        lambda: acts.change_clause(
            clause, form.item, seen=form.item_seen, by=request.user, at=timezone.now()
        ),
        "The clause is changed.",
    )
    if changed:
        return redirect(_at(key, changed))
    if form.errors:
        form.show_as_seen(typed["seen"])
    context = {"document": row.document, "form": form, "clause": clause}
    status = 422 if form.errors else 200
    return render(request, "policy/clause.html", context, status=status)


@open_to(*EDIT_DRAFTS)
@asks
def clause_remove(request: SignedIn, key: str, pk: int) -> HttpResponse:
    clause = clause_of(draft_of(request, key), pk)
    if request.method == "POST":
        return acted(
            request,
            lambda: acts.remove_clause(clause, by=request.user, at=timezone.now()),
            reverse("draft", args=[key]),
            "The clause is taken out of the draft.",
        )
    return confirm(
        request,
        title=f"Take {clause.number or 'this paragraph'} out?",
        words=f"“{clause.text}” It stays in the versions that were issued.",
        act="Take it out",
        back=_at(key, clause),
    )


@open_to(*EDIT_DRAFTS)
@require_POST
def clause_move(request: SignedIn, key: str, pk: int) -> HttpResponse:
    """Past the neighbour above or below."""
    clause = clause_of(draft_of(request, key), pk)
    up = request.POST.get("way") == "up"
    try:
        acts.move_clause(clause, up=up, by=request.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(_at(key, clause))


@open_to(*EDIT_DRAFTS)
@asks
def section_rename(request: SignedIn, key: str, pk: int) -> HttpResponse:
    """The heading of the section that a clause stands in."""
    clause = clause_of(draft_of(request, key), pk)
    form = HeadingForm(posted(request), initial={"heading": clause.heading})

    def rename() -> Clause:
        heading = form.cleaned_data["heading"]
        return acts.rename_section(clause, heading, by=request.user, at=timezone.now())

    if done(request, form, rename, "The heading is changed."):
        return redirect(_at(key, clause))
    return ask(
        request,
        form,
        title="Change the heading",
        act="Save",
        back=_at(key, clause),
        above="The draft",
    )


@open_to(Role.HEAD)
@asks
def draft_discard(request: SignedIn, key: str) -> HttpResponse:
    row = draft_of(request, key)
    if request.method == "POST":
        return acted(
            request,
            lambda: acts.discard(row, by=request.user, at=timezone.now()),
            reverse("documents"),
            "The draft is gone.",
        )
    return confirm(
        request,
        title=f"Throw away the draft of “{row.title}”?",
        words="What is in force stays. The words of the draft are gone.",
        act="Throw it away",
        back=reverse("draft", args=[key]),
        danger=True,
    )


# Which documents there are


@open_to(Role.HEAD)
@asks
def document_add(request: SignedIn) -> HttpResponse:
    form = AddDocumentForm(posted(request))

    def add() -> Document:
        kind = Document.Kind(form.cleaned_data["kind"])
        title = form.cleaned_data["title"]
        return acts.add_document(title, kind=kind, by=request.user, at=timezone.now())

    if made := done(request, form, add, "It is on the list. Now its first version."):
        return redirect("draft_start", made.key)
    return ask(
        request,
        form,
        title="Add a document",
        act="Add it",
        back=reverse("documents"),
        above="Our documents",
    )


@open_to(Role.HEAD)
@asks
def document_change(request: SignedIn, key: str) -> HttpResponse:
    """What it is called on the list, and who reviews it."""
    row = document_of(key)
    form = DocumentForm(posted(request), initial={"title": row.title, "reviewer": row.reviewer_id})

    def change() -> Document:
        return acts.change_document(row, by=request.user, at=timezone.now(), **form.cleaned_data)

    if done(request, form, change, "Saved."):
        return redirect("documents")
    title = f"{row.title}: on the list"
    return ask(
        request, form, title=title, act="Save", back=reverse("documents"), above="Our documents"
    )


@open_to(Role.HEAD)
@asks
def document_end(request: SignedIn, key: str) -> HttpResponse:
    """Out of use, or back in use."""
    row = document_of(key)
    act = acts.take_up_again if row.ended_at else acts.end_document
    if request.method == "POST":
        said = f"“{row.title}” is in use {'again' if row.ended_at else 'no more'}."
        by, at, there = request.user, timezone.now(), reverse("documents")
        return acted(request, lambda: act(row, by=by, at=at), there, said)
    return confirm(
        request,
        title=f"Use “{row.title}” again?" if row.ended_at else f"End “{row.title}”?",
        words="The version that was issued last is in force again."
        if row.ended_at
        else "Nobody is asked to read it any more. Its versions remain to be read.",
        act="Use it again" if row.ended_at else "End it",
        back=reverse("documents"),
    )


def document_or_known(key: str) -> Document:
    """A document of the school; or one of the list that it has not begun, which is no row yet."""
    row = Document.objects.filter(key=key).first()
    if row is None and key not in KNOWN:
        raise Http404
    return row or Document(key=key, title=KNOWN[key])


def draft_of(request: SignedIn, key: str) -> Version:
    """The draft of a document, if there is one that this person may read."""
    row = draft_seen_by(request.user, document_of(key))
    if row is None:
        raise Http404
    return row


def clause_of(version: Version, pk: int) -> Clause:
    rows = version.clauses.select_related("version__document")
    clause: Clause = get_object_or_404(rows, pk=pk)
    return clause


def _headings(draft: Version) -> dict[str, str]:
    return {row.heading: row.section for row in draft.clauses}


def _at(key: str, clause: Clause) -> str:
    return f"{reverse('draft', args=[key])}#c-{clause.pk}"
