"""Devices that nobody can find, and what was done about it (P.ix)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belisha.devices.models.loans import Loan
from belisha.devices.models.register import Device
from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, User, scoped


class LossQuerySet(models.QuerySet["Loss"]):
    def standing(self) -> LossQuerySet:
        """Those of devices that are still looked for."""
        return self.filter(found_at=None, device__retired_at=None)

    def waiting(self) -> LossQuerySet:
        """Those for which nobody has written down what was done."""
        return self.filter(followed_up_at=None)


class Loss(SchoolRow):
    """One report that a device is lost. It waits until somebody writes down what was done."""

    class Held(models.TextChoices):
        CHILDREN = "children", "Yes, of children"
        NOTHING = "nothing", "No, it was wiped"
        UNKNOWN = "unknown", "I do not know"

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    device = models.ForeignKey(Device, models.CASCADE, related_name="+")
    loan = models.ForeignKey(Loan, models.SET_NULL, null=True, related_name="+")
    last_seen = models.CharField("when and where was it last seen?", max_length=200, blank=True)
    held = models.CharField("are pictures on it?", max_length=8, choices=Held.choices)
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    found_at = models.DateTimeField(null=True)
    found_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    found_where = models.CharField(max_length=200, blank=True)
    followed_up = models.TextField("what was done", blank=True)
    followed_up_at = models.DateTimeField(null=True)
    followed_up_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(LossQuerySet)

    class Meta:
        ordering = ["-reported_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "device"], condition=Q(found_at=None), name="device_lost_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.device} lost"

    @property
    def concerns_children(self) -> bool:
        """Whether the safeguarding lead must hear of it: unless it was surely wiped."""
        return self.held != self.Held.NOTHING
