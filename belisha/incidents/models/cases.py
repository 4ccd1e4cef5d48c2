"""A case, who is part of it, and who works on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from belisha.incidents.rules import About, Kind, Part, Seat, Way, new_reference
from belisha.lib.ids import new_ref
from belisha.people.held import Person
from belisha.people.models import Parent, Pupil, Relation, SchoolRow, Staff, StandIn, User, scoped


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        return self.filter(~Exists(Closing.objects.standing().filter(case=OuterRef("pk"))))

    def closed(self) -> CaseQuerySet:
        return self.filter(Exists(Closing.objects.standing().filter(case=OuterRef("pk"))))

    def urgent(self) -> CaseQuerySet:
        waits_for_nobody = Q(forbidden_place=True) | Q(harm=True) | Q(undressed=True)
        return self.filter(waits_for_nobody | Q(kind=Kind.PLACE))

    def saying(self, words: str) -> CaseQuerySet:
        """Those whose reference begins so, or in whose words this stands."""
        fields = ("what", "seen", "who", "where")
        some = Q(reference__istartswith=words)
        for field in fields:
            some |= Q(**{f"{field}__icontains": words})
        return self.filter(some)

    def visible_to(self, user: User, at: datetime) -> CaseQuerySet:
        """Those that the person works on, or that they look after while the head is away.

        Whom a case is about never sees it, whatever they are; nor whoever stepped back from it or
        is close to whom it is about. Whoever may not see it cannot tell it from one that is not.
        """
        staff = user.staff
        if staff is None:
            return self.none()
        mine = Handler.objects.current().filter(case=OuterRef("pk"))
        works = Q(staff=staff)
        if StandIn.objects.counting(localdate(at)).filter(staff=staff).exists():
            works |= Q(seat=Seat.HEAD)
        return self.filter(Exists(mine.filter(works))).without_those_barred(user, staff)

    def without_those_barred(self, user: User, staff: Staff) -> CaseQuerySet:
        """Without those that are about this person, or that they may not work on."""
        near = _near(user, staff)
        about = Q(staff__in=near.staff) | Q(pupil__in=near.pupils) | Q(parent__in=near.parents)
        subjects = Party.objects.standing().filter(case=OuterRef("pk"), part=Part.SUBJECT)
        back = Recusal.objects.filter(case=OuterRef("pk"), staff=staff)
        return self.filter(~Exists(subjects.filter(about)), ~Exists(back))


@dataclass(frozen=True)
class _Near:
    """Who is near to one of staff, by number: they, their family, and whom they declared."""

    staff: set[int]
    pupils: set[int]
    parents: set[int]


def _near(user: User, staff: Staff) -> _Near:
    """Three small queries. Within the query of the cases they would cost several times that."""
    close = Interest.objects.standing().filter(staff=staff)
    declared = list(close.values_list("other_staff", "pupil", "parent"))
    others, pupils, parents = ({row[nth] for row in declared} - {None} for nth in range(3))
    children = Relation.objects.filter(parent__user=user).values_list("pupil", flat=True)
    # Two contacts may have become one since.
    own = Q(user=user) | Q(merged_into__user=user)
    same = Q(pk__in=parents) | Q(merged_into__in=parents)
    known = list(Parent.objects.filter(own | same).values_list("pk", "merged_into"))
    into = {merged for pk, merged in known if pk in parents and merged}
    return _Near({staff.pk, *others}, {*pupils, *children}, {*into, *(pk for pk, _ in known)})


class Case(SchoolRow):
    """Something went wrong, or may have. What was told is never edited; it is corrected beside it.

    `ref` is for addresses, `reference` for the telephone; neither shows an order. Nothing of a case
    stands in the school's record, where its very number would tell; it has one of its own (see
    `Happening`). How it stands is asked: see `is_open`.
    """

    ref = models.CharField(max_length=22, default=new_ref, unique=True, editable=False)
    reference = models.CharField(max_length=9, default=new_reference, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=[(one, one.label) for one in Kind])
    what = models.TextField("what happened", max_length=5000)
    where = models.CharField("where it happened", max_length=200, blank=True)
    when = models.CharField("when it happened", max_length=200, blank=True)
    happened_on = models.DateField("the day, if it is known", null=True, blank=True)
    seen = models.TextField("what was seen", max_length=5000, blank=True)
    about = models.CharField(
        "whom it is about", max_length=6, choices=[(one, one.label) for one in About]
    )
    who = models.CharField("whom it is about, as it was told", max_length=500, blank=True)
    forbidden_place = models.BooleanField("in a toilet or changing area", default=False)
    harm = models.BooleanField("somebody is threatened or may be harmed", default=False)
    # Then no file is ever taken: it must not be copied, not even as evidence.
    undressed = models.BooleanField("a picture may show a child undressed", default=False)
    way = models.CharField(
        "how we came to know", max_length=7, choices=[(one, one.label) for one in Way]
    )
    reported_at = models.DateTimeField(editable=False)
    # Who typed it; null is somebody without an account.
    reported_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False
    )
    # How whoever told us comes back: a code that they alone have, hashed.
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    # What of the areas below it came from, such as "found-account" and its ref.
    came_from = models.CharField(max_length=20, blank=True, editable=False)
    came_from_ref = models.CharField(max_length=40, blank=True, editable=False)

    objects: ClassVar[Any] = scoped(CaseQuerySet)

    class Meta:
        ordering = ["-reported_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "code_hash"], condition=~Q(code_hash=""), name="case_code_once"
            )
        ]
        indexes = [
            models.Index(fields=["school", "-reported_at"], name="case_by_day"),
            models.Index(fields=["school", "came_from", "came_from_ref"], name="case_came_from"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return not Closing.objects.standing().filter(case=self).exists()

    @property
    def is_urgent(self) -> bool:
        """Toilets, changing areas, threats and harm wait for nobody (P.viii)."""
        return self.forbidden_place or self.harm or self.undressed or self.kind == Kind.PLACE

    @property
    def is_of_a_child(self) -> bool:
        """A child was bullied, or tells us, and it is not about somebody of the school."""
        is_of_staff = self.about in (About.STAFF, About.HEAD, About.CHAIR)
        return not is_of_staff and (self.kind == Kind.BULLYING or self.way == Way.PUPIL)


class PartyQuerySet(models.QuerySet["Party"]):
    def standing(self) -> PartyQuerySet:
        return self.filter(struck_at=None)

    def of(self, person: Person) -> PartyQuerySet:
        """Where this person is part of a case, also as a contact who was made one with them."""
        if isinstance(person, Pupil):
            return self.filter(pupil=person)
        if isinstance(person, Staff):
            return self.filter(staff=person)
        same = Q(parent=person) | Q(parent__merged_into=person)
        return self.filter(same | Q(parent=person.merged_into) if person.merged_into else same)


class Party(SchoolRow):
    """Somebody who is part of a case: one of staff, a pupil, a parent, or described in words.

    `words` keeps the name, since a case outlives the lists of people, and nobody shall learn of
    one because somebody cannot be erased. Whoever was named wrongly is struck out, to be read.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    part = models.CharField(max_length=8, choices=[(one, one.label) for one in Part])
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, blank=True, related_name="+")
    pupil = models.ForeignKey(Pupil, models.SET_NULL, null=True, blank=True, related_name="+")
    parent = models.ForeignKey(Parent, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField("name, or described in words", max_length=200, blank=True)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    struck_at = models.DateTimeField(null=True, editable=False)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped(PartyQuerySet)

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "parties"
        indexes = [models.Index(fields=["school", "case", "part"], name="party_of_case")]

    def __str__(self) -> str:
        return self.words


class HandlerQuerySet(models.QuerySet["Handler"]):
    def current(self) -> HandlerQuerySet:
        return self.filter(until_at=None, staff__isnull=False, staff__left_on=None)


class Handler(SchoolRow):
    """Who works on a case, from then on and until. `by` is null where the rule said so."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="handlers")
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, related_name="+")
    called = models.CharField(max_length=210)
    seat = models.CharField(max_length=12, choices=[(one, one.label) for one in Seat])
    from_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    until_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped(HandlerQuerySet)

    class Meta:
        ordering = ["from_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "case", "staff"],
                condition=Q(until_at=None),
                name="handler_once",
            )
        ]
        indexes = [models.Index(fields=["school", "staff", "until_at"], name="handler_by_staff")]

    def __str__(self) -> str:
        return self.called


class Recusal(SchoolRow):
    """Somebody stepped back from a case, or was found too close to it. It stands for good."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "case", "staff"], name="recusal_once")
        ]

    def __str__(self) -> str:
        return f"{self.staff} stepped back"


