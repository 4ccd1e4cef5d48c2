"""What the head is asked to agree to, and what the head said."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from belisha.lib.ids import new_ref
from belisha.people.models import SchoolRow, User, scoped
from belisha.people.rules import LEADERS


class HeadRequestQuerySet(models.QuerySet["HeadRequest"]):
    def open(self) -> HeadRequestQuerySet:
        """Those that wait: neither answered nor taken back."""
        answered = HeadAnswer.objects.filter(request=OuterRef("pk"))
        return self.filter(~Exists(answered), withdrawn_at=None)

    def about(self, kind: HeadRequest.Kind, ref: str) -> HeadRequestQuerySet:
        """What was asked about one thing, the newest first."""
        return self.filter(kind=kind, about=ref).order_by("-asked_at", "-id")

    def visible_to(self, user: User) -> HeadRequestQuerySet:
        """Those who decide see all, everyone else their own."""
        return self if user.has_role(*LEADERS) else self.filter(asked_by=user)


class HeadRequest(SchoolRow):
    """One request for the head's yes: pictures for a place (B.ii), an account (C.1), a promotional
    use (P.vi), a device off site (P.ii), an exception. It is never changed.

    `about` is the ref of the thing in its own area, empty for an exception. `digest` is of the
    thing as it was shown when it was asked for: when the thing says something else today, the
    request is superseded, and so is its answer.
    """

    class Kind(models.TextChoices):
        PICTURES = "pictures", "Pictures for a place"
        ACCOUNT = "account", "An account"
        PROMOTION = "promotion", "A promotional use"
        OFF_SITE = "off-site", "A device off site"
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


class HeadAnswer(SchoolRow):
    """What the head, or who stood in, said to a request. There is one, and it is never changed.

    A yes may have conditions and a last day, and may be taken back later.
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

    objects: ClassVar[Any] = scoped()

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
