"""A concern or complaint, its stages, what was written, and how it ended."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from belisha.complaints.models.panels import PanelMember
from belisha.complaints.rules import Outcome, Rung, Stage, Subject
from belisha.lib.ids import new_ref
from belisha.people.models import (
    Parent,
    Pupil,
    SchoolClass,
    SchoolRow,
    Staff,
    User,
    scoped,
    stands_in,
)
from belisha.people.rules import GOVERNORS, STAFF, Role

HEARD_BY_HEAD = (Subject.CLASS, Subject.SCHOOL, Subject.STAFF)
HEARD_BY_CHAIR = (Subject.HEAD, Subject.GOVERNOR)


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def not_kept_from(self, user: User) -> ComplaintQuerySet:
        """All but those that do not exist for this person: about them, about their office, or their
        own as a parent, which they see on the pages of families alone."""
        shut = Q(pk=None)
        if user.staff:
            named = Concerned.objects.filter(complaint=OuterRef("pk"), staff=user.staff)
            shut |= Q(Exists(named))
        if user.has_role(Role.HEAD):
            shut |= Q(subject=Subject.HEAD)
        if user.has_role(Role.CHAIR):
            shut |= Q(subject=Subject.CHAIR)
        if user.parent:
            shut |= Q(pk__in=Complaint.objects.of_family(user).values("pk"))
        return self.filter(~shut)

    def visible_to(self, user: User, on: date) -> ComplaintQuerySet:
        """Who hears it now, who sits on its panel, and who answers for that: the head for what is
        not about the head or governors, the chair from stage 2 on and for what is about them."""
        if user.staff is None or not user.has_role(*STAFF, *GOVERNORS):
            return self.none()
        current = Step.objects.filter(complaint=OuterRef("pk"), ended_at=None)
        seat = PanelMember.objects.filter(
            panel__step__complaint=OuterRef("pk"), staff=user.staff, until_at=None
        )
        seen = Q(Exists(current.filter(handler=user.staff))) | Q(Exists(seat))
        if user.has_role(Role.HEAD) or stands_in(user, on):
            # Who stands in is the head's own choice, and hears nothing that is about the head.
            seen |= Q(subject__in=HEARD_BY_HEAD) & ~Q(Exists(_about_a(Role.HEAD)))
        if user.has_role(Role.CHAIR):
            high = current.filter(stage__in=(Stage.TWO, Stage.PANEL))
            seen |= Q(subject__in=HEARD_BY_CHAIR) | Q(Exists(high))
            # The head is named in it, so that it is not the head's to answer for.
            seen |= Q(Exists(_about_a(Role.HEAD)))
        if user.has_role(*GOVERNORS):  # nobody else can hear it
            nobody = Q(Exists(current.filter(handler=None)))
            seen |= nobody & (Q(subject=Subject.CHAIR) | Q(Exists(_about_a(Role.CHAIR))))
        return self.not_kept_from(user).filter(seen)

    def of_family(self, user: User) -> ComplaintQuerySet:
        """Those that a signed-in parent sent, also as a contact who was made one with them."""
        if user.parent is None:
            return self.none()
        return self.filter(Q(parent=user.parent) | Q(parent__merged_into=user.parent))

    def open(self) -> ComplaintQuerySet:
        return self.filter(~Exists(Closing.objects.open().filter(complaint=OuterRef("pk"))))

    def for_everyone(self) -> ComplaintQuerySet:
        """Those about no person, which alone may count in what all staff can read."""
        named = Concerned.objects.filter(complaint=OuterRef("pk"))
        return self.filter(~Exists(named), subject__in=(Subject.CLASS, Subject.SCHOOL))


def _about_a(role: Role) -> models.QuerySet[Concerned]:
    return Concerned.objects.filter(  # type: ignore[no-any-return]
        complaint=OuterRef("pk"), staff__roles__role=role, staff__left_on=None
    )


class Complaint(SchoolRow):
    """What somebody told the school. Their words never change; corrections are appended.

    Who is heard is a parent of the lists, or whoever wrote down a name. Without an account they
    come back by a code, of which only the hash is kept.
    """

    class How(models.TextChoices):
        FORM = "form", "On our form"
        LETTER = "letter", "By letter"
        EMAIL = "email", "By email"
        PHONE = "phone", "By telephone"
        IN_PERSON = "in-person", "In person"
        POST = "post", "In a post on a social network"
        GOVERNOR = "governor", "Through a governor"

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    subject = models.CharField(max_length=8, choices=[(one, one.label) for one in Subject])
    who = models.CharField(max_length=200, blank=True)  # the person it is about, as typed
    words = models.TextField(max_length=8000)
    wishes = models.TextField(max_length=2000, blank=True)
    how = models.CharField(max_length=9, choices=How.choices, default=How.FORM)
    received_on = models.DateField()
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey(Parent, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=210)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=10, default="en-gb")
    child = models.ForeignKey(Pupil, models.SET_NULL, null=True, related_name="+")
    child_called = models.CharField(max_length=210, blank=True)
    school_class = models.ForeignKey(SchoolClass, models.SET_NULL, null=True, related_name="+")
    class_called = models.CharField(max_length=100, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(ComplaintQuerySet)

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "code_hash"], condition=~Q(code_hash=""), name="complaint_code"
            )
        ]
        indexes = [models.Index(fields=["school", "received_on"], name="complaint_by_day")]

    def __str__(self) -> str:
        return self.name

    @property
    def child_name(self) -> str:
        return str(self.child) if self.child else self.child_called

    @property
    def class_name(self) -> str:
        return str(self.school_class) if self.school_class else self.class_called

    def had_part(self) -> frozenset[int]:
        """Who heard or answered a stage that is over, by number of staff."""
        over = self.steps.exclude(ended_at=None)
        heard = over.values_list("handler_id", flat=True)
        answered = Staff.objects.filter(user__in=over.values("decided_by"))
        return frozenset(one for one in (*heard, *answered.values_list("pk", flat=True)) if one)


class Step(SchoolRow):
    """One stage of a complaint, and who hears it. One of them is current; that is in the database.

    What happened to it is set once: acknowledged, answered, ended by the next stage.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=7, choices=[(one, one.label) for one in Stage])
    handler = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    rung = models.CharField(max_length=8, choices=[(one, one.label) for one in Rung], blank=True)
    why_handler = models.CharField(max_length=500, blank=True)  # where a person chose them
    began_on = models.DateField()
    began_at = models.DateTimeField()
    why_begun = models.TextField(max_length=4000, blank=True)  # why it goes on, in their words
    acknowledge_by = models.DateField()
    acknowledged_at = models.DateTimeField(null=True)
    due_on = models.DateField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(
        max_length=10, choices=[(one, one.label) for one in Outcome], blank=True
    )
    reasons = models.TextField(max_length=8000, blank=True)
    put_right = models.TextField(max_length=4000, blank=True)
    go_on_by = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    near_told_at = models.DateTimeField(null=True)
    late_told_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["began_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "complaint"],
                condition=Q(ended_at=None),
                name="complaint_step_current_once",
            )
        ]
        indexes = [models.Index(fields=["school", "handler"], name="complaint_step_handler")]

    def __str__(self) -> str:
        return Stage(self.stage).label

    @property
    def answers(self) -> bool:
        """Whether somebody who is still here hears it."""
        return self.handler is not None and self.handler.left_on is None


