"""Accounts that seem to be the school's and are not (D.iv)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from belisha.channels.directory import Service, service_named
from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, User, scoped


class FoundAccountQuerySet(models.QuerySet["FoundAccount"]):
    def undecided(self) -> FoundAccountQuerySet:
        return self.filter(decided_at=None)

    def open(self) -> FoundAccountQuerySet:
        """Those with which something is still to be done."""
        return self.filter(closed_at=None)

    def visible_to(self, user: User) -> FoundAccountQuerySet:
        return self if user.is_staff_member else self.none()


class FoundAccount(SchoolRow):
    """An account that somebody found and that is perhaps not ours. It says nothing of a person.

    The head decides. What was done about one that is not ours stands in its steps. A case of the
    next issue will point to this row.
    """

    class ToldBy(models.TextChoices):
        STAFF = "staff", "Staff"
        FAMILY = "family", "A family"
        PUPIL = "pupil", "A pupil"
        PAGE = "page", "Someone, on our public page"
        OTHER = "other", "Someone else"

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    service = models.SlugField(max_length=40, blank=True)
    other_service = models.CharField("name of the service", max_length=80, blank=True)
    name = models.CharField("name of the account", max_length=120)
    url = models.URLField("address", max_length=300, blank=True)
    seen = models.TextField("what was seen", max_length=2000, blank=True)
    seen_on = models.DateField("when")
    told_by = models.CharField("who told us", max_length=6, choices=ToldBy.choices)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    ours = models.BooleanField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    closed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = scoped(FoundAccountQuerySet)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        indexes = [models.Index(fields=["school", "closed_at"], name="found_account_open")]

    def __str__(self) -> str:
        return self.name

    @property
    def listed(self) -> Service | None:
        return service_named(self.service) if self.service else None

    @property
    def service_name(self) -> str:
        listed = self.listed
        return listed.name if listed else self.other_service or self.service

    @property
    def light(self) -> tuple[str, str]:
        """A shape and words: how it stands."""
        if self.decided_at is None:
            return "ask", "The head decides"
        if self.ours:
            return "info", "Ours after all"
        return ("no", "Not ours") if self.closed_at is None else ("yes", "Not ours, followed up")


class FoundStep(SchoolRow):
    """What was done about an account that is not ours. Appended; the last one closes it."""

    found = models.ForeignKey(FoundAccount, models.CASCADE, related_name="steps")
    words = models.TextField("what was done", max_length=2000)
    closes = models.BooleanField("nothing more is to be done", default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.words
