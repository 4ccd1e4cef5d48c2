"""The ledger of answers, and what each person says now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar

from django.db import models

from belisha.consent.rules import Fact, Kind, Voice, fact_of
from belisha.people.models import Parent, Pupil, Relation, SchoolRow, User, protected, scoped
from belisha.policy.models import Purpose


class How(models.TextChoices):
    """How an answer reached the school."""

    PAPER = "paper", "on paper"
    PHONE = "phone", "by telephone"
    IN_PERSON = "in-person", "in person"
    WEB = "web", "on their own page"
    FILE = "file", "from a file"


class AnswerQuerySet(models.QuerySet["Answer"]):
    def newest_first(self) -> AnswerQuerySet:
        return self.order_by("-happened_on", "-recorded_at", "-id")


class Answer(SchoolRow):
    """One entry of the ledger. It is never changed: a correction is a new entry."""

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    parent = models.ForeignKey(Parent, models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    how = models.CharField(max_length=10, choices=How.choices)
    happened_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    wording = models.TextField()  # what the person was asked, as it was shown
    language = models.CharField(max_length=10, default="en-gb")
    why = models.CharField(max_length=200, blank=True)  # of an answer that was set aside

    objects: ClassVar[Any] = scoped(AnswerQuerySet)

    class Meta:
        indexes = [models.Index(fields=["school", "pupil", "purpose"], name="answer_by_pupil")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.happened_on}"


class Standing(SchoolRow):
    """What one parent says now about one child and purpose: the end of that part of the ledger.

    Kept in the transaction of each answer and rebuilt by ``belisha consent verify``. It holds one
    row for each person, so that a change in who is responsible for a child needs no message here.
    """

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    parent = models.ForeignKey(Parent, models.CASCADE, related_name="+")
    purpose = models.ForeignKey(Purpose, models.CASCADE, related_name="+")
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    expires_on = models.DateField(null=True)

    objects: ClassVar[Any] = scoped()

    class Meta:
        db_table = "consent_state"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "pupil", "purpose", "parent"], name="consent_state_once"
            )
        ]

    def __str__(self) -> str:
        return self.kind


class Facts(dict[tuple[int, str], Fact]):
    """Facts by pupil id and purpose key. A pair without an entry is no answer."""

    def __missing__(self, key: tuple[int, str]) -> Fact:
        return Fact.NONE


def facts(pupil_ids: Collection[int], *, on: date, purposes: Any = None) -> Facts:
    """Ask what counts on a day for these pupils: two queries, whatever their number."""
    relations = Relation.objects.responsible().filter(pupil_id__in=pupil_ids)
    responsible = {
        (pupil, parent): not no_contact
        for pupil, parent, no_contact in relations.values_list(
            "pupil_id", "parent_id", "no_contact"
        )
    }
    standing = Standing.objects.filter(pupil_id__in=pupil_ids)
    if purposes is not None:
        standing = standing.filter(purpose__in=purposes)
    voices: dict[tuple[int, str], list[Voice]] = defaultdict(list)
    for pupil, parent, purpose, kind, expires_on in standing.values_list(
        "pupil_id", "parent_id", "purpose__key", "kind", "expires_on"
    ):
        if (pupil, parent) in responsible:
            voice = Voice(Kind(kind), expires_on, may_allow=responsible[pupil, parent])
            voices[pupil, purpose].append(voice)
    hidden = protected(pupil_ids)
    return Facts(
        {key: fact_of(said, on=on, protected=key[0] in hidden) for key, said in voices.items()}
    )
