"""What the head is asked to agree to, and what the head said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, User, scoped
from belisha.people.rules import LEADERS, Role


class Stage(StrEnum):
    """How a request stands on a day."""

    WAITING = "waiting"
    YES = "yes"
    OVER = "over"
    NO = "no"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            Stage.WAITING: "Waits",
            Stage.YES: "Yes",
            Stage.OVER: "The yes is over",
            Stage.NO: "No",
            Stage.WITHDRAWN: "Taken back",
        }[self]

    @property
    def light(self) -> str:
        """The shape that goes with it."""
        shapes = {Stage.WAITING: "ask", Stage.YES: "yes", Stage.NO: "no"}
        return shapes.get(self, "quiet")


class HeadRequestQuerySet(models.QuerySet["HeadRequest"]):
    def open(self) -> HeadRequestQuerySet:
        """Those that wait: neither answered nor taken back."""
        answered = HeadAnswer.objects.filter(request=OuterRef("pk"))
        return self.filter(~Exists(answered), withdrawn_at=None)

    def about(self, kind: HeadRequest.Kind, ref: str) -> HeadRequestQuerySet:
        """What was asked about one thing, the newest first."""
        return self.filter(kind=kind, about=ref).order_by("-asked_at", "-id")

    def at_stage(self, stage: Stage, on: date) -> HeadRequestQuerySet:
        """Those that stand so on a day."""
        if stage is Stage.WAITING:
            return self.open()
        if stage is Stage.WITHDRAWN:
            return self.exclude(withdrawn_at=None)
        answers = HeadAnswer.objects.filter(request=OuterRef("pk"))
        if stage is Stage.NO:
            return self.filter(Exists(answers.filter(yes=False)))
        standing = Exists(answers.standing(on))
        if stage is Stage.YES:
            return self.filter(standing)
        return self.filter(Exists(answers.filter(yes=True)), ~standing)

    def settled_before(self, day: date) -> HeadRequestQuerySet:
        """Those that were over before a day: taken back, refused, or with a yes that ended."""
        ended = Q(yes=False, at__date__lt=day) | Q(ended_at__date__lt=day) | Q(until__lt=day)
        over = HeadAnswer.objects.filter(ended, request=OuterRef("pk"))
        return self.filter(Q(withdrawn_at__date__lt=day) | Exists(over))

    def visible_to(self, user: User) -> HeadRequestQuerySet:
        """Those who decide see all. The office, which keeps the registers, sees all but other
        people's exceptions, since those may be private. Everyone else sees their own."""
        if user.has_role(*LEADERS):
            return self
        own = Q(asked_by=user)
        if user.has_role(Role.OFFICE):
            own |= ~Q(kind=HeadRequest.Kind.EXCEPTION)
        return self.filter(own)


class HeadRequest(SchoolRow):
    """One request for the head's yes: pictures for a place (B.ii), an account (C.1), a promotional
    use (P.vi), a device off site (P.ii), a pupil's device kept longer (A.4), an exception. It is
    never changed.

    `about` is the ref of the thing in its own area, empty for an exception. `digest` is of the
    thing as it was shown when it was asked for: when the thing says something else today, the
    request is superseded, and so is its answer.
    """

    class Kind(models.TextChoices):
        PICTURES = "pictures", "Pictures for a place"
        ACCOUNT = "account", "An account"
        PROMOTION = "promotion", "A promotional use"
        OFF_SITE = "off-site", "A device off site"
        KEEPING = "keeping", "A pupil’s device kept longer"
        EXCEPTION = "exception", "An exception"

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    about = models.CharField(max_length=22, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    title = models.CharField(max_length=160)
    words = models.TextField()  # what exactly is asked for, as it was shown
    why = models.TextField(blank=True)
    clause = models.CharField(max_length=8)
    needed_by = models.DateField(null=True)
    wanted_until = models.DateField(null=True)  # the last day for which a yes is asked
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(HeadRequestQuerySet)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["school", "kind", "about"], name="head_request_by_thing")]

    def __str__(self) -> str:
        return self.title

    @property
    def answer(self) -> HeadAnswer | None:
        found: HeadAnswer | None = HeadAnswer.objects.filter(request=self).first()
        return found


class HeadAnswerQuerySet(models.QuerySet["HeadAnswer"]):
    def standing(self, on: date) -> HeadAnswerQuerySet:
        """A yes that counts on a day, as `HeadAnswer.stands` says of one."""
        return self.filter(Q(until=None) | Q(until__gte=on), yes=True, ended_at=None)


class HeadAnswer(SchoolRow):
    """What the head, or who stood in, said to a request. There is one, and it is never changed.

    A yes may have conditions and a last day, and may be taken back later. Who asked says that they
    have read it, conditions and all; a yes that was taken back is to be read anew.
    """

    request = models.ForeignKey(HeadRequest, models.PROTECT, related_name="+")
    yes = models.BooleanField()
    conditions = models.TextField(blank=True)
    until = models.DateField("until the end of", null=True)
    reason = models.TextField(blank=True)  # of a no
    as_stand_in = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)  # a yes that was taken back
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_why = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True)  # by who asked

    objects: ClassVar[Any] = scoped(HeadAnswerQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "request"], name="head_answers_once"),
            models.CheckConstraint(
                condition=Q(yes=True) | Q(until=None, ended_at=None), name="only_a_yes_ends"
            ),
        ]

    def __str__(self) -> str:
        return "yes" if self.yes else "no"

    def stands(self, on: date) -> bool:
        """Whether it is a yes that counts on a day."""
        return self.yes and self.ended_at is None and (self.until is None or on <= self.until)


def stage_of(request: HeadRequest, answer: HeadAnswer | None, on: date) -> Stage:
    """How a request stands on a day, given its answer. Pure; `at_stage` finds the same."""
    if request.withdrawn_at:
        return Stage.WITHDRAWN
    if answer is None:
        return Stage.WAITING
    if not answer.yes:
        return Stage.NO
    return Stage.YES if answer.stands(on) else Stage.OVER


def answers_to(requests: Iterable[HeadRequest]) -> dict[int, HeadAnswer]:
    """The answer to each of several requests, by the id of the request. One query."""
    rows = HeadAnswer.objects.filter(request__in=[one.pk for one in requests])
    return {row.request_id: row for row in rows.select_related("by", "ended_by")}
