"""A case given out as one PDF, whole or redacted: chronology and bundle. Each is written down."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from belisha.incidents.access import can_handle
from belisha.incidents.actions.broken import clauses_broken
from belisha.incidents.actions.needs import replies_of
from belisha.incidents.actions.record import write
from belisha.incidents.models import (
    Case,
    Evidence,
    Happening,
    Party,
    Post,
    Step,
    WorkingCopy,
)
from belisha.incidents.printing import Entry, Exhibit, Section, Shown, bundle_of
from belisha.incidents.removal.catalogue import Harm
from belisha.incidents.removal.ladder import Rung
from belisha.incidents.rules import COVERABLE, Kind, Labelled, Part
from belisha.lib.moments import moment
from belisha.people.access import require
from belisha.people.held import Person
from belisha.people.models import User
from belisha.photos import store
from belisha.photos.engine import engine
from belisha.photos.imaging.unreadable import Unreadable

What = Happening.What


class For(Labelled):
    """For whom a bundle is made."""

    GOVERNORS = "governors", "Governors"
    POLICE = "police", "Police"
    SOLICITOR = "solicitor", "Solicitor"
    OFFICER = "officer", "The local authority’s designated officer"
    OTHER = "other", "Somebody else"


@dataclass(frozen=True)
class Bundle:
    """A bundle as it was given out."""

    pdf: bytes
    name: str
    sha256: str


def give_out(
    case: Case,
    *,
    to: For,
    purpose: str,
    redacted: bool,
    notes: bool,
    by: User,
    at: datetime,
    person: Person | None = None,
) -> Bundle:
    """Set a case as one PDF, and write into its record for whom, what for, and the PDF's SHA-256.

    `redacted` puts "Pupil A" for whoever is part of it, and shows of evidence only copies in which
    parts are covered. `notes` takes in what only those read who work on the case. An outcome for
    staff is never in it: it has its own list of readers. `person`: it is their own part, in which
    they are called by their name; who only told us gets what they told.
    """
    require(can_handle(by, case, at))
    hide = _hider(case, person) if redacted else _as_it_is
    only_told = person is not None and not _more_than_told(case, person)
    sections = _sections(case, hide, redacted=redacted, notes=notes)
    exhibits = [] if only_told else list(_exhibits(case, hide, redacted=redacted, at=at))
    pdf = bundle_of(
        title=f"Case {case.reference}",
        school=case.school.name,
        facts=_facts(case, to, purpose, redacted, by, at, hide),
        sections=sections[:1] if only_told else sections,
        exhibits=exhibits,
        mark=f"{case.reference} · for {to.label.lower()} · {timezone.localtime(at):%-d %B %Y}",
    )
    sha256 = hashlib.sha256(pdf).hexdigest()
    how = "redacted" if redacted else "whole"
    with transaction.atomic():
        words = f"A {how} bundle for {to.label.lower()}. {purpose} SHA-256 {sha256}"
        write(case, What.GIVEN, words, by=by, at=at, sha256=sha256, to=to, redacted=redacted)
    return Bundle(pdf, f"case-{case.reference}-{how}.pdf", sha256)


Hide = Callable[[str], str]


def _as_it_is(words: str) -> str:
    return words


_CALLED = {"staff": "Adult", "parent": "Parent", "pupil": "Pupil", "": "Person"}


def _more_than_told(case: Case, person: Person) -> bool:
    """Whether somebody is part of a case otherwise than by having told us of it."""
    mine = Party.objects.standing().of(person).filter(case=case)
    return bool(mine.exclude(part=Part.REPORTER).exists())


def _labels(case: Case, person: Person | None) -> dict[str, str]:
    """What stands for each name of somebody who is part of a case, such as "Pupil A".

    All but this person.
    """
    labels: dict[str, str] = {}
    counts: dict[str, int] = {}
    seen: dict[object, str] = {}
    parties = Party.objects.filter(case=case).select_related("staff", "pupil", "parent")
    own = Party.objects.of(person).filter(case=case) if person else Party.objects.none()
    for one in parties.exclude(pk__in=own.values("pk")):
        kind = next((name for name in ("staff", "parent", "pupil") if getattr(one, name)), "")
        who = (kind, getattr(one, f"{kind}_id")) if kind else ("", one.words.casefold())
        if who not in seen:
            number = counts.get(kind, 0)
            counts[kind] = number + 1
            letter = chr(ord("A") + number) if number < 26 else str(number + 1)
            seen[who] = f"{_CALLED[kind]} {letter}"
        known = one.staff or one.pupil or one.parent
        for name in filter(None, {one.words, str(known) if known else ""}):
            labels.setdefault(name, seen[who])
    return labels


def _hider(case: Case, person: Person | None = None) -> Hide:
    """Put what stands for them in place of the names of whoever is part of a case.

    Whole names first, then their parts: too much is hidden rather than too little.
    """
    labels = _labels(case, person)
    words = dict(labels)
    for name, label in labels.items():
        for part in re.findall(r"[^\W\d_]{2,}", name):
            if part.casefold() not in _TITLES:
                words.setdefault(part, label)
    if not words:
        return _as_it_is
    longest = sorted(words, key=len, reverse=True)
    found = re.compile(rf"\b({'|'.join(map(_sought, longest))})\b", re.I)
    by_word = {word.casefold(): label for word, label in words.items()}
    return lambda text: found.sub(lambda match: by_word[match[0].casefold()], text)


def _sought(name: str) -> str:
    """A name of two letters is one only as it is written: "Al", and not "al"."""
    return f"(?-i:{re.escape(name)})" if len(name) < 3 else re.escape(name)


_TITLES = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "dr", "of", "the", "and"),
        *("parent", "pupil", "mother", "father", "class"),
    }
)


def _facts(
    case: Case, to: For, purpose: str, redacted: bool, by: User, at: datetime, hide: Hide
) -> list[tuple[str, str]]:
    return [
        ("Kind", case.get_kind_display()),
        ("Told", f"{moment(case.reported_at)}, {case.get_way_display().lower()}"),
        ("For", to.label),
        ("Purpose", hide(purpose)),
        ("Given out by", by.name),
        ("On", moment(at)),
        ("How", "Redacted: letters stand for names" if redacted else "Whole"),
        ("Record", f"{case.trail.length} entries, ending with {case.trail.head}"),
    ]


def _sections(case: Case, hide: Hide, *, redacted: bool, notes: bool) -> list[Section]:
    urgent = [
        *(["In a toilet, or where people change."] if case.forbidden_place else ()),
        *(["Somebody was threatened, or may be harmed."] if case.harm else ()),
        *(["A picture may show a child undressed. No file was taken."] if case.undressed else ()),
    ]
    told = [
        ("What happened", case.what),
        ("Whom it is about", case.get_about_display()),
        ("What makes it urgent", " ".join(urgent)),
        ("Where", case.where),
        ("When", case.when or (f"{case.happened_on:%-d %B %Y}" if case.happened_on else "")),
        ("What was seen", case.seen),
        ("Whom it is about, as it was told", case.who),
    ]
    people = Party.objects.standing().filter(case=case)
    sections = [
        Section("What was told", tuple(Entry(head, hide(words)) for head, words in told if words)),
        Section(
            "Who is part of it",
            tuple(Entry(Part(one.part).label, hide(str(one))) for one in people),
        ),
        Section(
            "Rules broken",
            tuple(
                Entry(
                    f"{one.id} {one.short}",
                    f"{one.number} {one.text}\n{one.version}, in force on that day".strip()
                    if one.text
                    else "",
                )
                for one in clauses_broken(case)
            ),
        ),
        Section("Chronology", tuple(_chronology(case, hide, redacted=redacted, notes=notes))),
        Section(
            "Questions and answers",
            tuple(
                Entry(one.asked, hide(f"{one.said}{'. ' if one.why else ''}{one.why}"))
                for one in replies_of(case).values()
                if one.value
            ),
        ),
        Section(
            "Who was told",
            tuple(
                Entry(
                    hide(str(one)),
                    hide(
                        f"{'Told' if one.was_told else 'Not told'}, "
                        f"{moment(one.settled_at)}. {one.how}"
                    ),
                )
                for one in case.told.exclude(settled_at=None)
            ),
        ),
        Section("To go from the web", tuple(_posts(case, hide))),
        Section(
            "What was decided",
            tuple(
                Entry(
                    hide(f"{one}{' (taken back)' if one.struck_at else ''}"),
                    hide(f"{one.why}\n{one.ground}"),
                )
                for one in case.sanctions.select_related("party")
            ),
        ),
        Section("Heavy means", tuple(_measures(case, hide))),
    ]
    return [one for one in sections if one.entries]


def _posts(case: Case, hide: Hide) -> Iterable[Entry]:
    """Each post with its address and words, and each step to get it off the web, with its day."""
    for post in Post.objects.standing().filter(case=case):
        gone = f"Gone on {moment(post.gone_at)}." if post.gone_at else "Still there."
        said = [
            ", ".join(Harm(word).label for word in post.harms),
            post.url,
            f"By: {post.author}" if post.author else "",
            f"Posted: {post.posted}" if post.posted else "",
            f"Seen: {moment(post.seen_at)}" if post.seen_at else "",
            f"“{post.words}”" if post.words else "",
            gone,
        ]
        yield Entry(hide(str(post)), hide("\n".join(filter(None, said))))
        for step in post.steps.select_related("proof"):
            yield Entry(f"{moment(step.at)}: {Rung(step.rung).label}", hide(_step(step)))


def _step(step: Step) -> str:
    if step.passed_over:
        return f"Passed over. {step.words}"
    answer = f"{step.get_answer_display()}, {moment(step.answered_at)}. {step.said}"
    said = [
        f"To: {step.to}",
        f"Number: {step.number}" if step.number else "",
        f"Proof: {step.proof}" if step.proof else "",
        step.words,
        answer if step.answer else f"No answer yet; due on {moment(step.due_at)}.",
    ]
    return "\n".join(filter(None, said))


def _measures(case: Case, hide: Hide) -> Iterable[Entry]:
    """Police, solicitor or ban: how it was weighed before."""
    for one in case.measures.select_related("by", "read_by"):
        offered = f"{one.offered_on:%-d %B %Y}" if one.offered_on else f"no. {one.why_not}"
        said = [
            f"{one.get_sort_display()}. {one.why}",
            f"The way to complain was offered: {offered}",
            f"Second reader, {moment(one.read_at)}: {'yes' if one.agrees else 'no'}. "
            f"{one.read_words}"
            if one.read_at
            else "",
            f"Done on {moment(one.done_at)}. {one.done_words} {one.ground}" if one.done_at else "",
            f"Left on {moment(one.dropped_at)}." if one.dropped_at else "",
        ]
        yield Entry(f"{moment(one.at)}: {one}", hide("\n".join(filter(None, said))))


# What is told of by its own part of the bundle, or is nobody's business outside.
_NOT_TOLD = frozenset({What.LOOKED, What.GIVEN})
_NOTES = frozenset({What.NOTE, What.QUESTION, What.HANDLER})


def _chronology(case: Case, hide: Hide, *, redacted: bool, notes: bool) -> Iterable[Entry]:
    for one in case.happenings.order_by("number").select_related("by"):
        if one.what in _NOT_TOLD or (one.what in _NOTES and one.private and not notes):
            continue
        # An outcome has its own readers; what was decided for a request is nobody's but theirs.
        if not one.facts.keys().isdisjoint(("staff_outcome", "request")):
            continue
        who = "" if redacted or one.by is None else f", {one.by.name}"
        head = f"{one.number} · {moment(one.at)} · {one.get_what_display()}{who}"
        yield Entry(head, hide(one.words))


def _exhibits(case: Case, hide: Hide, *, redacted: bool, at: datetime) -> Iterable[Exhibit]:
    for number, one in enumerate(case.evidence.select_related("file__school"), 1):
        shown, note = _shown_of(one, redacted=redacted)
        yield Exhibit(
            number,
            hide(str(one)),
            sha256=one.sha256,
            words=hide(one.shows),
            received=moment(one.at),
            seen=moment(one.seen_at),
            note=note,
            shown=shown,
        )


def _shown_of(one: Evidence, *, redacted: bool) -> tuple[tuple[Shown, ...], str]:
    """What is shown of a piece of evidence, and in words how, or why nothing is.

    Pictures are rebuilt from their pixels, in the process that reads them.
    """
    if one.file is None:
        return (), "An address. Nothing was fetched from it."
    try:
        if redacted:
            return _covered(one)
        if not one.media_type.startswith("image/"):
            beside = "No picture. The file is handed over beside this bundle, and has this SHA-256."
            return (), beside
        data = store.fetch(one.file)
        if hashlib.sha256(data).hexdigest() != one.sha256:
            return (), "This file is not what was received."
        note = "A copy for reading. The file itself is unchanged and has this SHA-256."
        return (_shown(data),), note
    except Unreadable as error:
        return (), error.sentence


def _covered(one: Evidence) -> tuple[tuple[Shown, ...], str]:
    """The newest copy of a picture or of each page; what nobody has looked at is not shown."""
    if one.media_type not in COVERABLE:
        return (), "Not shown: nobody can cover parts of a file of this kind. Keep it back."
    newest, missing = _copies_of(one)
    if not newest:
        return (), "Not shown: no copy was made in which parts are covered."
    if len(newest) + len(missing) == 1:
        return (_shown(store.fetch(newest[0].file)),), f"{_how(newest[0])}."
    shown = (_shown(store.fetch(copy.file), f"{_page(copy)}. {_how(copy)}.") for copy in newest)
    note = "Pages as pictures, made from the file with this SHA-256."
    if missing:
        note += f" Not shown, since nobody looked at it: {_numbered(missing)}."
    return tuple(shown), note


def _copies_of(one: Evidence) -> tuple[list[WorkingCopy], list[int]]:
    """The newest copy of each page, in order, and the pages of which there is none."""
    newest: dict[int, WorkingCopy] = {}
    for copy in one.copies.select_related("file__school"):
        newest.setdefault(copy.page, copy)
    pages = max((copy.pages for copy in newest.values()), default=1)
    missing = [page for page in range(1, pages + 1) if page not in newest]
    return [newest[page] for page in sorted(newest)], missing


def _page(copy: WorkingCopy) -> str:
    return f"Page {copy.page} of {copy.pages}"


def _how(copy: WorkingCopy) -> str:
    return "Parts are covered" if copy.boxes else "Nothing had to be covered"


def _numbered(pages: list[int]) -> str:
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(map(str, pages))}"


def _shown(data: bytes, words: str = "") -> Shown:
    made = engine().ingest(data)
    return Shown(made.view, made.width, made.height, words)


def left_out(case: Case) -> list[str]:
    """What of its evidence a redacted bundle would not show, in words, before it is made."""
    said = []
    for one in case.evidence.exclude(file=None):
        newest, missing = _copies_of(one)
        if one.media_type not in COVERABLE:
            said.append(f"{one}: nobody can cover parts of it.")
        elif not newest:
            said.append(f"{one}: nobody made a covered copy.")
        elif missing:
            said.append(f"{one}: {_numbered(missing)}.")
    return said


def memo_of(case: Case, *, words: str, by: User, at: datetime) -> bytes:
    """The test of E.i to E.iii as a memo: what was asked, answered, and what follows."""
    require(can_handle(by, case, at))
    asked = [
        one for (sheet, _), one in replies_of(case).items() if sheet == "jurisdiction" and one.value
    ]
    pupils = Party.objects.standing().filter(case=case, part=Part.SUBJECT).exclude(pupil=None)
    entries = tuple(
        Entry(one.asked, f"{one.said}{'. ' if one.why else ''}{one.why}") for one in asked
    )
    pdf = bundle_of(
        title=f"May the school act? Case {case.reference}",
        school=case.school.name,
        facts=[
            ("Kind", Kind(case.kind).label),
            ("Pupil", ", ".join(str(one) for one in pupils)),
            ("What follows", words),
            ("Printed by", by.name),
            ("On", moment(at)),
        ],
        sections=[Section("The questions of clauses E.i to E.iii", entries)],
        exhibits=[],
        mark=f"{case.reference} · memo",
    )
    with transaction.atomic():
        write(case, What.GIVEN, "The memo was printed.", by=by, at=at)
    return pdf
