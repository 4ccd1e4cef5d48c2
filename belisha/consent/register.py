"""The register: every child that a person may see, and what counts for each purpose on a day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from belisha.consent.access import pupils_seen_by
from belisha.consent.models import facts
from belisha.consent.rules import Fact
from belisha.people.models import Pupil, SchoolClass, User
from belisha.people.rules import alphabetical, fits
from belisha.policy.models import Purpose

PAGE = 60  # children; two classes


class Sort(StrEnum):
    """In which order the children stand."""

    CLASS = "class"
    FIRST_NAME = "first-name"
    LAST_NAME = "last-name"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()

    def key(self, pupil: Pupil) -> tuple[object, ...]:
        """Where a child stands; who is in no class stands last."""
        first = alphabetical(pupil.known_as or pupil.first_name)
        last = alphabetical(pupil.last_name)
        if self is Sort.LAST_NAME:
            return last, first, pupil.pk
        if self is Sort.FIRST_NAME:
            return first, last, pupil.pk
        return *_place(pupil.school_class), first, last, pupil.pk


def _place(school_class: SchoolClass | None) -> tuple[object, ...]:
    if school_class is None:
        return (2,)
    year = school_class.year_group
    return year is None, year or 0, alphabetical(school_class.name)


@dataclass(frozen=True)
class Cell:
    """What counts for one child and purpose."""

    purpose: Purpose
    fact: Fact

    @property
    def light(self) -> str:
        return "info" if self.asked_each_time else self.fact.light

    @property
    def words(self) -> str:
        return "Asked for each picture" if self.asked_each_time else self.fact.label

    @property
    def asked_each_time(self) -> bool:
        """A general yes to this purpose counts for nothing (P.vi); a general no still stops it."""
        return self.purpose.each_picture and self.fact.light != "no"


@dataclass(frozen=True)
class Row:
    pupil: Pupil
    cells: tuple[Cell, ...]

    @property
    def answered(self) -> bool:
        return all(cell.fact is not Fact.NONE or cell.asked_each_time for cell in self.cells)

    def has(self, state: str) -> bool:
        return any(cell.fact == state and not cell.asked_each_time for cell in self.cells)


@dataclass(frozen=True)
class Register:
    """`asked` children were looked at, `answered` of them have an answer to every purpose shown.

    `rows` are those in the state that was asked for.
    """

    purposes: tuple[Purpose, ...]
    rows: tuple[Row, ...]
    answered: int
    asked: int


def register(
    user: User,
    *,
    on: date,
    school_class: SchoolClass | None = None,
    purpose: Purpose | None = None,
    state: str = "",
    words: str = "",
    sort: str = "",
) -> Register:
    """Gather the register. `state` is a `Fact`, looked for in the purposes that are shown.

    `words` are the beginnings of names. Eight queries at most, whatever the number of children.
    """
    pupils = pupils_seen_by(user)
    if school_class:
        pupils = pupils.filter(school_class=school_class)
    found = [
        pupil
        for pupil in pupils
        if not words or fits(words, pupil.first_name, pupil.known_as, pupil.last_name)
    ]
    found.sort(key=Sort(sort or Sort.CLASS).key)
    purposes = (purpose,) if purpose else tuple(Purpose.objects.in_use())
    rows = [Row(pupil, cells) for pupil, cells in _cells(found, purposes, on)]
    wanted = [row for row in rows if not state or row.has(state)]
    answered = sum(row.answered for row in rows)
    return Register(purposes, tuple(wanted), answered, len(rows))


def next_of_class(pupil: Pupil, user: User) -> Pupil | None:
    """The child after this one in the class, as the register stands; None after the last."""
    if pupil.school_class is None:
        return None
    others = pupils_seen_by(user).filter(school_class=pupil.school_class)
    here = Sort.CLASS.key(pupil)
    return min(
        (other for other in others if Sort.CLASS.key(other) > here),
        key=Sort.CLASS.key,
        default=None,
    )


def cells_of(pupil: Pupil, *, on: date) -> tuple[Cell, ...]:
    """What counts for one child, for every purpose in use."""
    return _cells([pupil], tuple(Purpose.objects.in_use()), on)[0][1]


def _cells(
    pupils: list[Pupil], purposes: tuple[Purpose, ...], on: date
) -> list[tuple[Pupil, tuple[Cell, ...]]]:
    said = facts([pupil.pk for pupil in pupils], on=on, purposes=purposes)
    return [
        (pupil, tuple(Cell(purpose, said[pupil.pk, purpose.key]) for purpose in purposes))
        for pupil in pupils
    ]