class InterestQuerySet(models.QuerySet["Interest"]):
    def standing(self) -> InterestQuerySet:
        return self.filter(ended_at=None)


class Interest(SchoolRow):
    """One of staff is close to somebody: declared beforehand as a conflict (B.ix)."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    other_staff = models.ForeignKey(Staff, models.CASCADE, null=True, blank=True, related_name="+")
    pupil = models.ForeignKey(Pupil, models.CASCADE, null=True, blank=True, related_name="+")
    parent = models.ForeignKey(Parent, models.CASCADE, null=True, blank=True, related_name="+")
    why = models.CharField("how they are close", max_length=200, blank=True)
    at = models.DateTimeField(editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)

    objects: ClassVar[Any] = scoped(InterestQuerySet)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "staff"], name="interest_of_staff")]

    def __str__(self) -> str:
        return f"{self.staff} and {self.other_staff or self.pupil or self.parent}"


class Breached(SchoolRow):
    """A clause that was breached, by its id such as `B.ii`. Struck out, never removed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="breached")
    clause = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["clause"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "case", "clause"],
                condition=Q(struck_at=None),
                name="breached_once",
            )
        ]

    def __str__(self) -> str:
        return self.clause


class Tie(SchoolRow):
    """One case has to do with another. Shown only to whoever may see both."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="ties")
    other = models.ForeignKey(Case, models.CASCADE, related_name="+")
    why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects: ClassVar[Any] = scoped()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["school", "case", "other"], name="tie_once")]

    def __str__(self) -> str:
        return f"{self.case} and {self.other}"


class ClosingQuerySet(models.QuerySet["Closing"]):
    def standing(self) -> ClosingQuerySet:
        """Those that were not opened again."""
        return self.filter(reopened_at=None)


class Closing(SchoolRow):
    """A case was closed with an outcome, and perhaps opened again (B.x, B.xi)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="closings")
    outcome = models.CharField(max_length=30)
    words = models.TextField("what came of it", max_length=5000)
    learnt = models.TextField("what was learnt", max_length=5000, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reopened_why = models.CharField(max_length=1000, blank=True)

    objects: ClassVar[Any] = scoped(ClosingQuerySet)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "case"],
                condition=Q(reopened_at=None),
                name="case_closed_once",
            )
        ]

    def __str__(self) -> str:
        return f"closed {self.at:%-d %B %Y}"
