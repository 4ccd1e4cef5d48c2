"""Who had which device, and which visits it left the school for (P.ii, P.ix).

Whoever is erased from the list of staff leaves a loan without a name.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from belisha.devices.models.register import Condition, Device
from belisha.events.models import Event
from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, Staff, User, scoped


class PlanQuerySet(models.QuerySet["Plan"]):
    def open(self, on: date) -> PlanQuerySet:
        """Those that are not over and not cancelled."""
        return self.filter(cancelled_at=None, back_on__gte=on)


class Plan(SchoolRow):
    """That a device is to leave the school for a visit. The head agrees to it or not.

    `visit` is an event of the school, or None for one that is written down here alone, by its title
    and place. A plan is never changed: whoever wants something else cancels it and makes another.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    device = models.ForeignKey(Device, models.CASCADE, related_name="+")
    holder = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    visit = models.ForeignKey(Event, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)
    leaves_on = models.DateField()
    back_on = models.DateField()
    purpose = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(PlanQuerySet)

    class Meta:
        ordering = ["-leaves_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(back_on__gte=F("leaves_on")), name="plan_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.device} to {self.where_to}"

    @property
    def where_to(self) -> str:
        """The visit and its place, in words."""
        title, place = (self.visit or self).title, (self.visit or self).place
        return f"{title}, {place}" if place else title

    @property
    def visit_days(self) -> tuple[date, date] | None:
        """The first and last day of the visit, or None when it does not take place."""
        if self.visit is None:
            return self.leaves_on, self.back_on
        if self.visit.cancelled_at:
            return None
        return timezone.localdate(self.visit.starts_at), timezone.localdate(self.visit.ends_at)


class Memory(models.TextChoices):
    """What whoever brings a device back says of its memory."""

    WIPED = "wiped", "Wiped: nothing is on it"
    UNUSED = "unused", "Nothing was taken with it"
    FULL = "full", "Pictures are still on it"
    GONE = "gone", "It never came back"
    NOT_ASKED = "", "Not asked"


class LoanQuerySet(models.QuerySet["Loan"]):
    def open(self) -> LoanQuerySet:
        return self.filter(back_at=None)

    def unwiped(self) -> LoanQuerySet:
        """Those that ended with pictures on the device, and no wipe since."""
        from belisha.devices.models.memory import Wipe  # which knows loans in its turn

        since = Wipe.objects.filter(device=OuterRef("device"), at__gte=OuterRef("back_at"))
        return self.filter(memory=Memory.FULL).exclude(Exists(since))

    def late(self, at: datetime) -> LoanQuerySet:
        return self.open().filter(due_at__lt=at)


class Loan(SchoolRow):
    """One device in somebody's hands, from signing it out to signing it in."""

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    device = models.ForeignKey(Device, models.CASCADE, related_name="+")
    holder = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="+")  # off site by it
    purpose = models.CharField(max_length=200, blank=True)
    out_at = models.DateTimeField()
    due_at = models.DateTimeField()
    signed_out = models.TextField(blank=True)  # what was drawn on the screen: see people.glass
    out_by = models.ForeignKey(User, models.PROTECT, related_name="+")  # who was signed in there
    back_at = models.DateTimeField(null=True)
    brought_by = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    signed_in = models.TextField(blank=True)
    back_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    condition = models.CharField(max_length=6, choices=Condition.choices, blank=True)
    memory = models.CharField(max_length=6, choices=Memory.choices, blank=True)
    told = models.PositiveSmallIntegerField(default=0)  # whom mail told that it is late: rules.Late

    objects: ClassVar[Any] = scoped(LoanQuerySet)

    class Meta:
        ordering = ["-out_at", "-id"]
        indexes = [models.Index(fields=["school", "-out_at"], name="loan_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "device"], condition=Q(back_at=None), name="device_out_once"
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("out_at")), name="loan_due_later"),
        ]

    def __str__(self) -> str:
        return f"{self.device}, {self.who}"

    @property
    def who(self) -> str:
        return self.holder.name if self.holder else "Somebody who has left"

    @property
    def is_ownerless(self) -> bool:
        """Whether whoever has it works here no longer."""
        return self.holder is None or self.holder.left_on is not None

    def is_late(self, at: datetime) -> bool:
        return self.back_at is None and self.due_at < at
