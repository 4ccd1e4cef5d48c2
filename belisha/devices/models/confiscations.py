"""Devices taken from pupils (A.3, A.4), and those that a pupil may have.

A confiscation is what was seen when it was taken, and is never changed. Everything after it is a
row of its own: where it lies, who was rung, what the head was asked, who has it back.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from belisha.lib.ids import new_ref
from belisha.people.access import sees_whole_school
from belisha.people.models import Parent, Pupil, SchoolClass, SchoolRow, Staff, User, scoped
from belisha.policy.models import HeadRequest


class Kind(models.TextChoices):
    """What it is. Parents read it too."""

    PHONE = "phone", _("Phone")
    WATCH = "watch", _("Watch")
    TABLET = "tablet", _("Tablet")
    CONSOLE = "console", _("Games console")
    EARBUDS = "earbuds", _("Earbuds or headphones")
    OTHER = "other", _("Other device")


class Power(models.TextChoices):
    """How it was when it was put away."""

    OFF = "off", "Off"
    ON = "on", "On"
    UNSURE = "unsure", "Cannot tell"


class During(models.TextChoices):
    """When A.3 was not kept."""

    LESSON = "lesson", "In a lesson"
    BREAK = "break", "At break or lunch"
    AROUND = "around", "Before or after school"
    EVENT = "event", "At a club or event after school"
    VISIT = "visit", "On a visit"


class Where(models.TextChoices):
    """In which place, for the counts as well."""

    CLASSROOM = "classroom", "Classroom"
    PLAYGROUND = "playground", "Playground"
    CORRIDOR = "corridor", "Corridor or cloakroom"
    HALL = "hall", "Hall or canteen"
    TOILETS = "toilets", "Toilets or changing area"
    GATE = "gate", "At the gate"
    AWAY = "away", "Away from school"
    ELSEWHERE = "elsewhere", "Somewhere else"


class WayHome(models.TextChoices):
    """How the child gets home, and whether they need the device for it."""

    FETCHED = "fetched", "An adult fetches them"
    ALONE = "alone", "They go alone, and do not need it"
    NEEDS = "needs", "They go alone, and need it"
    UNKNOWN = "unknown", "I do not know: the office asks"

    @property
    def is_thought_of(self) -> bool:
        return self in (WayHome.FETCHED, WayHome.ALONE)


class State(models.TextChoices):
    """Where a confiscation has got to."""

    HELD = "held", "Not handed in yet"
    OFFICE = "office", "In the office"
    BACK = "back", "Given back"
    ASIDE = "aside", "Undone"

    @property
    def light(self) -> str:
        return {State.HELD: "ask", State.OFFICE: "info", State.BACK: "yes", State.ASIDE: "quiet"}[
            self
        ]


class ExemptionQuerySet(models.QuerySet["Exemption"]):
    def standing(self, on: date) -> ExemptionQuerySet:
        """Those that count on a day."""
        return self.filter(ended_at=None, until__gte=on)


class Exemption(SchoolRow):
    """A device that a pupil may have at school until a day. Why is not kept here.

    It is never changed: what is to be different ends it and begins another.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+", editable=False)
    kind = models.CharField("which device", max_length=10, choices=Kind.choices)
    named = models.CharField("which one exactly", max_length=80, blank=True)
    says = models.CharField("what staff are told", max_length=160)
    until = models.DateField("until the end of")
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped(ExemptionQuerySet)

    class Meta:
        ordering = ["until", "id"]
        indexes = [models.Index(fields=["school", "pupil"], name="exemption_by_pupil")]

    def __str__(self) -> str:
        return self.named or self.get_kind_display()


def _is_stored() -> Exists:
    return Exists(Stored.objects.filter(confiscation=OuterRef("pk")))


def _is_back() -> Exists:
    return Exists(Returned.objects.standing().filter(confiscation=OuterRef("pk")))


