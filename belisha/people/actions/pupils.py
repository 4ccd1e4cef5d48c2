"""Pupils: added, changed, moved, gone, back again, erased."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import can_manage_people, require
from belisha.people.actions.amend import amend
from belisha.people.actions.parents import blank
from belisha.people.models import Parent, Protection, Pupil, Relation, School, SchoolClass, User


@transaction.atomic
def add(school: School, *, by: User, at: datetime, **details: Any) -> Pupil:
    """Add a child. `details`: names, `key`, `school_class`, `year_group` (the class's if None)."""
    require(can_manage_people(by))
    _refuse_same_key(details["key"])
    pupil: Pupil = Pupil.objects.create(school=school, **_with_year(details))
    record("pupil.added", pupil, by=by.pk, at=at)
    return pupil


@transaction.atomic
def change(pupil: Pupil, *, by: User, at: datetime, **details: Any) -> Pupil:
    """Correct what is known of a child; `details` as for `add`."""
    require(can_manage_people(by))
    row = _locked(pupil)
    _refuse_same_key(details["key"], but=row)
    changed = amend(row, **_with_year(details))
    record("pupil.changed", row, by=by.pk, at=at, fields=changed, school_class=row.school_class_id)
    return row


@transaction.atomic
def move(pupils: Collection[Pupil], *, to: SchoolClass, by: User, at: datetime) -> int:
    """Put children into a class and its year group; return how many."""
    require(can_manage_people(by))
    for pupil in pupils:
        row = _locked(pupil)
        year = row.year_group if to.year_group is None else to.year_group
        amend(row, school_class=to, year_group=year)
        record("pupil.moved", row, by=by.pk, at=at, school_class=to.pk)
    return len(pupils)


@transaction.atomic
def leave(pupil: Pupil, *, on: date, by: User, at: datetime) -> Pupil:
    """The child has left. Parents see nothing of the child from now on."""
    require(can_manage_people(by))
    row = _locked(pupil)
    amend(row, left_on=on)
    record("pupil.left", row, by=by.pk, at=at, on=on.isoformat())
    return row


@transaction.atomic
def come_back(pupil: Pupil, *, by: User, at: datetime) -> Pupil:
    """The child is at the school again: in the old class, unless that has ended."""
    require(can_manage_people(by))
    row = _locked(pupil)
    still = row.school_class if row.school_class and not row.school_class.ended_on else None
    amend(row, left_on=None, school_class=still)
    record("pupil.returned", row, by=by.pk, at=at)
    return row


@transaction.atomic
def erase(pupil: Pupil, *, by: User, at: datetime) -> Pupil:
    """Forget who a child was. Only after the child has left; it cannot be undone.

    Names, numbers, class and family ties go, and every parent who has no other child here. The
    bare number stays, with the answers and the boxes in pictures that point to it: with no family
    left nobody can say yes, so whatever still shows the child stays hidden or is refused.
    """
    require(can_manage_people(by))
    row = _locked(pupil)
    if row.left_on is None:
        raise ValidationError("The child is still at the school. Write down that they left first.")
    family = list(Parent.objects.filter(relations__pupil=row).distinct())
    Relation.objects.filter(pupil=row).delete()
    Protection.objects.filter(pupil=row).delete()
    orphans = [parent for parent in family if not parent.relations.exists()]
    for parent in orphans:
        blank(parent, by=by, at=at)
    amend(
        row,
        first_name="Erased",
        last_name="",
        known_as="",
        key="",
        school_class=None,
        year_group=None,
        erased_at=at,
    )
    for forget in _forget_too:
        forget(row)
    record("pupil.erased", row, by=by.pk, at=at)
    return row


_forget_too: list[Callable[[Pupil], None]] = []


def forget_too(forget: Callable[[Pupil], None]) -> None:
    """Let an area above let go of what names an erased child, in the same transaction."""
    if forget not in _forget_too:
        _forget_too.append(forget)


def _locked(pupil: Pupil) -> Pupil:
    row: Pupil = Pupil.objects.select_for_update().get(pk=pupil.pk, erased_at=None)
    return row


def _with_year(details: dict[str, Any]) -> dict[str, Any]:
    school_class = details["school_class"]
    if details["year_group"] is None and school_class:
        return {**details, "year_group": school_class.year_group}
    return details


def _refuse_same_key(key: str, *, but: Pupil | None = None) -> None:
    same = Pupil.objects.filter(key=key) if key else Pupil.objects.none()
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise ValidationError({"key": "Another child has this number."})
