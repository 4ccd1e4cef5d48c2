"""The plan of how parents are made aware of what is asked of them (D.0), step by step."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belisha.people.models import SchoolRow, Staff, User, scoped
from belisha.policy.awareness import (
    AwarenessState,
    Channel,
    Standing,
    school_year,
    standing,
    state_of,
)


class AwarenessQuerySet(models.QuerySet["AwarenessStep"]):
    def of_year(self, year: int) -> "AwarenessQuerySet":
        """Those of the school year that began in this year, set aside or not."""
        return self.filter(year=year)

    def open(self) -> "AwarenessQuerySet":
        """Those that are still to be done."""
        return self.filter(done_on=None, set_aside_at=None)


class AwarenessStep(SchoolRow):
    """One use of one channel in one school year: the words, the day, who did it, and the evidence.

    What is not to happen is set aside with a reason and stays in the plan.
    """

    year = models.PositiveSmallIntegerField("school year", editable=False)
    channel = models.CharField(
        max_length=20, choices=[(channel.value, channel.label) for channel in Channel]
    )
    name = models.CharField("what it is called", max_length=80, blank=True)
    planned_on = models.DateField("planned for")
    text = models.TextField("the words used", max_length=5000, blank=True)
    done_on = models.DateField("done on", null=True, blank=True)
    done_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who did it"
    )
    evidence = models.CharField(max_length=500, blank=True)
    link = models.URLField("where it can be seen", max_length=300, blank=True)
    set_aside_at = models.DateTimeField(null=True, editable=False)
    why = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped(AwarenessQuerySet)

    class Meta:
        ordering = ["planned_on", "id"]
        indexes = [models.Index(fields=["school", "year"], name="awareness_by_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None)
                | Q(done_on__isnull=False, done_by__isnull=False, set_aside_at=None),
                name="who_did_it_and_when",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The channel, and what the school calls this step of it."""
        label = Channel(self.channel).label
        if self.channel == Channel.OTHER and self.name:
            return self.name
        return f"{label}: {self.name}" if self.name else label

    @property
    def file(self) -> "AwarenessFile | None":
        """What shows that it was done."""
        found: AwarenessFile | None = AwarenessFile.objects.filter(step=self).first()
        return found

    def standing(self, on: date) -> Standing:
        return standing(
            planned_on=self.planned_on,
            done=self.done_on is not None,
            set_aside=self.set_aside_at is not None,
            on=on,
        )


class AwarenessFile(SchoolRow):
    """What shows that a step was done: a page of the prospectus, the newsletter. It lies sealed."""

    step = models.OneToOneField(AwarenessStep, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)  # as it was sent; never the name that is given out
    kind = models.CharField(max_length=4)  # pdf, jpg or png, by what the file says of itself
    size = models.PositiveIntegerField()  # bytes
    sealed = models.BinaryField()
    wrapped_key = models.BinaryField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    def __str__(self) -> str:
        return self.name

    @property
    def about(self) -> bytes:
        """What its seal is bound to: a file that changes places with another does not open."""
        return f"awareness {self.school_id}/{self.step_id}/{self.pk}".encode()


def awareness_state(on: date) -> AwarenessState:
    """How the school year of a day stands, in numbers: for the live state of D.0."""
    steps = AwarenessStep.objects.of_year(school_year(on))
    return state_of([(Channel(step.channel), step.standing(on)) for step in steps])
