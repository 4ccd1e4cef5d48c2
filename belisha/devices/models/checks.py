"""The termly stock check: every device looked for, and what differs (P.ix)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from belisha.devices.models.register import Condition, Device
from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, Staff, User, scoped


class StockCheck(SchoolRow):
    """One walk through all devices. There is one at a time; what is finished never changes."""

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(finished_at=None), name="stock_check_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"stock check of {self.started_at:%-d %B %Y}"


class StockLineQuerySet(models.QuerySet["StockLine"]):
    def differing(self) -> StockLineQuerySet:
        """Those of devices that were not there, or not as the register said."""
        return self.filter(Q(seen=False) | ~Q(condition=F("condition_before")))


class StockLine(SchoolRow):
    """What was found of one device, and in which condition the register had it before."""

    check_made = models.ForeignKey(StockCheck, models.CASCADE, related_name="lines")
    device = models.ForeignKey(Device, models.CASCADE, related_name="+")
    seen = models.BooleanField()
    condition = models.CharField(max_length=6, choices=Condition.choices)
    condition_before = models.CharField(max_length=6, choices=Condition.choices)
    out_with = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped(StockLineQuerySet)

    class Meta:
        ordering = ["device__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "check_made", "device"], name="stock_line_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.device}: {'seen' if self.seen else 'not seen'}"
