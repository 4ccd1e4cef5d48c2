"""Codes on printed letters, for families whom mail does not reach."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import can_manage_people, require
from belisha.people.actions.amend import amend
from belisha.people.actions.families import Answer, Bearer, Turned, come_in, may_come_in
from belisha.people.letters import Letter, pdf_of
from belisha.people.models import LetterCode, Parent, Pupil, Relation, SchoolClass, User
from belisha.people.rules import alphabetical

LETTER_LASTS = timedelta(days=28)
# No vowels, so that no word comes of it; no 0, 1 or l, which look like others.
LETTERS = "bcdfghjkmnpqrstvwxz23456789"


def code_hash(typed: str) -> str:
    """How a letter's code is kept: without spaces, dashes and case, hashed."""
    plain = "".join(mark for mark in typed.lower() if mark.isalnum())
    return hashlib.sha256(f"belisha.letter:{plain}".encode()).hexdigest()


@transaction.atomic
def issue(parent: Parent, *, by: User, at: datetime) -> str:
    """Make a code for one parent's letter and return it, once; earlier ones stop.

    Twelve letters in three groups: 57 bits.
    """
    require(can_manage_people(by))
    LetterCode.objects.filter(parent=parent, spent_at=None).delete()
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    kept = LetterCode.objects.create(
        school=parent.school,
        parent=parent,
        hash=code_hash(code),
        made_at=at,
        made_by=by,
        use_by=at + LETTER_LASTS,
    )
    record("letter.made", parent, by=by.pk, at=at, code=kept.pk)
    return code


@transaction.atomic
def spend(typed: str, *, at: datetime) -> User | Turned | Answer:
    """Who signs in with a letter's code, once; else why nobody does.

    `Answer.WORKS_HERE` for a member of staff, whose door is another one. A contact who may not
    come in hears what any wrong code hears.
    """
    rows = LetterCode.objects.select_for_update(of=("self",)).select_related("parent")
    row: LetterCode | None = rows.filter(hash=code_hash(typed)).first()
    answer = may_come_in(row.parent) if row else Answer.NOBODY
    if row is None or answer is Answer.NOBODY:
        return Turned.WRONG
    if row.spent_at:
        return Turned.USED
    if row.use_by <= at:
        return Turned.LATE
    if answer is Answer.WORKS_HERE:
        return answer
    amend(row, spent_at=at)
    return come_in(Bearer(Answer.COME_IN, parent=row.parent), way="letter", at=at)


def forget(parent: Parent) -> None:
    """Delete a parent's letter codes."""
    LetterCode.objects.filter(parent=parent).delete()


def families_of(school_class: SchoolClass) -> dict[Parent, list[Pupil]]:
    """Whoever answers for a child of this class, with all the children for whom they answer.

    Nobody under an order learns by a letter of the child whom it protects.
    """
    ties = Relation.objects.open().responsible().filter(pupil__in=Pupil.objects.current())
    asked = ties.filter(pupil__school_class=school_class).values("parent_id")
    found: dict[Parent, list[Pupil]] = defaultdict(list)
    mine = ties.filter(parent_id__in=asked, parent__erased_at=None)
    for tie in mine.select_related("parent", "pupil__school_class").order_by("id"):
        found[tie.parent].append(tie.pupil)
    return dict(found)


def print_letters(
    families: Mapping[Parent, Sequence[Pupil]],
    *,
    about: Model,
    answer_by: date | None = None,
    by: User,
    at: datetime,
) -> bytes:
    """Make one PDF with a letter and a fresh code for each of these people; return it.

    A letter is never for two, since neither may see the other's code. Those of one household, the
    people with the same children, lie together, by class and name of the first child. `about` is
    the class or the campaign for which they are printed; the record says who did it. The pages are
    set after the codes are kept, so that nobody else waits for it.
    """
    letters = _write(families, about=about, by=by, at=at)
    return pdf_of(
        letters,
        school=by.school.name,
        phone=by.school.phone,
        address=settings.ADDRESS,
        on=timezone.localdate(at),
        answer_by=answer_by,
    )


@transaction.atomic
def _write(
    families: Mapping[Parent, Sequence[Pupil]], *, about: Model, by: User, at: datetime
) -> list[Letter]:
    require(can_manage_people(by))
    letters = [
        Letter(
            to=str(parent),
            children=tuple(child.known_as or child.first_name for child in children),
            hand_to=_hand_to(children[0]),
            code=issue(parent, by=by, at=at),
            language=parent.language,
        )
        for parent, children in _by_household(families)
    ]
    record("letters.printed", about, by=by.pk, at=at, letters=len(letters))
    return letters


def _by_household(
    families: Mapping[Parent, Sequence[Pupil]],
) -> list[tuple[Parent, list[Pupil]]]:
    letters = [(parent, sorted(children, key=_place)) for parent, children in families.items()]
    return sorted(letters, key=lambda one: ([*map(_place, one[1])], str(one[0]), one[0].pk))


def _place(child: Pupil) -> tuple[int, str, list[str], int]:
    """Where a child stands: by class, then by name."""
    one = child.school_class
    year = 99 if one is None or one.year_group is None else one.year_group
    return year, one.name if one else "", alphabetical(f"{child.last_name} {child}"), child.pk


def _hand_to(child: Pupil) -> str:
    name = child.known_as or child.first_name
    return f"{child.school_class.name} · {name}" if child.school_class else name