class ConfiscationQuerySet(models.QuerySet["Confiscation"]):
    def with_state(self) -> ConfiscationQuerySet:
        """With `is_stored` and `is_back`, so that `state` asks nothing more."""
        return self.annotate(is_stored=_is_stored(), is_back=_is_back())

    def in_state(self, state: State) -> ConfiscationQuerySet:
        if state is State.ASIDE:
            return self.exclude(set_aside_at=None)
        if state is State.BACK:
            return self.standing().filter(_is_back())
        lies = _is_stored() if state is State.OFFICE else ~_is_stored()
        return self.open().filter(lies)

    def open(self) -> ConfiscationQuerySet:
        """Those that the school still has."""
        return self.standing().filter(~_is_back())

    def standing(self) -> ConfiscationQuerySet:
        """Those that were not set aside: the breaches that count."""
        return self.filter(set_aside_at=None)

    def visible_to(self, user: User) -> ConfiscationQuerySet:
        """The whole school's people see all; others those of the children they teach, and what
        they took themselves. Nobody else sees any."""
        if sees_whole_school(user):
            return self
        if not user.is_staff_member or user.staff is None:
            return self.none()
        taught = SchoolClass.objects.current().filter(teachers=user.staff)
        return self.filter(Q(pupil__school_class__in=taught) | Q(seized_by=user))


class Confiscation(SchoolRow):
    """One device taken from one pupil, as it was when it was taken.

    `not_unlocked` and `not_searched` are what the taker states; where either cannot be said, the
    taker writes why in `opened_why`. `despite` is whom they asked about an exemption.
    """

    class Undone(models.TextChoices):
        """Where the device is when it should not have been taken, so that none is lost."""

        GIVEN_BACK = "back", "It was a mistake. The child has it again"
        NEVER = "never", "Nothing was taken. It was written down wrongly"

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    description = models.CharField(max_length=120)
    condition = models.CharField(max_length=200, blank=True)
    power = models.CharField(max_length=8, choices=Power.choices)
    not_unlocked = models.BooleanField()
    not_searched = models.BooleanField()
    opened_why = models.TextField(blank=True)
    despite = models.TextField(blank=True)
    clause = models.CharField(max_length=8, default="A.3")
    during = models.CharField(max_length=8, choices=During.choices)
    where = models.CharField(max_length=10, choices=Where.choices)
    why = models.TextField(blank=True)
    way_home = models.CharField(max_length=8, choices=WayHome.choices)
    seized_at = models.DateTimeField()
    seized_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_aside_how = models.CharField(max_length=5, choices=Undone.choices, blank=True)
    set_aside_why = models.TextField(blank=True)
    kept_at = models.DateTimeField(null=True)  # kept on purpose: it is not erased meanwhile
    kept_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kept_why = models.TextField(blank=True)

    objects: ClassVar[Any] = scoped(ConfiscationQuerySet)

    class Meta:
        ordering = ["-seized_at", "-id"]
        indexes = [
            models.Index(fields=["school", "pupil", "seized_at"], name="confiscation_by_pupil"),
            models.Index(fields=["school", "seized_at"], name="confiscation_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(not_unlocked=True, not_searched=True) | ~Q(opened_why=""),
                name="confiscation_opened_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.description}"

    @property
    def state(self) -> State:
        """Where it has got to, for rows that come `with_state`."""
        if self.set_aside_at:
            return State.ASIDE
        if self.is_back:  # type: ignore[attr-defined]
            return State.BACK
        return State.OFFICE if self.is_stored else State.HELD  # type: ignore[attr-defined]

    @property
    def is_open(self) -> bool:
        return self.state in (State.HELD, State.OFFICE)

    @property
    def was_opened(self) -> bool:
        return not (self.not_unlocked and self.not_searched)


class Correction(SchoolRow):
    """What of a confiscation is to be read otherwise. What was written first stays."""

    confiscation = models.ForeignKey(Confiscation, models.CASCADE, related_name="corrections")
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "confiscation"], name="correction_of_taking")]

    def __str__(self) -> str:
        return self.words


class Stored(SchoolRow):
    """Where a device lies in the office since somebody received it; the newest row counts."""

    confiscation = models.ForeignKey(Confiscation, models.CASCADE, related_name="stored")
    envelope = models.CharField("number on the envelope", max_length=20)
    shelf = models.CharField("where it lies", max_length=80)
    fits = models.BooleanField()  # the device looks as it was described
    difference = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "confiscation"], name="stored_by_confiscation")]

    def __str__(self) -> str:
        return f"Envelope {self.envelope}, {self.shelf}"


