"""The ledger of answers, and what each person says now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from belisha.consent.rules import Fact, Kind, Said, Voice, fact_of, standing
from belisha.lib.ids import new_ref
from belisha.people.access import can_protect, sees_whole_school
from belisha.people.models import (
    Mail,
    Parent,
    Protection,
    Pupil,
    Relation,
    SchoolClass,
    SchoolRow,
    Staff,
    User,
    protected,
    scoped,
)
from belisha.policy.models import Purpose

Key = tuple[int, int, int]  # the ids of a pupil, a person and a purpose


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

    def from_person(self, parent: Parent) -> AnswerQuerySet:
        """What came from one person, also as a contact that was merged into this one."""
        return self.filter(Q(parent=parent) | Q(parent__merged_into=parent))

    def without_yes(self) -> AnswerQuerySet:
        """The ledger of a child who must not be found: as though nobody had ever said yes."""
        return self.exclude(kind=Kind.GIVEN).exclude(voids__kind=Kind.GIVEN)

    def shown_to(self, user: User) -> AnswerQuerySet:
        """What a person may read of the ledger; `shown` is the kind to name it by.

        Of a protected child only the safeguarding lead sees a yes, and a yes taken back is a plain
        no to all others, so that nothing tells the child from one whose family never said yes.
        """
        if not sees_whole_school(user):
            return self.none()
        return self.annotate(shown=F("kind")) if can_protect(user) else self.shown_to_others()

    def shown_to_others(self) -> AnswerQuerySet:
        """What all but the safeguarding lead may read; so does whatever is printed for others."""
        hidden = Q(pupil__in=Protection.objects.standing().values("pupil"))
        yes = Q(kind=Kind.GIVEN) | Q(voids__isnull=False, voids__kind=Kind.GIVEN)
        plain_no = When(hidden & Q(kind=Kind.WITHDRAWN), then=Value(Kind.REFUSED.value))
        return self.exclude(hidden & yes).annotate(shown=Case(plain_no, default=F("kind")))


class Answer(SchoolRow):
    """One entry of the ledger. It is never changed: a correction is a new entry.

    `parent` is the contact under whom it was written; who said it is `person`.
    """

    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")
    parent = models.ForeignKey(Parent, models.PROTECT, related_name="+")
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    happened_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    wording = models.TextField()  # what the person was asked, as it was shown
    language = models.CharField(max_length=10, default="en-gb")
    # An entry that sets another aside says which, and why.
    voids = models.ForeignKey("self", models.RESTRICT, null=True, related_name="+")
    why = models.CharField(max_length=200, blank=True)

    objects: ClassVar[Any] = scoped(AnswerQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "voids"],
                condition=Q(voids__isnull=False),
                name="answer_set_aside_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.INVALIDATED.value, voids__isnull=False)
                | (~Q(kind=Kind.INVALIDATED.value) & Q(voids__isnull=True)),
                name="only_an_answer_is_set_aside",
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil", "purpose"], name="answer_by_pupil")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.happened_on}"

    @property
    def person(self) -> Parent:
        """Who said it: of two contacts that were merged, the one who was kept."""
        return self.parent.merged_into or self.parent

    @property
    def person_id(self) -> int:
        return self.parent.merged_into_id or self.parent_id

    @property
    def key(self) -> Key:
        return self.pupil_id, self.person_id, self.purpose_id

    @property
    def said(self) -> Said:
        return Said(self.id, Kind(self.kind), self.happened_on, self.recorded_at, self.voids_id)


def standing_answers(answers: Iterable[Answer]) -> dict[Key, Answer]:
    """Weigh whole ledgers: for each child, person and purpose the entry that stands.

    Give answers with their `parent`, which says whose they are.
    """
    ledgers: dict[Key, dict[int, Answer]] = defaultdict(dict)
    for answer in answers:
        ledgers[answer.key][answer.id] = answer
    return {
        key: ledger[standing([answer.said for answer in ledger.values()]).id]
        for key, ledger in ledgers.items()
    }


class StandingQuerySet(models.QuerySet["Standing"]):
    def said_when(self) -> StandingQuerySet:
        """With the day of the answer and the time of its record, as an `Answer` has them."""
        return self.annotate(
            happened_on=F("answer__happened_on"), recorded_at=F("answer__recorded_at")
        )


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

    objects: ClassVar[Any] = scoped(StandingQuerySet)

    class Meta:
        db_table = "consent_state"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "pupil", "purpose", "parent"], name="consent_state_once"
            )
        ]

    def __str__(self) -> str:
        return self.kind

    @property
    def key(self) -> Key:
        return self.pupil_id, self.parent_id, self.purpose_id


class Facts(dict[tuple[int, str], Fact]):
    """Facts by pupil id and purpose key. A pair without an entry is no answer."""

    def __missing__(self, key: tuple[int, str]) -> Fact:
        return Fact.NONE


_SAID = ("pupil_id", "parent_id", "purpose_id", "kind", "expires_on", "happened_on", "recorded_at")


def facts(pupil_ids: Collection[int], *, on: date, purposes: Any = None) -> Facts:
    """Ask what counts on a day for these pupils: at most five queries, whatever their number.

    `purposes` is a queryset or list of purposes; without it, all.
    """
    hidden = protected(pupil_ids)
    responsible = _responsible(pupil_ids)
    asked = Purpose.objects.all() if purposes is None else purposes
    purposes = {purpose.pk: purpose for purpose in asked}
    voices: dict[tuple[int, str], list[Voice]] = defaultdict(list)
    for (pupil_id, parent_id, purpose_id), one in _said_about(pupil_ids, hidden).items():
        may_allow = responsible.get((pupil_id, parent_id))
        purpose = purposes.get(purpose_id)
        if may_allow is not None and purpose:
            outdated = is_outdated(one, purpose)
            voice = Voice(Kind(one.kind), one.expires_on, may_allow, outdated)
            voices[pupil_id, purpose.key].append(voice)
    return Facts(
        {key: fact_of(said, on=on, protected=key[0] in hidden) for key, said in voices.items()}
    )


def is_outdated(answer: Any, purpose: Purpose) -> bool:
    """Whether an answer is from before the purpose's words changed in substance.

    So is a paper form signed on an earlier day that is typed in afterwards. `answer` is an `Answer`
    or a row of `Standing.objects.said_when()`.
    """
    since = purpose.asked_since
    if since is None:
        return False
    on: date = answer.happened_on
    return bool(answer.recorded_at < since) or on < timezone.localdate(since)


def answered(pupil_ids: Collection[int]) -> set[tuple[int, int]]:
    """Who has an answer that stands, by pupil and parent, as far as anybody may know of it."""
    said = _said_about(pupil_ids, protected(pupil_ids)).items()
    return {key[:2] for key, one in said if one.kind != Kind.INVALIDATED}


def _said_about(pupil_ids: Collection[int], hidden: Collection[int]) -> dict[Key, Any]:
    """What each person says now; of a child who must not be found, without any yes."""
    standing = Standing.objects.filter(pupil_id__in=set(pupil_ids) - set(hidden)).said_when()
    rows = standing.values_list(*_SAID, named=True)  # no objects: they may be thousands
    said = {(row.pupil_id, row.parent_id, row.purpose_id): row for row in rows}
    if not hidden:
        return said
    ledgers = Answer.objects.filter(pupil_id__in=hidden).without_yes().select_related("parent")
    return said | standing_answers(ledgers)


def _responsible(pupil_ids: Collection[int]) -> dict[tuple[int, int], bool]:
    """Who answers for whom, by pupil and parent, and whether their yes counts."""
    relations = Relation.objects.responsible().filter(pupil_id__in=pupil_ids)
    rows = relations.values_list("pupil_id", "parent_id", "no_contact")
    return {(pupil, parent): not no_contact for pupil, parent, no_contact in rows}


class AnswerFile(SchoolRow):
    """A list of answers that someone sent and has not accepted yet. Gone after a day."""

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    data = models.BinaryField()

    objects: ClassVar[Any] = scoped()

    def __str__(self) -> str:
        return self.name


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def open(self, on: date) -> CampaignQuerySet:
        return self.filter(ended_at=None, answer_by__gte=on)


class Campaign(SchoolRow):
    """Families are asked, on one day and in the office's words, about every purpose in use."""

    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)  # as the office typed it; it stands in each mail
    whom = models.CharField(max_length=200)  # in words, such as "Robins, Wrens"
    class_ids = models.JSONField(default=list)  # the classes that were asked; empty: all
    since = models.DateField(null=True)  # answers from before this day are asked for again
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    answer_by = models.DateField()
    remind_after = models.PositiveSmallIntegerField(null=True)  # days
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped(CampaignQuerySet)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.title

    def is_open(self, on: date) -> bool:
        return self.ended_at is None and on <= self.answer_by


