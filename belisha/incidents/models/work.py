"""What is to be done about a case, and who must know of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belisha.incidents.models.cases import Case
from belisha.incidents.rules import Kind, Seat
from belisha.incidents.working.kinds import answered_on
from belisha.people.models import SchoolRow, Staff, User, scoped


class TaskQuerySet(models.QuerySet["Task"]):
    def open(self) -> TaskQuerySet:
        return self.filter(done_at=None)


class Task(SchoolRow):
    """Something that is to be done until then. `staff` is null where any handler may do it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    # Which question or rule it comes from; empty where a handler thought of it.
    rule = models.CharField(max_length=30, blank=True, editable=False)
    what = models.CharField("what is to be done", max_length=300)
    why = models.CharField(max_length=300, blank=True)
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField("until", null=True, blank=True)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    # It was not needed after all, or what came of it.
    needed = models.BooleanField(default=True, editable=False)
    words = models.TextField("what came of it", max_length=2000, blank=True)

    objects: ClassVar[Any] = scoped(TaskQuerySet)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "case", "rule"], condition=~Q(rule=""), name="task_of_rule_once"
            )
        ]
        indexes = [models.Index(fields=["school", "done_at", "due_at"], name="task_due")]

    def __str__(self) -> str:
        return self.what

    @property
    def sheet(self) -> str:
        """The sheet of questions on which it is answered, if there is one."""
        return answered_on(Kind(self.case.kind), self.rule) if self.rule else ""


class ToldQuerySet(models.QuerySet["Told"]):
    def waiting(self) -> ToldQuerySet:
        return self.filter(settled_at=None)


class Told(SchoolRow):
    """Who must be told of a case, who was, or why not."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="told")
    # Which question or rule it comes from; empty where a handler thought of it.
    rule = models.CharField(max_length=30, blank=True, editable=False)
    who = models.CharField("who", max_length=200)
    seat = models.CharField(
        max_length=12, choices=[(one, one.label) for one in Seat], blank=True, editable=False
    )
    why = models.CharField("why they must know", max_length=300, blank=True)
    due_at = models.DateTimeField("until", null=True, blank=True)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    was_told = models.BooleanField(null=True, editable=False)
    how = models.CharField("how, or why not", max_length=500, blank=True)

    objects: ClassVar[Any] = scoped(ToldQuerySet)

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "told"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "case", "rule"], condition=~Q(rule=""), name="told_of_rule_once"
            )
        ]
        indexes = [models.Index(fields=["school", "case"], name="told_of_case")]

    def __str__(self) -> str:
        return self.who


class FollowUp(SchoolRow):
    """The head or a designated leader followed the case up (B.x). Appended; none closes without."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="follow_ups")
    words = models.TextField("what was done", max_length=5000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "case"], name="follow_up_of_case")]

    def __str__(self) -> str:
        return f"followed up {self.at:%-d %B %Y}"


class Outside(SchoolRow):
    """Whom to reach outside the school: the local authority's officer, above all (B.ix).

    The newest row of a seat counts.
    """

    seat = models.CharField(max_length=12, choices=[(one, one.label) for one in Seat])
    name = models.CharField("name or office", max_length=120)
    email = models.EmailField("email address", blank=True)
    phone = models.CharField("telephone", max_length=30, blank=True)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return self.name
