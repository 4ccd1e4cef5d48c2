"""The school's calendar: its terms and closed days, its hours, and whose bank holidays it keeps."""

from __future__ import annotations

from datetime import date, time
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from belisha.people.bank_holidays import Nation
from belisha.people.calendar import USUAL_END, USUAL_START, Break, Calendar, Days, Mark
from belisha.people.models.everyone import School, SchoolRow, scoped


class MarkedDaysQuerySet(models.QuerySet["MarkedDays"]):
    def between(self, first: date, last: date) -> MarkedDaysQuerySet:
        """Those of which at least one day lies between two days, both counted."""
        return self.filter(first_day__lte=last, last_day__gte=first)


class MarkedDays(SchoolRow):
    """A term, days on which the school or the local authority is closed, or that end early."""

    mark = models.CharField(max_length=15, choices=[(mark.value, mark.label) for mark in Mark])
    name = models.CharField(max_length=80, blank=True)
    first_day = models.DateField()
    last_day = models.DateField()
    ends = models.TimeField(null=True)  # of days that end early

    objects: ClassVar[Any] = scoped(MarkedDaysQuerySet)

    class Meta:
        ordering = ["first_day", "last_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="marked_days_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.name or Mark(self.mark).label

    @property
    def days(self) -> Days:
        return Days(Mark(self.mark), self.first_day, self.last_day, self.name, self.ends)


class SchoolHours(SchoolRow):
    """From when to when a school teaches, its breaks, and its nation. There is one for a school."""

    nation = models.CharField(
        max_length=20,
        choices=[(nation.value, nation.label) for nation in Nation],
        default=Nation.ENGLAND_AND_WALES,
    )
    starts = models.TimeField(default=USUAL_START)
    ends = models.TimeField(default=USUAL_END)
    breaks = models.JSONField(default=list)  # pairs such as ["12:00", "13:00"]

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school"], name="school_hours_once")]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M} to {self.ends:%H:%M}"


def calendar_of(school: School) -> Calendar:
    """The calendar of a school, by which every deadline counts; an unset one counts as usual."""
    marked = tuple(row.days for row in MarkedDays.objects.filter(school=school))
    hours = SchoolHours.objects.filter(school=school).first()
    if hours is None:
        return Calendar(marked=marked)
    return Calendar(
        nation=Nation(hours.nation),
        marked=marked,
        starts=hours.starts,
        ends=hours.ends,
        breaks=tuple(
            Break(time.fromisoformat(starts), time.fromisoformat(ends))
            for starts, ends in hours.breaks
        ),
    )
