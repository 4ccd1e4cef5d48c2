"""Who may be in what: sheets for a class or an event, by arrangement and never by reason.

A teacher with a camera, and a wall that others pass, need one mark only: this child may be in the
picture, or is not in it. Why is not on the sheet: no answer, a no, answers that differ, a yes that
ran out and a child who must not be found look the same (clause P.i).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Q

from belisha.audit.actions import record
from belisha.consent.access import can_change_sheet, classes_seen_by, pupils_seen_by
from belisha.consent.models import Sheet, SheetClass, SheetPupil, facts
from belisha.consent.register import Sort
from belisha.consent.rules import Fact
from belisha.people.access import require
from belisha.people.models import Pupil, SchoolClass, User
from belisha.people.models import PupilQuerySet as Pupils
from belisha.people.rules import told_apart
from belisha.policy.models import Purpose


@dataclass(frozen=True)
class Place:
    """Where one child is when a picture for one purpose is taken: in it, or beside it."""

    purpose: Purpose
    seen: bool


@dataclass(frozen=True)
class Line:
    """One child, by first name and initial, in the order of the purposes."""

    name: str
    class_name: str
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Arrangement:
    """What a sheet says. `each_picture`: purposes for which nobody is in it before a yes to it."""

    purposes: tuple[Purpose, ...]
    each_picture: tuple[Purpose, ...]
    lines: tuple[Line, ...]

    @property
    def classes(self) -> list[tuple[str, list[Line]]]:
        """The lines class by class."""
        grouped = groupby(self.lines, key=lambda line: line.class_name)
        return [(name, list(lines)) for name, lines in grouped]

    @property
    def totals(self) -> list[tuple[Purpose, int]]:
        """How many may be in the picture, for each purpose."""
        return [(purpose, len(self.in_it(purpose))) for purpose in self.purposes]

    def in_it(self, purpose: Purpose) -> list[Line]:
        return [line for line in self.lines if Place(purpose, True) in line.places]

    def beside(self, purpose: Purpose) -> list[Line]:
        return [line for line in self.lines if Place(purpose, False) in line.places]


def arrangement(pupils: Iterable[Pupil], *, on: date) -> Arrangement:
    """Arrange children for every purpose in use, as their families' answers count on a day.

    Two children of one class who are called the same in full cannot be told apart on a sheet: each
    is in the picture only if both may be.
    """
    children = sorted(pupils, key=Sort.CLASS.key)
    asked = list(Purpose.objects.in_use())
    purposes = tuple(purpose for purpose in asked if not purpose.each_picture)
    said = facts([child.pk for child in children], on=on, purposes=purposes)
    names = told_apart(
        [(child.known_as or child.first_name, child.last_name) for child in children]
    )
    called = [
        (name, str(child.school_class or "")) for name, child in zip(names, children, strict=True)
    ]
    covered = {
        (*who, purpose.pk)
        for who, child in zip(called, children, strict=True)
        for purpose in purposes
        if said[child.pk, purpose.key] is not Fact.GIVEN
    }
    return Arrangement(
        purposes,
        tuple(purpose for purpose in asked if purpose.each_picture),
        tuple(
            Line(*who, tuple(Place(one, (*who, one.pk) not in covered) for one in purposes))
            for who in called
        ),
    )


def pupils_on(sheet: Sheet) -> Pupils:
    """Who comes to an event: whoever is in its classes today, and the single children."""
    classes = SheetClass.objects.filter(sheet=sheet).values("school_class")
    single = SheetPupil.objects.filter(sheet=sheet).values("pupil")
    pupils: Pupils = Pupil.objects.current().select_related("school_class")
    return pupils.filter(Q(school_class__in=classes) | Q(pk__in=single))


@transaction.atomic
def make(
    title: str, *, on: date, classes: Collection[SchoolClass], by: User, at: datetime
) -> Sheet:
    """Keep a sheet for an event. Of the classes those count that the person may see."""
    require(by.is_staff_member)
    sheet: Sheet = Sheet.objects.create(
        school=by.school, title=title, on=on, made_at=at, made_by=by
    )
    _choose(sheet, classes, by)
    record("sheet.made", sheet, by=by.pk, at=at, classes=[one.pk for one in classes])
    return sheet


@transaction.atomic
def change(
    sheet: Sheet,
    *,
    title: str,
    on: date,
    classes: Collection[SchoolClass],
    by: User,
    at: datetime,
) -> None:
    """Change what a sheet is for. Classes that the person may not see stay as they are."""
    require(can_change_sheet(by, sheet))
    sheet.title, sheet.on = title, on
    sheet.save()
    _choose(sheet, classes, by)
    record("sheet.changed", sheet, by=by.pk, at=at, classes=[one.pk for one in classes])


@transaction.atomic
def put_on(sheet: Sheet, pupil: Pupil, *, by: User, at: datetime) -> None:
    """A single child comes too."""
    require(can_change_sheet(by, sheet) and pupils_seen_by(by).filter(pk=pupil.pk).exists())
    _, new = SheetPupil.objects.get_or_create(school=sheet.school, sheet=sheet, pupil=pupil)
    if new:
        record("sheet.changed", sheet, by=by.pk, at=at, put_on=pupil.pk)


@transaction.atomic
def take_off(sheet: Sheet, pupil_id: int, *, by: User, at: datetime) -> None:
    """A single child does not come after all."""
    require(can_change_sheet(by, sheet))
    gone, _ = SheetPupil.objects.filter(sheet=sheet, pupil=pupil_id).delete()
    if gone:
        record("sheet.changed", sheet, by=by.pk, at=at, taken_off=pupil_id)


@transaction.atomic
def remove(sheet: Sheet, *, by: User, at: datetime) -> None:
    """Remove a sheet. What families answered stays, of course."""
    require(can_change_sheet(by, sheet))
    record("sheet.removed", sheet, by=by.pk, at=at)
    sheet.delete()


def _choose(sheet: Sheet, classes: Collection[SchoolClass], by: User) -> None:
    mine = set(classes_seen_by(by).values_list("pk", flat=True))
    wanted = {one.pk for one in classes} & mine
    rows = SheetClass.objects.filter(sheet=sheet)
    rows.filter(school_class__in=mine - wanted).delete()
    there = set(rows.values_list("school_class", flat=True))
    SheetClass.objects.bulk_create(
        SheetClass(school=sheet.school, sheet=sheet, school_class_id=pk)
        for pk in sorted(wanted - there)
    )
