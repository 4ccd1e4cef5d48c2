"""Who decides while the head is away."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from belisha.people.models.everyone import SchoolRow, Staff, StaffRole, User, scoped
from belisha.people.rules import Role


class StandInQuerySet(models.QuerySet["StandIn"]):
    def counting(self, day: date) -> StandInQuerySet:
        """Those that count on a day: named for it, here, and a senior leader still."""
        leads = StaffRole.objects.filter(role=Role.SENIOR_LEADER).values("staff")
        here = self.filter(staff__in=leads, staff__left_on=None, ended_at=None)
        return here.filter(first_day__lte=day, last_day__gte=day).select_related("staff")

    def to_come(self, day: date) -> StandInQuerySet:
        """Those whose last day is not past and that nobody ended."""
        return self.filter(last_day__gte=day, ended_at=None)


class StandIn(SchoolRow):
    """A named senior leader who decides in the head's place from one day to another."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="who")
    first_day = models.DateField()
    last_day = models.DateField()
    named_at = models.DateTimeField(editable=False)
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped(StandInQuerySet)

    class Meta:
        ordering = ["-first_day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="stand_in_ends_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff}, {self.days}"

    @property
    def days(self) -> str:
        """From when until when, in words."""
        first, last = f"{self.first_day:%-d %B %Y}", f"{self.last_day:%-d %B %Y}"
        return first if first == last else f"{first} to {last}"


def stands_in(user: User, on: date) -> bool:
    """Whether the head named this person to decide on that day."""
    return bool(user.staff and StandIn.objects.counting(on).filter(staff=user.staff).exists())
