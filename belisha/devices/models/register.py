"""The school's own cameras, tablets and cards (P.ii, P.ix)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, User, scoped


class DeviceQuerySet(models.QuerySet["Device"]):
    def in_use(self) -> DeviceQuerySet:
        return self.filter(retired_at=None)


class Device(SchoolRow):
    """One camera, tablet or card of the school, with a label that says its name."""

    class Kind(models.TextChoices):
        CAMERA = "camera", "Camera"
        VIDEO_CAMERA = "video-camera", "Video camera"
        TABLET = "tablet", "Tablet"
        CARD = "card", "Memory card"
        OTHER = "other", "Other"

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    name = models.CharField("name on its label", max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    lives_in = models.CharField("where it is kept", max_length=80)
    added_at = models.DateTimeField(editable=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = scoped(DeviceQuerySet)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"],
                condition=models.Q(retired_at=None),
                name="device_name_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
