"""The school's ladders of sanctions, and what was decided by them (A.5)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from belisha.people.models import Pupil, SchoolRow, User, scoped
from belisha.policy.sanctions import LADDERS, LONGEST_TITLE, LONGEST_WORDS, Step


class Ladder(SchoolRow):
    """A ladder as it was written on a day. It is never changed: the newest of a policy counts."""

    policy = models.CharField(max_length=40)  # the key of the document that it belongs to
    steps = models.JSONField()  # name, words and days of each, from the first on
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["school", "policy"], name="ladder_by_policy")]

    def __str__(self) -> str:
        return f"Ladder of {self.made_at:%-d %B %Y}"

    @property
    def ladder(self) -> tuple[Step, ...]:
        return tuple(Step(*step) for step in self.steps)


def ladder_of(policy: str) -> tuple[Step, ...]:
    """The ladder that counts: the school's newest, or the one that comes with Belisha."""
    row: Ladder | None = Ladder.objects.filter(policy=policy).first()
    return row.ladder if row else LADDERS[policy].steps


class SanctionQuerySet(models.QuerySet["Sanction"]):
    def about(self, ref: str) -> SanctionQuerySet:
        """What was decided about one thing, the newest first: that one counts."""
        return self.filter(about=ref)

    def alike(self, policy: str, earlier: int) -> SanctionQuerySet:
        """What was decided about other breaches with as many before them."""
        return self.filter(policy=policy, earlier=earlier)


class Sanction(SchoolRow):
    """What a person decided by a ladder about one breach. It keeps the words of its day.

    `about` is the ref of the breach in its own area. A later row about the same thing counts
    instead of this one; both stay.
    """

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    policy = models.CharField(max_length=40)
    clause = models.CharField(max_length=8)
    about = models.CharField(max_length=22)
    earlier = models.PositiveSmallIntegerField()  # breaches before it in that school year
    suggested = models.CharField(max_length=LONGEST_TITLE)
    chosen = models.CharField(max_length=LONGEST_TITLE)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    why = models.TextField(blank=True)  # where the choice departs from the ladder
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped(SanctionQuerySet)

    class Meta:
        ordering = ["-decided_at", "-id"]
        indexes = [models.Index(fields=["school", "about"], name="sanction_by_thing")]

    def __str__(self) -> str:
        return self.chosen

    @property
    def departs(self) -> bool:
        return self.chosen != self.suggested