class ContactTry(SchoolRow):
    """One try to reach a parent about a device."""

    class How(models.TextChoices):
        PHONE = "phone", "By telephone"
        EMAIL = "email", "By email"
        LETTER = "letter", "By letter"
        PERSON = "person", "In person"

    confiscation = models.ForeignKey(Confiscation, models.CASCADE, related_name="tries")
    parent = models.ForeignKey(Parent, models.PROTECT, related_name="+")
    how = models.CharField(max_length=6, choices=How.choices)
    reached = models.BooleanField()
    agreed = models.TextField(blank=True)
    tried_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["tried_at", "id"]
        indexes = [models.Index(fields=["school", "confiscation"], name="try_by_confiscation")]

    def __str__(self) -> str:
        return f"{self.get_how_display()}, {'reached' if self.reached else 'not reached'}"


class Keeping(SchoolRow):
    """The head was asked to let a device stay until a school day; the newest yes counts."""

    confiscation = models.ForeignKey(Confiscation, models.CASCADE, related_name="keepings")
    until = models.DateField()
    request = models.ForeignKey(HeadRequest, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "confiscation"], name="keeping_by_confiscation")]

    def __str__(self) -> str:
        return f"Until {self.until}"


class ReturnedQuerySet(models.QuerySet["Returned"]):
    def standing(self) -> ReturnedQuerySet:
        return self.filter(set_aside_at=None)


class Returned(SchoolRow):
    """The device left the school's hands: to an adult, to the pupil by a decision, or on.

    There is one that stands. What was written down wrongly is set aside, and stays readable.
    """

    class How(models.TextChoices):
        COLLECTED = "collected", "Collected by an adult"
        PUPIL = "pupil", "Handed back to the pupil"
        POLICE = "police", "Handed to the police"
        PASSED_ON = "passed-on", "Passed on to somebody else"
        LOST = "lost", "It cannot be found"

    class Identity(models.TextChoices):
        KNOWN = "known", "We know them by sight"
        DOCUMENT = "document", "They showed a document with a picture"
        CONFIRMED = "confirmed", "A parent confirmed them by telephone"

    confiscation = models.ForeignKey(Confiscation, models.CASCADE, related_name="returns")
    how = models.CharField(max_length=10, choices=How.choices)
    parent = models.ForeignKey(Parent, models.PROTECT, null=True, related_name="+")
    adult = models.CharField(max_length=120, blank=True)  # another, named by `parent`
    identity = models.CharField(max_length=10, choices=Identity.choices, blank=True)
    signature = models.TextField(blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    same_condition = models.BooleanField(default=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_aside_at = models.DateTimeField(null=True)
    set_aside_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    set_aside_why = models.TextField(blank=True)

    objects: ClassVar[Any] = scoped(ReturnedQuerySet)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "confiscation"],
                condition=Q(set_aside_at=None),
                name="returned_once",
            )
        ]

    def __str__(self) -> str:
        return self.get_how_display()

    @property
    def who(self) -> str:
        """The adult who has it now."""
        return self.adult or str(self.parent or "")


class MatterQuerySet(models.QuerySet["Matter"]):
    def open(self) -> MatterQuerySet:
        return self.filter(settled_at=None)


class Matter(SchoolRow):
    """Something that went wrong and waits for the head: settled by what was done about it."""

    class Kind(models.TextChoices):
        OPENED = "opened", "It was unlocked or looked through"
        CONDITION = "condition", "It is not in the same condition"
        LOST = "lost", "It cannot be found"

    confiscation = models.ForeignKey(Confiscation, models.CASCADE, related_name="matters")
    kind = models.CharField("what is wrong", max_length=10, choices=Kind.choices)
    words = models.TextField("what is said")
    told_at = models.DateTimeField(editable=False)
    told_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    outcome = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects: ClassVar[Any] = scoped(MatterQuerySet)

    class Meta:
        ordering = ["told_at", "id"]
        indexes = [models.Index(fields=["school", "confiscation"], name="matter_by_confiscation")]

    def __str__(self) -> str:
        return self.get_kind_display()
