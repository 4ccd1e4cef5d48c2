"""Classes: made, changed, ended and opened again."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import can_manage_people, require
from belisha.people.actions.amend import amend
from belisha.people.models import Pupil, School, SchoolClass, Staff, User


@transaction.atomic
def add(
    school: School,
    *,
    name: str,
    year_group: int | None,
    teachers: Collection[Staff],
    by: User,
    at: datetime,
) -> SchoolClass:
    """Make a class."""
    require(can_manage_people(by))
    _refuse_same_name(name)
    school_class: SchoolClass = SchoolClass.objects.create(
        school=school, name=name, year_group=year_group
    )
    school_class.teachers.set(teachers, through_defaults={"school": school})
    record("class.made", school_class, by=by.pk, at=at)
    return school_class


@transaction.atomic
def change(
    school_class: SchoolClass,
    *,
    name: str,
    year_group: int | None,
    teachers: Collection[Staff],
    by: User,
    at: datetime,
) -> SchoolClass:
    """Rename a class, or change its year group or its teachers."""
    require(can_manage_people(by))
    row: SchoolClass = SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    _refuse_same_name(name, but=row)
    changed = amend(row, name=name, year_group=year_group)
    row.teachers.set(teachers, through_defaults={"school": row.school})
    ids = sorted(staff.pk for staff in teachers)
    record("class.changed", row, by=by.pk, at=at, fields=changed, teachers=ids)
    return row


@transaction.atomic
def end(school_class: SchoolClass, *, on: date, by: User, at: datetime) -> SchoolClass:
    """End an empty class. Its past stays: albums and answers know it by its number."""
    require(can_manage_people(by))
    row: SchoolClass = SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    if Pupil.objects.current().filter(school_class=row).exists():
        raise ValidationError("There are still children in this class. Move them first.")
    amend(row, ended_on=on)
    record("class.ended", row, by=by.pk, at=at, on=on.isoformat())
    return row


@transaction.atomic
def reopen(school_class: SchoolClass, *, by: User, at: datetime) -> SchoolClass:
    """Take back the end of a class."""
    require(can_manage_people(by))
    row: SchoolClass = SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    _refuse_same_name(row.name, but=row)
    amend(row, ended_on=None)
    record("class.reopened", row, by=by.pk, at=at)
    return row


def _refuse_same_name(name: str, *, but: SchoolClass | None = None) -> None:
    same = SchoolClass.objects.current().filter(name__iexact=name)
    if (same.exclude(pk=but.pk) if but else same).exists():
        raise ValidationError({"name": f"There is a class called {name} already."})
