"""How long pictures are kept, what is kept longer and why, and that something was deleted."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models

from belisha.lib.ids import new_ref
from belisha.people.access import sees_whole_school
from belisha.people.models import SchoolRow, User, scoped
from belisha.photos.models.pictures import Album
from belisha.photos.retention import Keeps


class PeriodQuerySet(models.QuerySet["Period"]):
    def said(self) -> dict[str, int]:
        """Days by kind, as they were set last."""
        return dict(self.order_by("at", "id").values_list("kind", "days"))


class Period(SchoolRow):
    """How many days something is kept, as a person set it. The newest entry of a kind counts."""

    kind = models.CharField(max_length=10, choices=[(one.value, one.label) for one in Keeps])
    days = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped(PeriodQuerySet)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "kind", "-at"], name="period_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.days}"


class KeptLongerQuerySet(models.QuerySet["KeptLonger"]):
    def standing(self, on: date) -> KeptLongerQuerySet:
        return self.filter(until_on__gte=on)


class KeptLonger(SchoolRow):
    """That an album is kept until a day, and why, although its time is over."""

    album = models.ForeignKey(Album, models.CASCADE, related_name="+")
    why = models.CharField(max_length=200)
    until_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped(KeptLongerQuerySet)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "album", "until_on"], name="kept_by_album")]

    def __str__(self) -> str:
        return f"until {self.until_on}"


class DeletionQuerySet(models.QuerySet["Deletion"]):
    def visible_to(self, user: User) -> DeletionQuerySet:
        return self if sees_whole_school(user) else self.filter(by=user)


class Deletion(SchoolRow):
    """That something was deleted for good: what kind, how many, when, by whom. No names."""

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=[(one.value, one.label) for one in Keeps])
    albums = models.PositiveIntegerField(default=0)
    pictures = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)  # originals, views, thumbs and parts
    records = models.PositiveIntegerField(default=0)  # of prints and shown albums
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    backups_until = models.DateField()  # the last day on which a backup may still hold it

    objects: ClassVar[Any] = scoped(DeletionQuerySet)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.ref


class ExposureReview(SchoolRow):
    """That someone looked at what is public, and what they found. One a term is due."""

    on = models.DateField()
    note = models.TextField()
    pictures = models.PositiveIntegerField()  # how many were public that day
    close = models.PositiveIntegerField()  # of them with a large face
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"review of {self.on}"
