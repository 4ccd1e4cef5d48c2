"""Who must read what, who has; the reviews of privacy settings; what staff declared."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, Staff, User, scoped
from belisha.people.rules import Role
from belisha.policy import duties
from belisha.policy.duties import Recurrence
from belisha.policy.models.documents import Document, Version


class DutyQuerySet(models.QuerySet["ReadingDuty"]):
    def in_force(self, on: date) -> "DutyQuerySet":
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=on), began_on__lte=on)


class ReadingDuty(SchoolRow):
    """That people with these roles read a document, or a part of it, within so many days.

    A duty never changes: when the head changes one, it ends and another begins, so that the list
    of a past day stays right. `sections` are those of the text that make the part.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    roles = models.JSONField()
    part = models.CharField(max_length=120, blank=True)  # empty: all of it
    sections = models.JSONField(default=list, blank=True)
    days = models.PositiveSmallIntegerField(default=14)
    recurrence = models.CharField(
        max_length=10, choices=[(one.value, one.label) for one in Recurrence]
    )
    position = models.PositiveSmallIntegerField(default=0)
    began_on = models.DateField()
    ended_on = models.DateField(null=True)

    objects: ClassVar[Any] = scoped(DutyQuerySet)

    class Meta:
        ordering = ["document__position", "document__title", "position", "id"]

    def __str__(self) -> str:
        return f"{self.document}: {self.part}" if self.part else str(self.document)

    @property
    def roles_named(self) -> str:
        return ", ".join(Role(role).label for role in self.roles)

    @property
    def rule(self) -> duties.Duty:
        return duties.Duty(
            self.pk,
            self.document_id,
            frozenset(self.roles),
            self.part,
            self.days,
            Recurrence(self.recurrence),
            self.began_on,
            self.ended_on,
            self.position,
        )


class HowRead(models.TextChoices):
    """How a reading reached the school."""

    WEB = "web", "on their own page"
    PAPER = "paper", "on paper"
    MEETING = "meeting", "read together in a meeting"


class ReadQuerySet(models.QuerySet["Read"]):
    def standing(self) -> "ReadQuerySet":
        """Those that count: no entry that sets another aside, and none that was set aside."""
        return self.filter(voids=None).exclude(Exists(Read.objects.filter(voids=OuterRef("pk"))))


class Read(SchoolRow):
    """That a member of staff read a part of one exact version, under the wording shown.

    Entries are never changed; what was written down wrongly is set aside by a later entry, which
    says why. Of questions on what changed it says only that they were passed.
    """

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    part = models.CharField(max_length=120, blank=True)
    how = models.CharField(max_length=10, choices=HowRead.choices)
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    wording = models.TextField()
    questions_passed = models.BooleanField(default=False)
    voids = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = scoped(ReadQuerySet)

    class Meta:
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "voids"],
                condition=Q(voids__isnull=False),
                name="read_set_aside_once",
            )
        ]
        indexes = [models.Index(fields=["school", "staff"], name="read_by_staff")]

    def __str__(self) -> str:
        return f"{self.version}, {self.happened_on:%-d %B %Y}"


class ReadingReminder(SchoolRow):
    """That a person was reminded on a day, of all that they had not read. One a day at most."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    on = models.DateField()

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "staff", "on"], name="reminded_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.on:%-d %B %Y}"


class Question(SchoolRow):
    """One of up to three questions on what changed in a version. Answers to it are never kept."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    choices = models.JSONField()
    answer = models.PositiveSmallIntegerField()  # the number of the right choice, from 1
    why = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=60, blank=True)  # of the clause that it is about

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "version", "position"], name="question_position_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class PrivacyReview(SchoolRow):
    """That somebody reviewed their own privacy settings on a day (B.v). Nothing else is kept."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    done_on = models.DateField()

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-done_on"]
        constraints = [
            models.UniqueConstraint(fields=["school", "staff", "done_on"], name="review_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.done_on:%-d %B %Y}"


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    def by(self, user: User) -> "DeclarationQuerySet":
        return self.filter(staff=user.staff) if user.staff else self.none()

    def to(self, user: User) -> "DeclarationQuerySet":
        """Those that this person receives: never their own.

        What the head declared goes to the chair of governors; so does what waits for a head who
        was not yet the head on declaring it.
        """
        received = Q(pk=None)
        if user.has_role(Role.HEAD):
            received |= Q(to=Declaration.To.HEAD)
        if user.has_role(Role.CHAIR):
            heads = Staff.objects.current().filter(roles__role=Role.HEAD)
            received |= Q(to=Declaration.To.CHAIR)
            received |= ~Exists(DeclarationNote.objects.filter(declaration=OuterRef("pk"))) & Q(
                staff__in=heads.values("pk")
            )
        return self.filter(received).exclude(staff=user.staff)


class Declaration(SchoolRow):
    """A contact from a pupil, or a slip of one's own, told by a member of staff (B.i).

    The declarer sees it and whoever receives it; for everybody else it does not exist. It never
    changes: what was put wrongly is put right by a further one, which names the first.
    """

    class Kind(models.TextChoices):
        CONTACT = "contact", "A pupil contacted me"
        ADDED = "added", "I added or messaged a pupil"
        POSTED = "posted", "I posted something"
        OTHER = "other", "Something else"

    class To(models.TextChoices):
        HEAD = "head", "the head"
        CHAIR = "chair", "the chair of governors"

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    kind = models.CharField("What happened?", max_length=10, choices=Kind.choices)
    words = models.TextField("In your words", max_length=4000, blank=True)
    happened_on = models.DateField("When was it?")
    to = models.CharField(max_length=5, choices=To.choices)
    declared_at = models.DateTimeField()
    corrects = models.ForeignKey("self", models.CASCADE, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(DeclarationQuerySet)

    class Meta:
        ordering = ["-declared_at"]
        indexes = [models.Index(fields=["school", "staff"], name="declaration_by_staff")]

    def __str__(self) -> str:
        return self.get_kind_display()


class DeclarationNote(SchoolRow):
    """What the receiver noted: the first says that it was received; later ones add to it."""

    declaration = models.ForeignKey(Declaration, models.CASCADE, related_name="+")
    note = models.TextField("What was said", max_length=4000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.at:%-d %B %Y}"
