"""Somebody tells us of something: a case begins, and whoever works on it knows at once."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from belisha.incidents.actions.needs import held, look_again
from belisha.incidents.actions.record import write
from belisha.incidents.actions.routing import give, name_subjects
from belisha.incidents.models import Case, Happening, Party
from belisha.incidents.rules import LETTERS, Part
from belisha.people.models import Parent, Pupil, School, Staff, User


@dataclass(frozen=True)
class Named:
    """Somebody to be written down as part of a case. One of the three, or `words` alone."""

    part: Part
    staff: Staff | None = None
    pupil: Pupil | None = None
    parent: Parent | None = None
    words: str = ""

    @property
    def called(self) -> str:
        person = self.staff or self.pupil or self.parent
        return str(person) if person else self.words


@dataclass(frozen=True)
class Begun:
    """A new case, and the code with which whoever told us comes back: shown once."""

    case: Case
    code: str
    taken: bool  # somebody in the school works on it; if not, the officer outside is to be rung


@transaction.atomic
def tell(
    school: School,
    *,
    details: Mapping[str, Any],
    named: Iterable[Named] = (),
    by: User | None,
    at: datetime,
) -> Begun:
    """Begin a case. `details` are fields of `Case`, `by` is null for whoever has no account.

    Anyone may tell. Who receives it is decided by `rules.route`; whoever it is about is not asked,
    told, nor able to see that there is something.
    """
    code = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    case: Case = Case.objects.create(
        school=school, reported_at=at, reported_by=by, code_hash=code_hash(code), **details
    )
    for one in named:
        add_party(case, one, by=by, at=at)
    if by and by.staff:
        add_party(case, Named(Part.REPORTER, staff=by.staff), by=by, at=at)
    name_subjects(case, at)
    write(case, Happening.What.TOLD, case.what, by=by, at=at, private=False)
    routed = give(case, at)
    look_again(case, by=None, at=at)
    return Begun(case, code, taken=bool(routed.handlers))


def add_party(case: Case, one: Named, *, by: User | None, at: datetime) -> Party:
    """Write down somebody as part of a case, with their name of today."""
    party: Party = Party.objects.create(
        school_id=case.school_id,
        case=case,
        part=one.part,
        staff=one.staff,
        pupil=one.pupil,
        parent=one.parent,
        words=one.called[:200],
        at=at,
        by=by,
    )
    return party


def code_hash(typed: str) -> str:
    """How a code is kept: without spaces, dashes and case, hashed."""
    plain = "".join(mark for mark in typed.upper() if mark.isalnum())
    return hashlib.sha256(f"belisha.case:{plain}".encode()).hexdigest()


def case_of_code(typed: str) -> Case | None:
    """The case whose code this is. Whoever asks counts the tries (see the views)."""
    found: Case | None = Case.objects.filter(code_hash=code_hash(typed)).first()
    return found


@transaction.atomic
def answer(case: Case, *, words: str, at: datetime) -> Happening:
    """Whoever told us says more, or answers a question. Their code is the right to it."""
    return write(case, Happening.What.ANSWER, words, by=None, at=at, private=False)


@transaction.atomic
def ask(case: Case, *, words: str, by: User, at: datetime) -> Happening:
    """A handler asks whoever told us; they read it when they come back with their code."""
    return write(held(case, by, at), Happening.What.QUESTION, words, by=by, at=at, private=False)
