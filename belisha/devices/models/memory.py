"""What was brought in from a device, and that its memory was wiped (P.ii)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef

from belisha.devices.models.loans import Loan
from belisha.devices.models.register import Device
from belisha.people.models import SchoolRow, Staff, User, scoped


class ImportQuerySet(models.QuerySet["Import"]):
    def unwiped(self) -> ImportQuerySet:
        """Those whose device was not wiped since."""
        since = Wipe.objects.filter(device=OuterRef("device"), at__gte=OuterRef("at"))
        return self.exclude(Exists(since))


class Import(SchoolRow):
    """Pictures that were brought in from a device, into one place, until it was wiped.

    `about` names where they are, for areas above; `at` is when the last of them came.
    """

    device = models.ForeignKey(Device, models.CASCADE, related_name="+")
    loan = models.ForeignKey(Loan, models.SET_NULL, null=True, related_name="+")
    about = models.CharField(max_length=22)
    count = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped(ImportQuerySet)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "device", "-at"], name="import_by_device")]

    def __str__(self) -> str:
        return f"{self.count} from {self.device}"


class Wipe(SchoolRow):
    """That a memory was wiped: as many as were brought in, or why not. A second person may attest.

    `imported` is what the register knew of at that moment. It is corrected by wiping once more.
    """

    device = models.ForeignKey(Device, models.CASCADE, related_name="+")
    imported = models.PositiveIntegerField()
    wiped = models.PositiveIntegerField()
    why = models.CharField(max_length=300, blank=True)  # why the two differ
    wiper = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    witness = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    signed = models.TextField(blank=True)  # by the witness
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "device", "-at"], name="wipe_by_device")]

    def __str__(self) -> str:
        return f"{self.device} wiped"
