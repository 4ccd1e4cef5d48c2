"""Visitors, the tablets at which they sign in, and challenges (P.vii)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belisha.events.rules import Keeps
from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, User, scoped
from belisha.people.rules import SEES_WHOLE_SCHOOL


class DoorTablet(SchoolRow):
    """A tablet at a door. Its address opens the pages for visitors and nothing else; only the hash
    of the address is kept. Ended, it opens nothing."""

    name = models.CharField("Where does it stand?", max_length=80)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["school", "-made_at"], name="door_tablet_by_day")]

    def __str__(self) -> str:
        return self.name


class VisitorQuerySet(models.QuerySet["Visitor"]):
    def real(self) -> VisitorQuerySet:
        """Without those written down by mistake, or put right by a later entry."""
        return self.filter(cancelled_at=None)

    def inside(self) -> VisitorQuerySet:
        """Who is in the building, as far as anybody wrote down."""
        return self.real().filter(out_at=None)

    def overnight(self, midnight: datetime) -> VisitorQuerySet:
        """Those who came before this day and have not signed out."""
        return self.inside().filter(in_at__lt=midnight)


class Visitor(SchoolRow):
    """One visit: who, whom they see, what they accepted, when they came and went.

    `rule` and `undertaking` are the words that stood on the page. An entry that was wrong is put
    right by a new one that `corrects` it, and is cancelled.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    code = models.CharField(max_length=8, editable=False)
    name = models.CharField(max_length=200)
    firm = models.CharField(max_length=200, blank=True)
    sees = models.CharField(max_length=200)
    rule = models.TextField(editable=False)
    undertaking = models.TextField(blank=True, editable=False)  # empty: they take no pictures
    signature = models.TextField(blank=True, editable=False)
    language = models.CharField(max_length=10, default="en-gb", editable=False)
    in_at = models.DateTimeField(editable=False)
    tablet = models.ForeignKey(
        DoorTablet, models.PROTECT, null=True, related_name="+", editable=False
    )
    in_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    out_at = models.DateTimeField(null=True, editable=False)
    # Who signed them out; nobody, when they did so themselves.
    out_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    corrects = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", editable=False
    )
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    cancelled_why = models.CharField(max_length=300, blank=True, editable=False)

    objects: ClassVar[Any] = scoped(VisitorQuerySet)

    class Meta:
        ordering = ["-in_at", "-id"]
        indexes = [models.Index(fields=["school", "-in_at"], name="visitor_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "code"],
                condition=Q(out_at=None, cancelled_at=None),
                name="visitor_code_once_inside",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def takes_pictures(self) -> bool:
        return bool(self.undertaking)

    @property
    def is_inside(self) -> bool:
        return self.out_at is None and self.cancelled_at is None


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def visible_to(self, user: User) -> ChallengeQuerySet:
        """All for those who see the whole school; staff see those that they wrote down."""
        if not user.roles.isdisjoint(SEES_WHOLE_SCHOOL):
            return self
        return self.filter(by=user) if user.is_staff_member else self.none()

    def real(self) -> ChallengeQuerySet:
        return self.filter(cancelled_at=None)

    def open(self) -> ChallengeQuerySet:
        """Those that did not end well, or where nobody may have a camera at all (P.viii)."""
        grave = Q(done=Challenge.Done.WOULD_NOT) | Q(place=Challenge.Place.CHANGING)
        return self.real().filter(grave, closed_at=None)


class Challenge(SchoolRow):
    """Somebody used a phone or a camera wrongly, and was spoken to (P.vii)."""

    class Place(models.TextChoices):
        HALL = "hall", "Hall"
        PLAYGROUND = "playground", "Playground"
        FIELD = "field", "Field"
        CLASSROOM = "classroom", "Classroom"
        CORRIDOR = "corridor", "Corridor"
        GATE = "gate", "Gate or entrance"
        AWAY = "away", "Away from school"
        CHANGING = "changing", "Toilets or changing area"

    class What(models.TextChoices):
        PICTURES = "pictures", "Took pictures"
        FILMED = "filmed", "Filmed"
        PHONE = "phone", "Used a phone"
        CALL = "call", "Made a video call"
        SHARED = "shared", "Posted or sent it on"

    class Done(models.TextChoices):
        STOPPED = "stopped", "They stopped"
        DELETED = "deleted", "They deleted it, and I saw it"
        LEFT = "left", "They left the site"
        WOULD_NOT = "would-not", "They would not"

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    place = models.CharField(max_length=12, choices=Place.choices)
    what = models.CharField(max_length=10, choices=What.choices)
    done = models.CharField(max_length=10, choices=Done.choices)
    visitor = models.ForeignKey(Visitor, models.SET_NULL, null=True, related_name="+")
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    closed_words = models.TextField(blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    cancelled_why = models.CharField(max_length=300, blank=True, editable=False)

    objects: ClassVar[Any] = scoped(ChallengeQuerySet)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "-at"], name="challenge_by_day")]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.get_place_display().lower()}"

    @property
    def is_grave(self) -> bool:
        """Whether it was where nobody may have a camera at all (P.viii)."""
        return self.place == self.Place.CHANGING

    @property
    def is_open(self) -> bool:
        waits = self.done == self.Done.WOULD_NOT or self.is_grave
        return waits and self.closed_at is None and self.cancelled_at is None


class Period(SchoolRow):
    """How long the school keeps one kind of record, where it chose another period than ours."""

    keeps = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Keeps])
    months = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "keeps"], name="visit_period_once")
        ]

    def __str__(self) -> str:
        return f"{self.keeps}: {self.months} months"


def months_kept() -> dict[Keeps, int]:
    """How many months each kind is kept at the school in scope."""
    chosen = dict(Period.objects.values_list("keeps", "months"))
    return {one: chosen.get(one.value, one.months) for one in Keeps}