class Reach(models.TextChoices):
    """How a question came to a parent."""

    MAIL = "mail", "by email"
    LETTER = "letter", "by letter"
    HAND = "hand", "by hand"


class Asked(SchoolRow):
    """One parent was asked in a campaign. What they answered since stands in the ledger alone.

    How often they were reminded is for the next reminder, and for no page: a reminder that is not
    sent would say that there is an answer, even where the register hides it.
    """

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="asked")
    parent = models.ForeignKey(Parent, models.CASCADE, related_name="+")
    reach = models.CharField(max_length=6, choices=Reach.choices)
    asked_at = models.DateTimeField()
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="+")
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "campaign", "parent"], name="asked_once")
        ]

    def __str__(self) -> str:
        return f"{self.parent} {self.get_reach_display()}"


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, user: User) -> SheetQuerySet:
        """Who made it, who sees the whole school, and who teaches a class that is on it."""
        if sees_whole_school(user):
            return self
        if not user.is_staff_member:
            return self.none()
        return self.filter(Q(made_by=user) | Q(pk__in=_on_sheets_of(user.staff))).distinct()


def _on_sheets_of(staff: Staff | None) -> Any:
    taught = SchoolClass.objects.current().filter(teachers=staff)
    return SheetClass.objects.filter(school_class__in=taught).values("sheet")


class Sheet(SchoolRow):
    """Who may be in what at one event. It holds who comes; what counts is asked when it is read."""

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    title = models.CharField(max_length=80)
    on = models.DateField("date")
    made_at = models.DateTimeField(editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped(SheetQuerySet)

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return self.title


class SheetClass(SchoolRow):
    """A class that comes to an event: whoever is in it when the sheet is read."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="classes")
    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "sheet", "school_class"], name="class_once_on_a_sheet"
            )
        ]

    def __str__(self) -> str:
        return str(self.school_class)


class SheetPupil(SchoolRow):
    """A child who comes to an event without the class."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="pupils")
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "sheet", "pupil"], name="child_once_on_a_sheet"
            )
        ]

    def __str__(self) -> str:
        return self.pupil.short_name
