"""Contacts that seem one person, and are two."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from belisha.people.models.everyone import Parent, SchoolRow, User, scoped


class NotOneQuerySet(models.QuerySet["NotOne"]):
    def about(self, parent: Parent) -> "NotOneQuerySet":
        return self.filter(Q(one=parent) | Q(other=parent))


class NotOne(SchoolRow):
    """Somebody said that these two contacts are two people. The smaller number is `one`."""

    one = models.ForeignKey(Parent, models.CASCADE, related_name="+")
    other = models.ForeignKey(Parent, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped(NotOneQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "one", "other"], name="not_one_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="not_one_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other} are two people"
