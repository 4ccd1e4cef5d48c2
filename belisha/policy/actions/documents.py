"""The school's documents: drafting, approving, issuing (G.1 to G.3)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.text import slugify

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import School, Staff, User
from belisha.policy.access import can_decide, can_edit_drafts, can_record_governors
from belisha.policy.mending import renamed
from belisha.policy.models import (
    KNOWN,
    MAIN,
    Approval,
    Binding,
    Clause,
    Document,
    Version,
    clauses_of,
)
from belisha.policy.outline import LONGEST, Item, Outline, addresses, why_not_kept

# Addresses below `/policy/` that are pages of their own.
RESERVED = frozenset({"documents", "for-parents", "imports", "clauses", "evidence", "states"})
FRONT = ("title", "author", "checker", "commitment", "what_changed", "read_at", "review_on")
_AWAY = 10_000  # further than any document is long


@transaction.atomic
def add_document(
    title: str,
    *,
    by: User,
    at: datetime,
    kind: Document.Kind = Document.Kind.POLICY,
    key: str = "",
) -> Document:
    """Put a document on the list; it has no version yet. Without a `key` the title makes one.

    Those that the policy refers to, by their keys in `KNOWN`, are for whoever writes drafts; any
    other is for the head. Raises `ValidationError` when there is one by that name.
    """
    require(can_edit_drafts(by) if key in KNOWN else can_decide(by))
    key = key or slugify(title)[:40].strip("-")
    if not key or key in RESERVED:
        raise ValidationError("Give it a title that says more.")
    if Document.objects.filter(key=key).exists():
        raise ValidationError("There is a document by that name already.")
    return _add(key, title, kind, by, at)


def _add(key: str, title: str, kind: Document.Kind, by: User, at: datetime) -> Document:
    row: Document = Document.objects.create(
        school=by.school,
        key=key,
        kind=kind,
        title=title,
        position=list(KNOWN).index(key) if key in KNOWN else len(KNOWN),
    )
    record("document.added", row, by=by.pk, at=at, document=key)
    return row


@transaction.atomic
def change_document(
    document: Document, *, title: str, reviewer: Staff | None, by: User, at: datetime
) -> Document:
    """Call a document otherwise on the list, or say who reviews it; nobody is the head."""
    require(can_decide(by))
    row = _locked(document)
    row.title, row.reviewer = title, reviewer
    row.save(update_fields=["title", "reviewer"])
    record(
        "document.changed",
        row,
        by=by.pk,
        at=at,
        document=row.key,
        reviewer=reviewer.pk if reviewer else None,
    )
    return row


@transaction.atomic
def end_document(document: Document, *, by: User, at: datetime) -> None:
    """Take a document out of use. Its versions remain, for a case is judged by that of its day.

    Raises `ValidationError` for the policy itself, and while there is a draft.
    """
    require(can_decide(by))
    row = _locked(document)
    if row.is_main:
        raise ValidationError("This is the policy that Belisha puts to work. It cannot be ended.")
    if row.draft:
        raise ValidationError("There is a draft of it. Throw the draft away first.")
    row.ended_at = row.ended_at or at
    row.save(update_fields=["ended_at"])
    record("document.ended", row, by=by.pk, at=at, document=row.key)


@transaction.atomic
def take_up_again(document: Document, *, by: User, at: datetime) -> None:
    """Put a document that was ended back in use."""
    require(can_decide(by))
    row = _locked(document)
    row.ended_at = None
    row.save(update_fields=["ended_at"])
    record("document.taken-up-again", row, by=by.pk, at=at, document=row.key)


# Drafts


@transaction.atomic
def draft_from(
    document_key: str, outline: Outline, *, by: User, at: datetime, **front: Any
) -> Version:
    """Make a draft of an outline, or replace the words of the draft by it.

    A document of that key that does not exist yet is made. A clause with the same address or the
    same text as before keeps what it was bound to, and its words for parents. `front` may hold
    what `change_front` takes; without it, author, checker and commitment come from the outline's
    front matter, and the rest from the draft or the version in force. Raises `ValidationError`.
    """
    require(can_edit_drafts(by))
    if why_not := why_not_kept(outline):
        raise ValidationError(why_not)
    document = Document.objects.filter(key=document_key).first()
    if document is None:
        title = KNOWN.get(document_key, outline.title)
        document = _add(document_key, title, Document.Kind.POLICY, by, at)
    document = _in_use(_locked(document))
    draft = document.draft
    before = draft or document.in_force(at)
    if draft is None:
        draft = _new_draft(document, before, substance=True, by=by, at=at)
    found = {name: outline.front.get(name, "") for name in ("author", "checker", "commitment")}
    front = {name: words for name, words in found.items() if words} | front
    _set_front(draft, {"title": outline.title, **front})
    _replace_text(draft, outline, before)
    _supersede(draft, at)
    record("draft.brought-in", draft, by=by.pk, at=at, **_named(draft))
    return draft


@transaction.atomic
def start_draft(document: Document, *, substance: bool, by: User, at: datetime) -> Version:
    """Copy the version in force into a draft, with what its clauses are bound to.

    `substance`: it will ask everybody for a new reading; else it is a small edit. Without a version
    in force the draft is empty. Raises `ValidationError` when there is a draft already.
    """
    require(can_edit_drafts(by))
    document = _in_use(_locked(document))
    if document.draft:
        raise ValidationError("There is a draft already.")
    before = document.in_force(at)
    draft = _new_draft(document, before, substance=substance, by=by, at=at)
    if before:
        _replace_text(draft, before.outline, before)
    record("draft.started", draft, by=by.pk, at=at, **_named(draft))
    return draft


def _new_draft(
    document: Document, before: Version | None, *, substance: bool, by: User, at: datetime
) -> Version:
    major, minor = next_number(document, substance=substance)
    kept = {name: getattr(before, name) for name in FRONT} if before else {"title": document.title}
    kept |= {"what_changed": "", "review_on": None}
    draft: Version = Version.objects.create(
        school_id=document.school_id,
        document=document,
        major=major,
        minor=minor,
        made_at=at,
        made_by=by,
        **kept,
    )
    return draft


def next_number(document: Document, *, substance: bool) -> tuple[int, int]:
    """The number of the next version: 1.0 first, then a new whole for substance, else a tenth."""
    issued = Version.objects.filter(document=document).issued()
    last = issued.order_by("-major", "-minor").first()
    if last is None:
        return 1, 0
    return (last.major + 1, 0) if substance else (last.major, last.minor + 1)


@transaction.atomic
def say_size(draft: Version, *, substance: bool, by: User, at: datetime) -> Version:
    """Say whether a draft changes the substance; it gets the number for that."""
    require(can_edit_drafts(by))
    row = _locked_draft(draft)
    row.major, row.minor = next_number(row.document, substance=substance)
    row.save(update_fields=["major", "minor"])
    _supersede(row, at)
    record("draft.sized", row, by=by.pk, at=at, **_named(row))
    return row


@transaction.atomic
def change_front(draft: Version, *, by: User, at: datetime, **front: Any) -> Version:
    """Change what stands before the text: see `FRONT`. What is not named stays."""
    require(can_edit_drafts(by))
    row = _locked_draft(draft)
    if not front:
        return row
    _set_front(row, front)
    _supersede(row, at)
    record("draft.front-changed", row, by=by.pk, at=at, parts=sorted(front), **_named(row))
    return row


def _set_front(draft: Version, front: dict[str, Any]) -> None:
    assert front.keys() <= set(FRONT), "only what stands before the text"
    for name, words in front.items():
        setattr(draft, name, words)
    if not draft.title.strip() or len(draft.title) > LONGEST["title"]:
        raise ValidationError("Give the document a title that is not too long.")
    draft.author, draft.checker = draft.author[:200], draft.checker[:200]
    draft.save(update_fields=[*FRONT])


@transaction.atomic
def change_clause(
    clause: Clause, item: Item, *, by: User, at: datetime, seen: Item | None = None
) -> Clause:
    """Put a clause of a draft otherwise.

    `seen` is the clause as the person had it before them; when somebody has changed it meanwhile,
    nothing is overwritten and `ValidationError` says so.
    """
    row, _ = _locked_clause(clause, by)
    if seen is not None and row.item != seen:
        raise ValidationError(
            "Somebody has changed this clause meanwhile. It now says: "
            f"“{row.number} {row.text}” Save again to put your words there."
        )
    _write_down(row, item)
    _settle(row.version, "draft.clause-changed", by, at, lambda rows: rows, changed=row)
    return row


@transaction.atomic
def add_clause(
    draft: Version, item: Item, *, after: Clause | None, by: User, at: datetime
) -> Clause:
    """Add a clause after another, or as the first."""
    require(can_edit_drafts(by))
    row = _locked_draft(draft)
    clause = Clause(school_id=row.school_id, version=row)
    _write_down(clause, item)

    def with_it(rows: list[Clause]) -> list[Clause]:
        before = [place for place, one in enumerate(rows) if after and one.pk == after.pk]
        place = before[0] + 1 if before else len(rows) if after else 0
        return [*rows[:place], clause, *rows[place:]]

    _settle(row, "draft.clause-added", by, at, with_it, changed=clause)
    return clause


@transaction.atomic
def remove_clause(clause: Clause, *, by: User, at: datetime) -> None:
    """Take a clause out of a draft. It stays in the versions that were issued."""
    row, draft = _locked_clause(clause, by)
    pk = row.pk
    row.delete()
    row.pk = pk  # for the record
    _settle(draft, "draft.clause-removed", by, at, lambda rows: rows, changed=row)


@transaction.atomic
def move_clause(clause: Clause, *, up: bool, by: User, at: datetime) -> Clause:
    """Move a clause past its neighbour; at the end of its section it goes over into the next."""
    row, draft = _locked_clause(clause, by)

    def moved(rows: list[Clause]) -> list[Clause]:
        place = next(index for index, one in enumerate(rows) if one.pk == row.pk)
        other = place - 1 if up else place + 1
        if not 0 <= other < len(rows):
            return rows
        mine, neighbour = rows[place], rows[other]
        if mine.heading != neighbour.heading:
            mine.heading, mine.section = neighbour.heading, neighbour.section
        else:
            rows[place], rows[other] = neighbour, mine
        return rows

    _settle(draft, "draft.clause-moved", by, at, moved, changed=row)
    return row


@transaction.atomic
def rename_section(clause: Clause, heading: str, *, by: User, at: datetime) -> Clause:
    """Give the section that a clause of a draft stands in another heading."""
    row, draft = _locked_clause(clause, by)

    def with_heading(rows: list[Clause]) -> list[Clause]:
        place = next(index for index, one in enumerate(rows) if one.pk == row.pk)
        for one, item in zip(
            rows, renamed([one.item for one in rows], place, heading), strict=True
        ):
            one.heading, one.section = item.heading, item.section
        return rows

    _settle(draft, "draft.section-renamed", by, at, with_heading, changed=row)
    return row


@transaction.atomic
def discard(draft: Version, *, by: User, at: datetime) -> None:
    """Throw a draft away. What is in force stays."""
    require(can_decide(by))
    row = _locked_draft(draft)
    record("draft.discarded", row, by=by.pk, at=at, **_named(row))
    row.delete()


def _settle(
    draft: Version,
    verb: str,
    by: User,
    at: datetime,
    arrange: Callable[[list[Clause]], list[Clause]],
    *,
    changed: Clause,
) -> None:
    """Bring the clauses of a draft into their order, each with its address; nothing is approved
    any more.
    """
    rows = list(draft.clauses)
    for index, one in enumerate(rows):
        if one.pk == changed.pk:  # as it was changed, and not yet saved
            rows[index] = changed
    rows = arrange(rows)
    items = [one.item for one in rows]
    if rows and (why_not := why_not_kept(Outline(draft.title, tuple(items)))):
        raise ValidationError(why_not)
    _save(draft, rows, addresses(items))
    _supersede(draft, at)
    record(verb, draft, by=by.pk, at=at, clause=changed.pk, **_named(draft))


def _save(draft: Version, rows: Sequence[Clause], named: Sequence[str]) -> None:
    """Two clauses may change places, so all step aside first."""
    own = Value("~")
    Clause.objects.filter(version=draft).update(
        position=F("position") + _AWAY, address=Concat(own, Cast("id", CharField()))
    )
    for position, (row, address) in enumerate(zip(rows, named, strict=True)):
        row.position, row.address = position, address
    added = [row for row in rows if row._state.adding]
    Clause.objects.bulk_update(
        [row for row in rows if not row._state.adding],
        ["position", "address", "number", "heading", "section", "level", "text"],
    )
    Clause.objects.bulk_create(added)


def _write_down(clause: Clause, item: Item) -> None:
    clause.number, clause.heading, clause.text = item.number, item.heading, item.text
    clause.section, clause.level = item.section, item.level


def _replace_text(draft: Version, outline: Outline, before: Version | None) -> None:
    """Write the outline down; each clause takes along what it was bound to before."""
    old = list(before.clauses) if before else []
    bound = list(Binding.objects.filter(clause__version=before)) if before else []
    new = clauses_of(draft, outline)
    links = [(new_, old_) for new_, old_ in _known_again(old, new)]
    for clause, known in links:
        clause.for_parents = known.for_parents
    Clause.objects.filter(version=draft).delete()
    Clause.objects.bulk_create(new)
    copies = [
        Binding(
            school_id=draft.school_id,
            clause=clause,
            control=one.control,
            kept_by=one.kept_by,
            proof=one.proof,
            decided_at=one.decided_at,
            decided_by_id=one.decided_by_id,
        )
        for clause, known in links
        for one in bound
        if one.clause_id == known.pk
    ]
    Binding.objects.bulk_create(copies)


def _known_again(old: Iterable[Clause], new: Iterable[Clause]) -> list[tuple[Clause, Clause]]:
    """Pairs of a new clause and the old one that it was: the same text, else the same address."""
    by_text = {" ".join(one.text.split()): one for one in old}
    by_address = {one.address: one for one in old}
    pairs = (
        (one, by_text.get(" ".join(one.text.split())) or by_address.get(one.address)) for one in new
    )
    return [(one, known) for one, known in pairs if known]


# Approving and issuing


@transaction.atomic
def approve(
    draft: Version,
    side: Approval.Side,
    *,
    name: str = "",
    on: date | None = None,
    minute: str = "",
    seen: str,
    by: User,
    at: datetime,
) -> Approval:
    """Write down that the head, or the governors, approve a draft as it stands.

    The head approves as themself and now. That of the governors is written down by the head, the
    office or the chair, with whose name, on which day and, if there is one, the minute. `seen` is
    the digest of the draft that was read. Raises `ValidationError`.
    """
    if side == Approval.Side.HEAD:
        require(can_decide(by))
        name, on, minute = by.name, timezone.localdate(at), ""
    else:
        require(can_record_governors(by))
    row = _locked_draft(draft)
    _still_as_seen(row, seen)
    if not row.clauses.exists():
        raise ValidationError("There is no text to approve yet.")
    if not name.strip() or on is None:
        raise ValidationError("Say who approved it, and on which day.")
    if on > timezone.localdate(at):
        raise ValidationError("That day is still to come.")
    Approval.objects.filter(version=row, side=side, superseded_at=None).update(superseded_at=at)
    approval: Approval = Approval.objects.create(
        school_id=row.school_id,
        version=row,
        side=side,
        name=name,
        approved_on=on,
        minute=minute,
        recorded_at=at,
        recorded_by=by,
        digest=seen,
    )
    record("draft.approved", row, by=by.pk, at=at, side=str(side), digest=seen, **_named(row))
    return approval


def missing_for(draft: Version, on: date) -> list[str]:
    """What must still be there before a draft can be issued, each in one sentence (G.1, G.2)."""
    wanted: list[tuple[bool, str]] = []
    has_text = draft.clauses.exists()
    if draft.document.kind == Document.Kind.GUIDANCE:
        wanted = [(has_text or bool(draft.read_at), "Say where it can be read, or write its text.")]
        return [words for is_there, words in wanted if not is_there]
    approvals = draft.approvals
    wanted = [
        (has_text, "Write the text."),
        (bool(draft.author.strip()), "Say who wrote it."),
        (bool(draft.checker.strip()), "Say who checked it."),
        (draft.review_on is not None, "Say when the next review is due."),
        (
            draft.review_on is None or draft.review_on > on,
            "The next review must be due after today.",
        ),
        (Approval.Side.HEAD in approvals, "The head must approve it."),
        (Approval.Side.GOVERNORS in approvals, "The governors must approve it."),
    ]
    if draft.document.key == MAIN:
        wanted.append((bool(draft.commitment.strip()), "State the safeguarding commitment."))
    return [words for is_there, words in wanted if not is_there]


@transaction.atomic
def issue(draft: Version, *, seen: str, by: User, at: datetime) -> Version:
    """Put a draft in force. From now on nobody can change it.

    `seen` is the digest of the draft that was read. Raises `ValidationError` with each thing that
    is missing.
    """
    require(can_decide(by))
    row = _locked_draft(draft)
    _still_as_seen(row, seen)
    on = timezone.localdate(at)
    if missing := missing_for(row, on):
        raise ValidationError(missing)
    _in_use(row.document)
    row.issued_at, row.issued_on, row.issued_by = at, on, by
    row.save(update_fields=["issued_at", "issued_on", "issued_by"])
    record("version.issued", row, by=by.pk, at=at, digest=seen, **_named(row))
    return row


def _still_as_seen(draft: Version, seen: str) -> None:
    if draft.digest != seen:
        raise ValidationError("The draft has changed since you opened this page. Read it again.")


def _supersede(draft: Version, at: datetime) -> None:
    """What was approved is no longer what stands there."""
    Approval.objects.filter(version=draft, superseded_at=None).update(superseded_at=at)


def _locked(document: Document) -> Document:
    """Put those who write in a line, then read anew."""
    School.objects.select_for_update().get(pk=document.school_id)
    row: Document = Document.objects.get(pk=document.pk)
    return row


def _in_use(document: Document) -> Document:
    if document.ended_at:
        raise ValidationError("This document is in use no more. Take it up again first.")
    return document


def _locked_draft(draft: Version) -> Version:
    _locked(draft.document)
    row = Version.objects.select_related("document").filter(pk=draft.pk).first()
    if row is None:
        raise ValidationError("This draft is gone.")
    if row.issued_at:
        raise ValidationError("This version is issued. It cannot be changed any more.")
    found: Version = row
    return found


def _locked_clause(clause: Clause, by: User) -> tuple[Clause, Version]:
    require(can_edit_drafts(by))
    draft = _locked_draft(clause.version)
    row = Clause.objects.filter(pk=clause.pk).first()
    if row is None:
        raise ValidationError("This clause is gone.")
    row.version = draft
    return row, draft


def _named(draft: Version) -> dict[str, str]:
    return {"document": draft.document.key, "version": draft.label}
