"""How a case goes on: answers, sanctions, help, outcomes, what rose, how long it is kept."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from belisha.incidents.models.cases import Case, Party
from belisha.incidents.working.clocks import Rung
from belisha.incidents.working.closing import ForStaff
from belisha.people.models import SchoolRow, Staff, User, scoped


class ReplyQuerySet(models.QuerySet["Reply"]):
    def newest(self) -> list[Reply]:
        """Of each question the reply that counts."""
        found = {(row.sheet, row.question): row for row in self.order_by("at", "id")}
        return list(found.values())


class Reply(SchoolRow):
    """An answer to a question about a case. A changed one is appended; the newest counts.

    `asked` are the words of the question of that day. An empty `value` takes an answer back.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="replies")
    sheet = models.CharField(max_length=20)
    question = models.CharField(max_length=20)
    asked = models.CharField(max_length=200)
    value = models.TextField(max_length=2000, blank=True)
    said = models.TextField(max_length=2000, blank=True)
    why = models.TextField(max_length=2000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped(ReplyQuerySet)

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "replies"
        indexes = [models.Index(fields=["school", "case"], name="reply_of_case")]

    def __str__(self) -> str:
        return f"{self.asked} {self.said}"


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def standing(self) -> SanctionQuerySet:
        return self.filter(struck_at=None)


class Sanction(SchoolRow):
    """A sanction for a pupil, with its ground. Taken back, never removed (A.5, E.0)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="sanctions")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    step = models.CharField("sanction", max_length=80)
    why = models.CharField(max_length=1000)
    # The answer of `may_sanction` on that day, such as "E.i: …".
    ground = models.TextField(max_length=2000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    struck_why = models.CharField(max_length=1000, blank=True)

    objects: ClassVar[Any] = scoped(SanctionQuerySet)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "case"], name="sanction_of_case")]

    def __str__(self) -> str:
        return f"{self.step}: {self.party}"


class Support(SchoolRow):
    """How somebody who was harmed is helped, and when somebody asks again."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="supports")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    words = models.TextField("what helps", max_length=2000)
    ask_again_on = models.DateField("asked again on", null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "case"], name="support_of_case")]

    def __str__(self) -> str:
        return f"Help for {self.party}"


class StaffOutcomeQuerySet(models.QuerySet["StaffOutcome"]):
    def visible_to(self, user: User) -> StaffOutcomeQuerySet:
        """Those whose reader one is, of cases that one may see: ask the case first."""
        reads = OutcomeReader.objects.filter(outcome=OuterRef("pk"), staff=user.staff)
        return self.filter(Exists(reads)) if user.staff else self.none()


class StaffOutcome(SchoolRow):
    """What came of a case for somebody who works here: read by its own list alone (B.xi)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="staff_outcomes")
    party = models.ForeignKey(Party, models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=12, choices=[(one, one.label) for one in ForStaff])
    words = models.TextField("what was decided", max_length=5000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped(StaffOutcomeQuerySet)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "at"], name="staff_outcome_by_day")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.party}"


class OutcomeReader(SchoolRow):
    """Who may read an outcome."""

    outcome = models.ForeignKey(StaffOutcome, models.CASCADE, related_name="readers")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "outcome", "staff"], name="reader_once")
        ]

    def __str__(self) -> str:
        return str(self.staff)


class Risen(SchoolRow):
    """Something late rose to a rung: once for each thing and rung. `what` is such as "task:12"."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="risen")
    what = models.CharField(max_length=30)
    rung = models.CharField(max_length=8, choices=[(one, one.label) for one in Rung])
    at = models.DateTimeField()

    objects: ClassVar[Any] = scoped()

    class Meta:
        verbose_name_plural = "risen"
        constraints = [
            models.UniqueConstraint(fields=["school", "case", "what", "rung"], name="risen_once")
        ]

    def __str__(self) -> str:
        return f"{self.what} rose to {self.rung}"


class Period(SchoolRow):
    """A number that the school set: "clock.referral" in working days, "keep.breach" in years.

    The newest row of a key counts.
    """

    key = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "key"], name="period_of_key")]

    def __str__(self) -> str:
        return f"{self.key}: {self.number}"


def periods() -> dict[str, int]:
    """What the school set, by key."""
    return dict(Period.objects.order_by("at", "id").values_list("key", "number"))


class KeepingQuerySet(models.QuerySet["Keeping"]):
    def waiting(self) -> KeepingQuerySet:
        return self.filter(settled_at=None)


class Keeping(SchoolRow):
    """The period of a closed case is over: somebody decides whether it is erased.

    Two people erase: `proposed_by` says so, somebody else does it. Until `until` it is kept longer.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="keepings")
    at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    until = models.DateField("kept until", null=True)
    why = models.CharField("why it is kept longer", max_length=500, blank=True)

    objects: ClassVar[Any] = scoped(KeepingQuerySet)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "case"], condition=Q(settled_at=None), name="keeping_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: keep it longer?"
