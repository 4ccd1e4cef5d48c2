"""That a list for the school's filter was made (A.2)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from belisha.people.models import SchoolRow, User, scoped


class ListMade(SchoolRow):
    """One list, taken by somebody to be loaded into the filter. It is never changed."""

    group = models.CharField(max_length=10)
    form = models.CharField(max_length=10)
    domains = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "-at"], name="list_made_by_day")]

    def __str__(self) -> str:
        return f"{self.group}, {self.form}"
