"""The school's calendar: days marked, changed and taken out, and the hours of school."""

from collections.abc import Collection, Sequence
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import can_manage_people, require
from belisha.people.actions.amend import amend
from belisha.people.bank_holidays import Nation
from belisha.people.calendar import Days, Mark
from belisha.people.models import MarkedDays, School, SchoolHours, User

LONGEST = 366  # days that one mark may cover


@transaction.atomic
def mark(school: School, days: Days, *, by: User, at: datetime) -> MarkedDays:
    """Write a term or closed days into the calendar; every deadline counts by it from now on."""
    require(can_manage_people(by))
    _lock(school)
    _refuse(days)
    row = _made(school, days)
    _record(row, "calendar.marked", by=by, at=at)
    return row


@transaction.atomic
def change(row: MarkedDays, days: Days, *, by: User, at: datetime) -> MarkedDays:
    """Correct what the days are, when they are, or what they are called."""
    require(can_manage_people(by))
    _lock(row.school)
    _refuse(days, but=row)
    amend(
        row,
        mark=days.mark,
        name=days.name,
        first_day=days.first_day,
        last_day=days.last_day,
        ends=days.ends,
    )
    _record(row, "calendar.changed", by=by, at=at)
    return row


@transaction.atomic
def take_out(row: MarkedDays, *, by: User, at: datetime) -> None:
    """Take days out of the calendar. The record keeps when they were, so they can be put back."""
    require(can_manage_people(by))
    _record(row, "calendar.taken-out", by=by, at=at)
    row.delete()


@transaction.atomic
def take_over(
    school: School, marked: Collection[Days], *, by: User, at: datetime
) -> tuple[int, int]:
    """Write many days at once, all or none; return how many, and how many were there already."""
    require(can_manage_people(by))
    _lock(school)
    known = {(row.mark, row.first_day, row.last_day) for row in MarkedDays.objects.all()}
    new = [days for days in marked if (days.mark, days.first_day, days.last_day) not in known]
    for days in new:
        _refuse(days)
        _record(_made(school, days), "calendar.marked", by=by, at=at)
    return len(new), len(marked) - len(new)


@transaction.atomic
def set_hours(
    school: School,
    *,
    nation: Nation,
    starts: time,
    ends: time,
    breaks: Sequence[tuple[time, time]],
    by: User,
    at: datetime,
) -> SchoolHours:
    """Say from when to when the school teaches, when it rests, and whose bank holidays it keeps."""
    require(can_manage_people(by))
    row: SchoolHours = SchoolHours.objects.get_or_create(school=school)[0]
    written = [[f"{first:%H:%M}", f"{last:%H:%M}"] for first, last in breaks]
    changed = amend(row, nation=nation, starts=starts, ends=ends, breaks=written)
    record("calendar.hours-set", row, by=by.pk, at=at, fields=changed)
    return row


def _made(school: School, days: Days) -> MarkedDays:
    row: MarkedDays = MarkedDays.objects.create(
        school=school,
        mark=days.mark,
        name=days.name,
        first_day=days.first_day,
        last_day=days.last_day,
        ends=days.ends,
    )
    return row


def _record(row: MarkedDays, verb: str, *, by: User, at: datetime) -> None:
    record(
        verb,
        row,
        by=by.pk,
        at=at,
        mark=row.mark,
        first_day=row.first_day.isoformat(),
        last_day=row.last_day.isoformat(),
    )


def _lock(school: School) -> None:
    """All who change the calendar stand in one line, or two terms could lie over one another."""
    School.objects.select_for_update().get(pk=school.pk)


def _refuse(days: Days, *, but: MarkedDays | None = None) -> None:
    """Two terms never share a day. Closed days may: a strike can fall on an INSET day."""
    if (days.last_day - days.first_day).days > LONGEST:
        raise ValidationError("That is longer than a year. Look at the days again.")
    if days.mark is not Mark.TERM:
        return
    others = MarkedDays.objects.filter(mark=Mark.TERM).between(days.first_day, days.last_day)
    other = (others.exclude(pk=but.pk) if but else others).first()
    if other:
        raise ValidationError(
            f"{other} is from {other.first_day:%-d %B %Y} to {other.last_day:%-d %B %Y}. "
            "Two terms cannot share a day."
        )
