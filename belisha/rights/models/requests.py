"""What people ask about their own data, what was gathered for them, and what they were given."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext

from belisha.lib.ids import new_ref
from belisha.people.held import Person
from belisha.people.models import Parent, Pupil, SchoolRow, Staff, User, scoped
from belisha.rights.rules import ITEMS_KEPT, Asked, Choice, Outcome, Part, Progress, due_on


class RequestQuerySet(models.QuerySet["Request"]):
    def open(self) -> RequestQuerySet:
        return self.filter(closed_at=None)

    def of_cases(self, at: datetime) -> RequestQuerySet:
        """Those for which somebody decides, of a case, what the person may read of it.

        As long as we know what else was given: after that they would ask anew.
        """
        known = self.filter(kind=Asked.COPY, outcome__in=("", Outcome.GIVEN))
        known = known.exclude(identity_at=None)
        recent = Q(closed_at=None) | Q(closed_at__gt=at - ITEMS_KEPT)
        return known.filter(recent).select_related("pupil", "parent", "staff", "asker")

    def of_family(self, user: User) -> RequestQuerySet:
        """Those that a signed-in parent sent, also as a contact who was made one with them."""
        if user.parent is None:
            return self.none()
        return self.filter(Q(asker=user.parent) | Q(asker__merged_into=user.parent))


class Request(SchoolRow):
    """One request about one person's data. What was asked never changes.

    Whose data it is stands in one of three keys, and in `called` while we may remember it. The
    days count from `received_on` (UK GDPR Art. 12(3)).
    """

    class How(models.TextChoices):
        PAGE = "page", "On our page"
        LETTER = "letter", "By letter"
        EMAIL = "email", "By email"
        PHONE = "phone", "By telephone"
        IN_PERSON = "in-person", "In person"
        SCHOOL = "school", "The school itself, as a child leaves"

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=[(one, one.label) for one in Asked])
    pupil = models.ForeignKey(Pupil, models.SET_NULL, null=True, related_name="+")
    parent = models.ForeignKey(Parent, models.SET_NULL, null=True, related_name="+")
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    called = models.CharField(max_length=210)
    asked_by = models.CharField(max_length=210)  # who asked, in words
    asker = models.ForeignKey(Parent, models.SET_NULL, null=True, related_name="+")
    email = models.EmailField(blank=True)
    how = models.CharField(max_length=9, choices=How.choices)
    words = models.TextField(blank=True)
    received_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    identity = models.CharField(max_length=200, blank=True)  # how we know who asked
    identity_at = models.DateTimeField(null=True)
    identity_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    longer_why = models.TextField(blank=True)
    longer_at = models.DateTimeField(null=True)
    gathered_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)  # the safeguarding lead has done with their part
    sealed_log: models.JSONField[Any, Any] = models.JSONField(default=list)  # verb, user, when
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")  # to erase
    proposed_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=9, choices=[(one, one.label) for one in Outcome], blank=True
    )
    why = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(RequestQuerySet)

    class Meta:
        ordering = ["-received_on", "-id"]
        indexes = [models.Index(fields=["school", "-received_on"], name="rights_by_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.called}"

    @property
    def person(self) -> Person | None:
        """Whose data it is; none once they are erased."""
        return self.pupil or self.parent or self.staff

    @property
    def due_on(self) -> date:
        return due_on(self.received_on, longer=self.longer_at is not None)

    @property
    def gathers(self) -> bool:
        return Asked(self.kind).gathers

    @property
    def light(self) -> str:
        return Outcome(self.outcome).light if self.outcome else "ask"

    @property
    def for_family(self) -> str:
        """Where it has got to, in the reader's language."""
        if self.outcome:
            return {
                Outcome.GIVEN: gettext("We have given it to you."),
                Outcome.DONE: gettext("It is done."),
                Outcome.REFUSED: gettext("We could not do it."),
                Outcome.WITHDRAWN: gettext("You took it back."),
            }[Outcome(self.outcome)]
        return gettext("We are working on it.")

    def progress(self, on: date) -> Progress:
        """How far the answer is on a day."""
        if self.closed_at:
            return Progress.OVER
        return Progress.LATE if self.due_on < on else Progress.OPEN

    @property
    def stands(self) -> str:
        """Where it has got to."""
        if self.outcome:
            return Outcome(self.outcome).label
        if self.identity_at is None:
            return "We check who asked"
        return "We look at what we have" if self.gathered_at else "We are working on it"


class ItemQuerySet(models.QuerySet["Item"]):
    def of(self, request: Request, part: Part) -> ItemQuerySet:
        return self.filter(request=request, part=part)

    def undecided(self) -> ItemQuerySet:
        return self.filter(choice="")


class Item(SchoolRow):
    """One thing that was gathered, and whether it leaves. A copy of data, so it goes soon after."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="items")
    part = models.CharField(max_length=6, choices=[(one, one.value) for one in Part])
    area = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    facts: models.JSONField[Any, Any] = models.JSONField()  # [[label, words], …], uncovered
    on = models.DateField(null=True)
    picture = models.CharField(max_length=22, blank=True)  # the ref of it, where it is one
    choice = models.CharField(
        max_length=5, choices=[(one, one.label) for one in Choice], blank=True
    )
    why = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(ItemQuerySet)

    class Meta:
        ordering = ["area", models.F("on").asc(nulls_first=True), "id"]
        indexes = [models.Index(fields=["school", "request"], name="rights_items")]

    def __str__(self) -> str:
        return self.title


class Handing(SchoolRow):
    """That a part was given: to whom, how, and later that it arrived. Never changed otherwise."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="handings")
    part = models.CharField(max_length=6, choices=[(one, one.value) for one in Part])
    to = models.CharField(max_length=210)
    how = models.CharField(max_length=200)
    on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    received_by = models.CharField(max_length=210, blank=True)
    received_on = models.DateField(null=True)

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["school", "request"], name="rights_handings")]

    def __str__(self) -> str:
        return f"given to {self.to}"


class Statement(SchoolRow):
    """What the person says beside a record that was not changed (Art. 16). Appended."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="statements")
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "request"], name="rights_statements")]

    def __str__(self) -> str:
        return f"statement of {self.at:%-d %B %Y}"


def leavers_with_a_file() -> models.QuerySet[Pupil]:
    """Children who left and whose file nobody has received yet."""
    received = Handing.objects.filter(
        request__pupil=OuterRef("pk"), request__kind=Asked.FILE, part=Part.SCHOOL
    ).exclude(received_on=None)
    gone = Pupil.objects.filter(~Q(left_on=None), erased_at=None)
    return gone.filter(~Exists(received))  # type: ignore[no-any-return]
