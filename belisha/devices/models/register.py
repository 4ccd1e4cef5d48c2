"""The school's own cameras, tablets and cards (P.ii, P.ix)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from belisha.lib.ids import new_ref
from belisha.people.models import SchoolClass, SchoolRow, Staff, StaffQuerySet, User, scoped
from belisha.people.rules import STAFF


class Condition(models.TextChoices):
    GOOD = "good", "Good"
    WORN = "worn", "Worn, but works"
    BROKEN = "broken", "Does not work"


class DeviceQuerySet(models.QuerySet["Device"]):
    def in_use(self) -> DeviceQuerySet:
        return self.filter(retired_at=None)

    def for_pictures(self) -> DeviceQuerySet:
        return self.in_use().filter(takes_pictures=True)


class Device(SchoolRow):
    """One camera, tablet or card of the school, with a label that says its name."""

    class Kind(models.TextChoices):
        CAMERA = "camera", "Camera"
        VIDEO_CAMERA = "video-camera", "Video camera"
        TABLET = "tablet", "Tablet"
        CARD = "card", "Memory card"
        OTHER = "other", "Other"

    class Users(models.TextChoices):
        ALL = "all", "All staff"
        CLASS = "class", "The staff of one class"
        NAMED = "named", "Named people"

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    name = models.CharField("name on its label", max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    serial = models.CharField("serial number", max_length=80, blank=True)
    lives_in = models.CharField("where it is kept", max_length=80)
    users = models.CharField(
        "who may use it", max_length=5, choices=Users.choices, default=Users.ALL
    )
    school_class = models.ForeignKey(
        SchoolClass, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="class"
    )
    takes_pictures = models.BooleanField("pictures of pupils may be taken with it", default=True)
    condition = models.CharField(max_length=6, choices=Condition.choices, default=Condition.GOOD)
    added_at = models.DateTimeField(editable=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)
    retired_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    became = models.CharField("what became of it", max_length=200, blank=True, editable=False)
    wiped_for_good = models.BooleanField(null=True, editable=False)  # said when it was retired

    objects: ClassVar[Any] = scoped(DeviceQuerySet)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"], condition=Q(retired_at=None), name="device_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where its label leads."""
        return reverse("device", args=[self.ref])

    @property
    def icon(self) -> str:
        icons = {self.Kind.TABLET: "tablet", self.Kind.CARD: "box"}
        return icons.get(self.Kind(self.kind), "camera")

    @property
    def people(self) -> list[Staff]:
        """The named people who may use it."""
        return [one.staff for one in self.named.all()]

    @property
    def kept_for(self) -> str:
        """For whom it is, in words."""
        if self.users == self.Users.ALL:
            return "all staff"
        if self.users == self.Users.CLASS:
            return f"the staff of {self.school_class}"
        return " and ".join(sorted(one.name for one in self.people)) or "nobody yet"

    @property
    def borrowers(self) -> StaffQuerySet:
        """Those on the staff who may use it (P.ix)."""
        staff = borrowing_staff()
        if self.users == self.Users.CLASS:
            taught = self.school_class.teachers.all() if self.school_class else ()
            return staff.filter(pk__in=[one.pk for one in taught])
        return (
            staff.filter(pk__in=self.named.values("staff"))
            if self.users == self.Users.NAMED
            else staff
        )


def borrowing_staff() -> StaffQuerySet:
    """All who work here: governors and the parents' association borrow nothing."""
    here: StaffQuerySet = Staff.objects.current().filter(roles__role__in=STAFF)
    return here.distinct()


class DevicePerson(SchoolRow):
    """One of the named people who may use a device."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="named")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "device", "staff"], name="device_person_once")
        ]

    def __str__(self) -> str:
        return f"{self.staff} may use {self.device}"
