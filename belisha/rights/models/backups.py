"""What we know of the backups that were made, and of archives that somebody asked for."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from belisha.lib.ids import new_ref
from belisha.people.models import Row, SchoolRow, User, scoped


class BackupQuerySet(models.QuerySet["Backup"]):
    def kept(self) -> BackupQuerySet:
        """Those that may still lie somewhere."""
        return self.filter(gone_on=None)

    def proven(self) -> BackupQuerySet:
        return self.exclude(proven_at=None).order_by("-proven_at", "-id")


class Backup(Row):
    """One backup of the whole installation: where it was put, and whether it was proven.

    A backup is proven when it was restored to the side and everything in it was found.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    made_at = models.DateTimeField()
    place = models.CharField(max_length=500)  # the file, as whoever made it named it
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    seconds = models.PositiveIntegerField()
    proven_at = models.DateTimeField(null=True)
    gone_on = models.DateField(null=True)  # since when we know that the file is no more

    objects: ClassVar[Any] = models.Manager.from_queryset(BackupQuerySet)()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"backup of {self.made_at:%-d %B %Y, %H:%M}"

    def keep_until(self, days: int) -> date:
        """The last day on which it may be kept."""
        return timezone.localdate(self.made_at) + timedelta(days=days)


class Restore(Row):
    """That this installation was filled from a backup or an archive, and what was said again."""

    at = models.DateTimeField()
    made_at = models.DateTimeField()  # when the backup was made
    ref = models.CharField(max_length=22, blank=True)  # of the backup
    journal = models.BooleanField()  # whether there was a journal to say again from
    until = models.BigIntegerField(default=0)  # the last line of the journal that was looked at
    again = models.PositiveIntegerField(default=0)  # acts done again
    left = models.JSONField(default=list)  # acts that a person has to look at, in words
    seen_at = models.DateTimeField(null=True)  # when somebody said that they had looked

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"restored {self.at:%-d %B %Y}"


class TakeawayQuerySet(models.QuerySet["Takeaway"]):
    def waiting(self) -> TakeawayQuerySet:
        return self.filter(made_at=None, failed_at=None)

    def good(self, at: datetime) -> TakeawayQuerySet:
        """Those that can be fetched now."""
        return self.exclude(made_at=None).filter(use_by__gt=at)


class Takeaway(SchoolRow):
    """An open archive of the whole school that the head asked for. It lies sealed for a day."""

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    leased_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0)  # bytes
    sha256 = models.CharField(max_length=64, blank=True)
    use_by = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped(TakeawayQuerySet)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["school", "-asked_at"], name="takeaway_by_age")]

    def __str__(self) -> str:
        return f"archive asked for on {self.asked_at:%-d %B %Y}"
