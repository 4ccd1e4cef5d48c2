"""What is to go from the web, step by step, and the heavy means that are weighed before."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from belisha.incidents.models.cases import Case
from belisha.incidents.models.record import Evidence
from belisha.incidents.removal.brake import Deed, Sort
from belisha.incidents.removal.catalogue import Harm
from belisha.incidents.removal.ladder import Answer, Rung, Taken
from belisha.people.models import SchoolRow, User, scoped


class Thing(models.TextChoices):
    """What it is, as a letter calls it."""

    POST = "post", "the post"
    COMMENT = "comment", "the comment"
    PICTURE = "picture", "the picture"
    VIDEO = "video", "the video"
    MESSAGE = "message", "the message"
    ACCOUNT = "account", "the account"
    GROUP = "group", "the group"


class PostQuerySet(models.QuerySet["Post"]):
    def there(self) -> PostQuerySet:
        """Those that were not seen to be gone."""
        return self.filter(gone_at=None, struck_at=None)

    def standing(self) -> PostQuerySet:
        return self.filter(struck_at=None)


class Post(SchoolRow):
    """A post, comment or account that is to go (D.iii to D.vii).

    Wherever and whenever it was made, it is written down (E.iv). `service` is a key of the
    directory of services; empty where that does not know it, and `where` says it in words.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="posts")
    thing = models.CharField("what is it?", max_length=7, choices=Thing.choices)
    service = models.CharField(max_length=40, blank=True)
    where = models.CharField("where does it stand?", max_length=200)
    url = models.URLField("address", max_length=1000, blank=True)
    author = models.CharField("who posted it, as far as is known", max_length=200, blank=True)
    runs_it = models.CharField("who runs the account or group", max_length=200, blank=True)
    words = models.TextField("what it says", max_length=2000, blank=True)
    posted = models.CharField("when and from where it was posted", max_length=200, blank=True)
    harms = models.JSONField(default=list)  # words of Harm
    seen_at = models.DateTimeField("when somebody saw it", null=True, blank=True)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    gone_at = models.DateTimeField(null=True, editable=False)
    gone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    # Written down by mistake: struck out, to be read.
    struck_at = models.DateTimeField(null=True, editable=False)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped(PostQuerySet)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "case"], name="post_of_case")]

    def __str__(self) -> str:
        return f"{self.get_thing_display().removeprefix('the ').capitalize()}: {self.where}"

    @property
    def is_there(self) -> bool:
        return self.gone_at is None and self.struck_at is None

    @property
    def wrongs(self) -> frozenset[Harm]:
        return frozenset(Harm(word) for word in self.harms)

    @property
    def taken(self) -> list[Taken]:
        """Its steps, as the rule of the ladder knows them."""
        return [step.as_taken for step in self.steps.all()]


class StepQuerySet(models.QuerySet["Step"]):
    def running(self) -> StepQuerySet:
        return self.filter(answer="", passed_over=False)


class Step(SchoolRow):
    """A step of the ladder: what was sent to whom, with its clock and what came of it (D.v, D.vii).

    A step that is passed over has its reason in `words`.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="steps")
    rung = models.CharField(max_length=8, choices=[(one, one.label) for one in Rung])
    passed_over = models.BooleanField(default=False)
    to = models.CharField("whom was it sent to, and how?", max_length=200, blank=True)
    words = models.TextField("what was sent", max_length=5000)
    number = models.CharField("number of the report", max_length=100, blank=True)
    proof = models.ForeignKey(Evidence, models.SET_NULL, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answer = models.CharField(
        max_length=8, choices=[(one, one.label) for one in Answer], blank=True
    )
    said = models.TextField("what came of it", max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(StepQuerySet)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["school", "answer", "due_at"], name="step_due")]

    def __str__(self) -> str:
        return f"{Rung(self.rung).label}: {self.post}"

    @property
    def as_taken(self) -> Taken:
        answer = Answer(self.answer) if self.answer else None
        return Taken(Rung(self.rung), self.due_at, self.passed_over, answer)


class MeasureQuerySet(models.QuerySet["Measure"]):
    def open(self) -> MeasureQuerySet:
        return self.filter(done_at=None, dropped_at=None)


class Measure(SchoolRow):
    """A ban, the police or a solicitor: weighed, slept on, read by somebody else (D.viii).

    What was written at the beginning is never edited: who thinks anew drops it and begins again, so
    that the pause begins again too.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="measures")
    deed = models.CharField("what?", max_length=6, choices=[(one, one.label) for one in Deed])
    sort = models.CharField(
        "what kind of words or pictures are these?",
        max_length=10,
        choices=[(one, one.label) for one in Sort],
    )
    threat_to_life = models.BooleanField("somebody’s life is threatened", default=False)
    offered_on = models.DateField("the way to complain was offered on", null=True, blank=True)
    why_not = models.CharField("or why it was not offered", max_length=500, blank=True)
    why = models.TextField("why nothing lighter is enough", max_length=2000)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    agrees = models.BooleanField(null=True, editable=False)
    read_words = models.TextField(max_length=2000, blank=True, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    read_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    done_words = models.TextField(max_length=2000, blank=True, editable=False)
    # The answer of `may_go_on` at that moment.
    ground = models.TextField(max_length=2000, blank=True, editable=False)
    dropped_at = models.DateTimeField(null=True, editable=False)
    dropped_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects: ClassVar[Any] = scoped(MeasureQuerySet)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "case", "deed"],
                condition=Q(done_at=None, dropped_at=None),
                name="measure_once",
            )
        ]

    def __str__(self) -> str:
        return Deed(self.deed).label


class WrongLink(SchoolRow):
    """Somebody says that a way to report is wrong, and perhaps what is right.

    It names no case, and the page shows nobody's name, so that it tells of none.
    """

    key = models.CharField(max_length=200)  # of the form or helpline
    words = models.CharField("what is right?", max_length=500, blank=True)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "key"], name="wrong_link_of_key")]

    def __str__(self) -> str:
        return f"{self.key} is wrong"
