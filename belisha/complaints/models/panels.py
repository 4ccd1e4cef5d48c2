"""A panel of governors: three people who had nothing to do with it before."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belisha.people.models import SchoolRow, Staff, User, scoped


class Panel(SchoolRow):
    """When and where a panel meets about a complaint. The newest of a stage counts."""

    step = models.ForeignKey("complaints.Step", models.CASCADE, related_name="panels")
    meets_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    papers_by = models.DateField()
    papers_sent_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"panel on {self.meets_at:%-d %B %Y}"


class PanelMember(SchoolRow):
    """Who sits on it: a governor of ours, or somebody from elsewhere, who has no row here."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="members")
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    called = models.CharField(max_length=120, blank=True)
    until_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "panel", "staff"],
                condition=Q(staff__isnull=False),
                name="panel_member_once",
            )
        ]

    def __str__(self) -> str:
        return self.staff.name if self.staff else self.called
