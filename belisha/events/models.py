"""Occasions of the school, and whoever visits it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, User, scoped


class Filming(models.TextChoices):
    """Who may take pictures at an event (P.v)."""

    EVERYONE = "everyone", "Staff and parents, in full view"
    STAFF = "staff", "The school alone"
    NOBODY = "nobody", "Nobody"


class EventQuerySet(models.QuerySet["Event"]):
    def current(self) -> EventQuerySet:
        """Those that take place or took place."""
        return self.filter(cancelled_at=None)

    def over(self, at: datetime) -> EventQuerySet:
        return self.current().filter(ends_at__lte=at)


class Event(SchoolRow):
    """One occasion: sports day, a nativity play, an outing."""

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    filming = models.CharField(max_length=10, choices=Filming.choices, default=Filming.STAFF)
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = scoped(EventQuerySet)

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["school", "-starts_at"], name="event_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_later")
        ]

    def __str__(self) -> str:
        return self.title
