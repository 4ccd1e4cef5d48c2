"""The register: every child that a person may see, and what counts for each purpose on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from belisha.consent.access import pupils_seen_by
from belisha.consent.models import facts
from belisha.consent.rules import Fact
from belisha.people.models import Pupil, SchoolClass, User
from belisha.policy.models import Purpose


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
) -> Register:
    """Gather the register. `state` is a `Fact`, looked for in the purposes that are shown."""
    pupils = pupils_seen_by(user).order_by("school_class", "first_name", "last_name", "id")
    if school_class:
        pupils = pupils.filter(school_class=school_class)
    for word in words.split():
        pupils = pupils.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(known_as__icontains=word)
        )
    purposes = (purpose,) if purpose else tuple(Purpose.objects.in_use())
    rows = [Row(pupil, cells) for pupil, cells in _cells(list(pupils), purposes, on)]
    wanted = [row for row in rows if not state or row.has(state)]
    answered = sum(row.answered for row in rows)
    return Register(purposes, tuple(wanted), answered, len(rows))


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
