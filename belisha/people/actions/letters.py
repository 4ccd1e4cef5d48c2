"""Codes on printed letters, for families whom mail does not reach."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import can_manage_people, require
from belisha.people.actions.amend import amend
from belisha.people.actions.families import Answer, Bearer, Turned, come_in, may_come_in
from belisha.people.models import LetterCode, Parent, User

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
