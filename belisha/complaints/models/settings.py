"""The school's own target times for complaints."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from belisha.complaints.rules import Targets
from belisha.people.models import SchoolRow, User, scoped


class TargetsSet(SchoolRow):
    """By when each stage is answered, in school days. The newest row counts for what begins."""

    acknowledge = models.PositiveSmallIntegerField()
    concern = models.PositiveSmallIntegerField()
    one = models.PositiveSmallIntegerField()
    two = models.PositiveSmallIntegerField()
    panel = models.PositiveSmallIntegerField()
    go_on = models.PositiveSmallIntegerField()
    keep_years = models.PositiveSmallIntegerField()
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"set on {self.at:%-d %B %Y}"


TARGETS = tuple(Targets.__dataclass_fields__)


def targets_now() -> Targets:
    """What the school has set, or what is usual."""
    row = TargetsSet.objects.first()
    return Targets(**{name: getattr(row, name) for name in TARGETS}) if row else Targets()