class Extension(SchoolRow):
    """The school needs longer, and told the family why. Appended."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="extensions")
    was_due_on = models.DateField()
    due_on = models.DateField()
    why = models.TextField(max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"until {self.due_on:%-d %B %Y}"


class Message(SchoolRow):
    """What was written, by the family or the school; a note stays in the school. Appended."""

    class Kind(models.TextChoices):
        MESSAGE = "message", "Message"
        NOTE = "note", "Note of the school"
        CORRECTION = "correction", "Correction"

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MESSAGE)
    from_family = models.BooleanField(default=False)
    words = models.TextField(max_length=8000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "complaint"], name="complaint_messages")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Concerned(SchoolRow):
    """Somebody whom it is about. For them it does not exist anywhere."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="concerned")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "complaint", "staff"], name="complaint_concerned_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.staff)


class ClosingQuerySet(models.QuerySet["Closing"]):
    def open(self) -> ClosingQuerySet:
        """Those of complaints that are closed still."""
        return self.filter(reopened_at=None)


class Closing(SchoolRow):
    """A complaint ended, and perhaps was opened again."""

    class Why(models.TextChoices):
        CONTENT = "content", "The family says that it is settled"
        TIME = "time", "Nobody took it further in time"
        LAST = "last", "The panel has answered"
        WITHDRAWN = "withdrawn", "The family took it back"
        MERGED = "merged", "It is the same as another"
        ELSEWHERE = "elsewhere", "It goes another way"

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="closings")
    why = models.CharField(max_length=9, choices=Why.choices)
    words = models.TextField(max_length=2000, blank=True)
    elsewhere = models.CharField(max_length=20, blank=True)  # key of `elsewhere.WAYS`
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    why_reopened = models.TextField(max_length=2000, blank=True)

    objects: ClassVar[Any] = scoped(ClosingQuerySet)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "complaint"],
                condition=Q(reopened_at=None),
                name="complaint_closed_once",
            )
        ]

    def __str__(self) -> str:
        return self.get_why_display()


class OfferQuerySet(models.QuerySet["Offer"]):
    def standing(self) -> OfferQuerySet:
        return self.filter(struck_at=None)


class Offer(SchoolRow):
    """Somebody complained in a post, and the school showed them the way to be heard (D.ii).

    Before anything heavy is done about a post, this must have happened. What was written down by
    mistake is struck out, to be read.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    where = models.CharField(max_length=300)
    seen = models.TextField(max_length=2000)
    seen_on = models.DateField()
    reply = models.TextField(max_length=2000)
    offered_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    struck_why = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = scoped(OfferQuerySet)

    class Meta:
        ordering = ["-offered_on", "-id"]

    def __str__(self) -> str:
        return self.where
