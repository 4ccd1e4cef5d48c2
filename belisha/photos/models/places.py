"""Places where pictures go, what is to go there together, and what is or was there."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from belisha.channels.models import Account
from belisha.lib.ids import new_ref
from belisha.people.access import sees_whole_school
from belisha.people.models import Pupil, SchoolRow, Staff, User, scoped
from belisha.photos.models.pictures import Album, Face, Photo, SafeCopy
from belisha.photos.rules import PlaceKind
from belisha.policy.models import Purpose


class PlaceQuerySet(models.QuerySet["Place"]):
    def open(self) -> PlaceQuerySet:
        return self.filter(closed_at=None)


class Place(SchoolRow):
    """Somewhere that pictures go: our website, an issue of the newsletter, a wall, the press.

    In a place that is `in_our_hands` we serve the pictures ourselves, and each is decided at each
    look. To every other place a copy leaves, and `keeper` sees that it comes down again.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    kind = models.CharField(
        max_length=12, choices=[(kind.value, kind.label) for kind in PlaceKind], editable=False
    )
    name = models.CharField(max_length=120)
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    goes_out_on = models.DateField(null=True, blank=True)  # of an issue of the newsletter
    in_our_hands = models.BooleanField(default=False)
    stays = models.PositiveSmallIntegerField("days that a picture stays")
    keeper = models.ForeignKey(Staff, models.PROTECT, related_name="+", verbose_name="looked after")
    how_down = models.TextField("how a picture is taken down there", blank=True)
    # Of a gallery of ours: the address that needs no key, and the sites that may embed it.
    token = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    sites: models.JSONField[Any, Any] = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped(PlaceQuerySet)

    class Meta:
        ordering = ["kind", "name", "id"]
        indexes = [models.Index(fields=["school", "kind", "name"], name="place_by_kind")]

    def __str__(self) -> str:
        return self.name

    @property
    def what(self) -> PlaceKind:
        return PlaceKind(self.kind)


class SelectionQuerySet(models.QuerySet["Selection"]):
    def visible_to(self, user: User) -> SelectionQuerySet:
        """Who handles the album, who looks after the place, and who sees the whole school."""
        if sees_whole_school(user):
            return self
        if not user.is_staff_member or user.staff is None:
            return self.none()
        albums = Album.objects.visible_to(user)
        return self.filter(Q(album__in=albums) | Q(place__keeper=user.staff) | Q(made_by=user))

    def standing(self) -> SelectionQuerySet:
        return self.filter(dropped_at=None)


class Selection(SchoolRow):
    """Pictures of one album for one place, with the words beside them: what the head is asked.

    A draft until it is published; then nothing in it is changed any more.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    # A removed album does not take with it what is still out there.
    album = models.ForeignKey(Album, models.SET_NULL, null=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    words = models.TextField(blank=True)  # around the pictures
    from_on = models.DateField()
    until_on = models.DateField()  # the last day
    # Who looked at words that might say too much, and found them right.
    looked_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(SelectionQuerySet)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["school", "-made_at"], name="selection_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="selection_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.title


class PublicationQuerySet(models.QuerySet["Publication"]):
    def visible_to(self, user: User) -> PublicationQuerySet:
        return self.filter(selection__in=Selection.objects.visible_to(user))

    def published(self) -> PublicationQuerySet:
        return self.filter(selection__published_at__isnull=False)

    def with_child(self, pupil: Pupil) -> PublicationQuerySet:
        """Of pictures in which a person named the child; the copy may hide them."""
        faces = Face.objects.present().filter(pupil=pupil)
        return self.filter(photo__in=faces.values("photo"))

    def served(self, on: date) -> PublicationQuerySet:
        """What may be looked for in places of ours on a day. Whether it is right is asked."""
        return self.published().filter(
            selection__place__in_our_hands=True,
            selection__place__closed_at=None,
            selection__from_on__lte=on,
            selection__until_on__gte=on,
            ended_at=None,
            copy__isnull=False,
        )

    def elsewhere(self) -> PublicationQuerySet:
        """What left for a place of somebody else's and was not taken down there."""
        last = TakeDown.objects.filter(publication=OuterRef("pk")).order_by("-at", "-id")
        named = self.annotate(fate=Subquery(last.values("outcome")[:1]))
        gone = Q(fate__in=(TakeDown.Outcome.DOWN, TakeDown.Outcome.LOST))
        return named.filter(left_at__isnull=False).exclude(gone)


class Publication(SchoolRow):
    """One picture at one place: the safe copy, the words beside it, and what became of it.

    Where the selection is a draft it is only meant to be there. Whether it may be there is asked
    each time (`photos.showing`); nothing here says so.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    selection = models.ForeignKey(Selection, models.CASCADE, related_name="pictures")
    # A picture that is removed here may still be shown elsewhere.
    photo = models.ForeignKey(Photo, models.SET_NULL, null=True, related_name="+")
    copy = models.ForeignKey(SafeCopy, models.SET_NULL, null=True, related_name="+")
    # What the head was shown: of the copy and the words. Empty while they may still change.
    mark = models.CharField(max_length=64, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    caption = models.CharField(max_length=300, blank=True)
    alt = models.CharField("what it shows, for people who cannot see it", max_length=300)
    # Of a place that is not ours: the copy left, and then it was up at an address or on a page.
    left_at = models.DateTimeField(null=True)
    left_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    up_at = models.DateTimeField(null=True)
    up_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    where = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)  # somebody took it off before its last day
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(PublicationQuerySet)

    class Meta:
        ordering = ["selection", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "selection", "photo"], name="picture_once_in_selection"
            )
        ]
        indexes = [
            models.Index(fields=["school", "photo"], name="publication_by_photo"),
            models.Index(
                fields=["school", "left_at"],
                condition=Q(left_at__isnull=False),
                name="publication_that_left",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def place(self) -> Place:
        return self.selection.place


class TakeDown(SchoolRow):
    """What came of a recall, with its proof. The latest entry about a publication counts."""

    class Outcome(models.TextChoices):
        DOWN = "down", "It is down"
        LOST = "lost", "It cannot be called back"
        STILL = "still", "It is still there"  # sets an earlier entry right

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="take_downs")
    outcome = models.CharField(max_length=5, choices=Outcome.choices)
    on = models.DateField()
    words = models.CharField(max_length=400)  # what was looked at, or why it cannot be
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "publication"], name="take_down_by_thing")]

    def __str__(self) -> str:
        return self.outcome


class RecallQuerySet(models.QuerySet["Recall"]):
    def open(self) -> RecallQuerySet:
        return self.filter(over_at=None)


class Recall(SchoolRow):
    """Since when a picture elsewhere is known to be wrong: from then its days are counted.

    That it is wrong is never read from here; without a row the days begin now.
    """

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="recalls")
    noticed_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True)  # it was right again, or down

    objects: ClassVar[Any] = scoped(RecallQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "publication"],
                condition=Q(over_at=None),
                name="recall_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"since {self.noticed_at:%-d %B %Y}"
