"""Occasions, what was said aloud at them, and what was done where it was not (P.v)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from belisha.lib.ids import new_ref
from belisha.people.models import SchoolClass, SchoolRow, Staff, User, scoped


class Filming(models.TextChoices):
    """Who may take pictures at an event (P.v)."""

    EVERYONE = "everyone", "Staff and parents, in full view"
    STAFF = "staff", "The school alone"
    NOBODY = "nobody", "Nobody"


class Kind(models.TextChoices):
    """Where and when it is. A school device goes off site for a visit alone (P.ii)."""

    IN_SCHOOL = "in-school", "In school"
    VISIT = "visit", "A visit or an outing, away from school"
    AFTER_SCHOOL = "after-school", "After school"


class WhoComes(models.TextChoices):
    """Who may come besides the children and staff."""

    CLASSES = "classes", "Families of some classes"
    SCHOOL = "school", "Families of the whole school"
    PUBLIC = "public", "Anyone"
    STAFF = "staff", "Nobody from outside"


class EventQuerySet(models.QuerySet["Event"]):
    def current(self) -> EventQuerySet:
        """Those that take place or took place."""
        return self.filter(cancelled_at=None)

    def over(self, at: datetime) -> EventQuerySet:
        return self.current().filter(ends_at__lte=at)

    def around(self, day: date, before: timedelta) -> EventQuerySet:
        """Those that were on a day, or ended so long before it."""
        midnight = timezone.make_aware(datetime.combine(day, time.min))
        return self.filter(
            starts_at__lt=midnight + timedelta(days=1), ends_at__gte=midnight - before
        )

    def with_audience(self) -> EventQuerySet:
        return self.exclude(comes=WhoComes.STAFF)

    def to_come(self, at: datetime) -> EventQuerySet:
        """Those with an audience that are not over, the next first."""
        coming = self.current().with_audience().filter(ends_at__gt=at)
        return coming.order_by("starts_at", "id")

    def silent(self) -> EventQuerySet:
        """Those with an audience at which nobody said anything, as far as is written down."""
        said = Said.objects.standing().filter(event=OuterRef("pk"))
        return self.current().with_audience().filter(~Exists(said))

    def not_followed_up(self) -> EventQuerySet:
        done = FollowUp.objects.filter(event=OuterRef("pk"))
        return self.filter(~Exists(done))

    def missed(self, at: datetime) -> EventQuerySet:
        """Those that ended in silence, and nobody has written what was done about it."""
        return self.over(at).silent().not_followed_up()

    def for_classes(self, classes: Collection[int]) -> EventQuerySet:
        """Those to which the families of some classes may come."""
        named = EventClass.objects.filter(event=OuterRef("pk"), school_class__in=classes)
        to_all = Q(comes__in=(WhoComes.SCHOOL, WhoComes.PUBLIC))
        return self.filter(to_all | Q(Exists(named), comes=WhoComes.CLASSES))


class Event(SchoolRow):
    """One occasion: sports day, a nativity play, an outing.

    An empty `notice` or `reminder` stands for our words (`events.wording`).
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.IN_SCHOOL)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    comes = models.CharField(max_length=10, choices=WhoComes.choices, default=WhoComes.CLASSES)
    filming = models.CharField(max_length=10, choices=Filming.choices, default=Filming.STAFF)
    notice = models.TextField(blank=True)
    reminder = models.TextField(blank=True)
    speaker = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    # When it was found that it had ended in silence: from then on it waits for a follow-up.
    missed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = scoped(EventQuerySet)

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(fields=["school", "-starts_at"], name="event_by_day"),
            models.Index(fields=["school", "ends_at"], name="event_by_end"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_later")
        ]

    def __str__(self) -> str:
        return self.title

    def is_on(self, day: date) -> bool:
        first, last = timezone.localdate(self.starts_at), timezone.localdate(self.ends_at)
        return first <= day <= last

    @property
    def has_audience(self) -> bool:
        """Whether anybody from outside comes, who must be told (P.v)."""
        return self.comes != WhoComes.STAFF


class EventClass(SchoolRow):
    """A class whose families may come to an event, or whose children go."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="classes")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["school_class__year_group", "school_class__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "event", "school_class"], name="event_class_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.school_class)


class SaidQuerySet(models.QuerySet["Said"]):
    def standing(self) -> SaidQuerySet:
        return self.filter(set_aside_at=None)

    def to_accept(self) -> SaidQuerySet:
        """Those that were told after the event, and no leader has taken to be so yet."""
        return self.standing().filter(told_later=True, accepted_at=None)


class Said(SchoolRow):
    """That the reminder was said aloud: with which words, when, and by whom it was written down.

    One that was tapped wrongly is set aside, with the reason; the next one stands then.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="said")
    words = models.TextField()
    note = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    told_later = models.BooleanField(default=False)  # written down when the event was over
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_aside_why = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = scoped(SaidQuerySet)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "event"],
                condition=Q(set_aside_at=None),
                name="reminder_said_once",
            )
        ]

    def __str__(self) -> str:
        return f"said at {self.said_at:%H:%M}"


class FollowUp(SchoolRow):
    """What a leader did about an event that ended in silence. The first one closes it; later ones
    add to it."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="follow_ups")
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "event"], name="follow_up_by_event")]

    def __str__(self) -> str:
        return f"followed up on {self.at:%-d %B %Y}"
