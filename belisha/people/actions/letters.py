"""Codes on printed letters, for families whom mail does not reach."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import can_manage_people, require
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
