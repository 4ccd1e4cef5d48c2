"""Pictures on paper: what was printed, for what, and whether it still hangs (P.ii)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belisha.lib.ids import new_ref
from belisha.people.access import sees_whole_school
from belisha.people.models import SchoolRow, User, scoped
from belisha.photos.models.pictures import Album, SafeCopy
from belisha.photos.rules import Layout
from belisha.policy.models import Purpose


class PrintQuerySet(models.QuerySet["Print"]):
    def visible_to(self, user: User) -> PrintQuerySet:
        if sees_whole_school(user):
            return self
        if not user.is_staff_member:
            return self.none()
        return self.filter(Q(album__in=Album.objects.visible_to(user)) | Q(made_by=user))

    def up(self) -> PrintQuerySet:
        """Those that nobody said are down."""
        return self.filter(down_at=None)


class Print(SchoolRow):
    """A sheet that was printed. Its pages are set anew at each request, with what may be shown."""

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    # A removed album does not take down what hangs on a wall.
    album = models.ForeignKey(Album, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=120)
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    layout = models.CharField(max_length=3, choices=[(one.value, one.label) for one in Layout])
    with_names = models.BooleanField(default=False)
    where = models.CharField(max_length=120, blank=True)  # which wall
    until_on = models.DateField()  # the last day
    count = models.PositiveSmallIntegerField()  # how many pictures stood on it
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    down_at = models.DateTimeField(null=True)
    down_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(PrintQuerySet)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(
                fields=["school", "until_on"], condition=Q(down_at=None), name="print_that_is_up"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_over(self, on: date) -> bool:
        return self.until_on < on


class PrintedPicture(SchoolRow):
    """One picture of a print, as the safe copy that was made for it."""

    sheet = models.ForeignKey(Print, models.CASCADE, related_name="pictures")
    copy = models.ForeignKey(SafeCopy, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()  # in the album, that day

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["school", "sheet"], name="printed_by_sheet")]

    def __str__(self) -> str:
        return f"picture {self.number}"
