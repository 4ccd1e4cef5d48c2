"""Pictures shown inside the password-protected area: to families, and to everyone in school."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from belisha.lib.ids import new_ref
from belisha.people.access import sees_whole_school
from belisha.people.models import GuestPass, Pupil, SchoolRow, User, scoped
from belisha.photos.models.pictures import Album, Face, Photo
from belisha.photos.rules import Viewers
from belisha.policy.models import Purpose


class ShareQuerySet(models.QuerySet["Share"]):
    def visible_to(self, user: User) -> ShareQuerySet:
        """For those who handle the album, and who shared it."""
        if sees_whole_school(user):
            return self
        if not user.is_staff_member:
            return self.none()
        return self.filter(Q(album__in=Album.objects.visible_to(user)) | Q(shared_by=user))

    def open(self, on: date) -> ShareQuerySet:
        return self.filter(ended_at=None, from_on__lte=on, until_on__gte=on)

    def in_school(self) -> ShareQuerySet:
        return self.filter(viewers=Viewers.SCHOOL)

    def with_child(self, pupil: Pupil) -> ShareQuerySet:
        """Shares with families in which a person named the child, in at least one picture."""
        faces = Face.objects.present().filter(pupil=pupil)
        pictures = SharedPicture.objects.filter(photo__in=faces.values("photo"))
        return self.filter(viewers=Viewers.FAMILIES, pk__in=pictures.values("share"))


class Share(SchoolRow):
    """Pictures of an album that are shown from one day to another (P.iii).

    Who sees which, and with whom covered, is asked at each look. No copy is made and none leaves.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    album = models.ForeignKey(Album, models.CASCADE, related_name="shares")
    viewers = models.CharField(
        max_length=8, choices=[(one.value, one.label) for one in Viewers], editable=False
    )
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)  # as its viewers read it; it names no child
    from_on = models.DateField()
    until_on = models.DateField()  # the last day
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(ShareQuerySet)

    class Meta:
        ordering = ["-shared_at", "-id"]
        indexes = [models.Index(fields=["school", "viewers", "until_on"], name="share_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="share_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def who(self) -> Viewers:
        return Viewers(self.viewers)

    def is_open(self, on: date) -> bool:
        return self.ended_at is None and self.from_on <= on <= self.until_on

    def is_over(self, on: date) -> bool:
        return self.ended_at is not None or self.until_on < on


class SharedPicture(SchoolRow):
    """One picture of a share."""

    share = models.ForeignKey(Share, models.CASCADE, related_name="pictures")
    photo = models.ForeignKey(Photo, models.CASCADE, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = [F("photo__taken_at").asc(nulls_last=True), "photo_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "share", "photo"], name="picture_once_in_share"
            )
        ]
        indexes = [models.Index(fields=["school", "photo"], name="share_by_photo")]

    def __str__(self) -> str:
        return f"picture of {self.share_id}"


class GuestLook(SchoolRow):
    """That one guest may look at one share in school, until the end of a day."""

    guest = models.ForeignKey(GuestPass, models.CASCADE, related_name="+")
    share = models.ForeignKey(Share, models.CASCADE, related_name="guests")
    until_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "guest", "share"],
                condition=Q(ended_at=None),
                name="guest_look_once",
            )
        ]

    def __str__(self) -> str:
        return f"until {self.until_on}"
