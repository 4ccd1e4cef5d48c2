"""Limits to contact with somebody who complains again and again: two decide, for a time."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from belisha.complaints.models.complaints import Complaint
from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, User, scoped


class ContactLimitQuerySet(models.QuerySet["ContactLimit"]):
    def proposed(self) -> ContactLimitQuerySet:
        return self.filter(confirmed_at=None, ended_at=None)

    def counting(self) -> ContactLimitQuerySet:
        return self.exclude(confirmed_at=None).filter(ended_at=None)


class ContactLimit(SchoolRow):
    """How the school keeps contact with one person for a time. Every new concern is still read.

    One proposes it, with reasons and what was tried; another confirms; it is looked at by a day.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="limits")
    limit = models.TextField(max_length=2000)
    reasons = models.TextField(max_length=4000)
    tried = models.TextField(max_length=4000)
    review_on = models.DateField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    why_ended = models.TextField(max_length=2000, blank=True)

    objects: ClassVar[Any] = scoped(ContactLimitQuerySet)

    class Meta:
        ordering = ["-proposed_at", "-id"]

    def __str__(self) -> str:
        return self.limit

    @property
    def is_proposed(self) -> bool:
        """Whether it waits for a second person."""
        return self.confirmed_at is None and self.ended_at is None

    @property
    def light(self) -> tuple[str, str]:
        if self.ended_at:
            return "quiet", "Ended" if self.confirmed_at else "Not confirmed"
        return ("info", "Counts") if self.confirmed_at else ("ask", "Waits for a second person")
