"""How confiscations stand at a moment: where each lies, when it goes back, what the head said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import QuerySet

from belisha.devices.confiscations.rules import Return, end_of, return_of
from belisha.devices.models import (
    Confiscation,
    ConfiscationQuerySet,
    ContactTry,
    Exemption,
    Keeping,
    Stored,
)
from belisha.devices.models.confiscations import WayHome
from belisha.lib.verdict import Outcome, Verdict
from belisha.people.calendar import LONDON, Calendar
from belisha.people.models import Pupil, Relation, User, calendar_of
from belisha.policy.approvals import digest_of, verdict
from belisha.policy.awareness import first_day, school_year
from belisha.policy.models import HeadAnswer, answers_to

Row = TypeVar("Row", Stored, Keeping)


@dataclass(frozen=True)
class Stands:
    """One confiscation, for rows that came `with_state`.

    `goes_back`: by the end of which school day it goes back as it was taken; `back_by`: the same,
    or later where the head agreed. `head`: what the head said last to keeping it until
    `keeping.until`, None if nobody asked.
    """

    row: Confiscation
    goes_back: Return
    back_by: datetime
    late: bool
    reached: bool
    tried: bool
    stored: Stored | None = None
    keeping: Keeping | None = None
    head: Verdict | None = None

    @property
    def must_ask(self) -> bool:
        """It stays beyond a day without a yes, and nobody waits for one."""
        said_no = self.head is not None and self.head.outcome is Outcome.NO
        beyond = self.late or self.goes_back.over is not None
        return self.row.is_open and beyond and (self.head is None or said_no)

    @property
    def waits_for_head(self) -> bool:
        asked = self.head is not None and self.head.outcome is Outcome.ASK
        return self.row.is_open and asked

    @property
    def is_needed_home(self) -> bool:
        """Nobody made sure yet that the child gets home without it."""
        thought_of = WayHome(self.row.way_home).is_thought_of
        return self.row.is_open and not thought_of and not self.reached

    @property
    def light(self) -> tuple[str, str]:
        """Its shape, and the words."""
        if self.late:
            return "no", "Still here"
        return self.row.state.light, self.row.state.label


def stand(rows: Iterable[Confiscation], *, at: datetime, calendar: Calendar) -> list[Stands]:
    """The same for many at once. Four queries, whatever their number."""
    rows = list(rows)
    ids = [row.pk for row in rows]
    stored = _each(Stored.objects.filter(confiscation__in=ids).select_related("by"))
    keepings = _each(Keeping.objects.filter(confiscation__in=ids).select_related("request"))
    answers = answers_to(one.request for some in keepings.values() for one in some)
    tries: dict[int, bool] = {}
    for pk, reached in ContactTry.objects.filter(confiscation__in=ids).values_list(
        "confiscation_id", "reached"
    ):
        tries[pk] = tries.get(pk, False) or reached
    return [
        _one(
            row,
            [(one, _said(row, one, answers, at)) for one in keepings.get(row.pk, ())],
            stored=next(iter(stored.get(row.pk, ())), None),
            reached=tries.get(row.pk),
            at=at,
            calendar=calendar,
        )
        for row in rows
    ]


def stands_of(row: Confiscation, *, at: datetime) -> Stands:
    """How one stands."""
    return stand([row], at=at, calendar=calendar_of(row.school))[0]


def _said(
    row: Confiscation, keeping: Keeping, answers: Mapping[int, HeadAnswer], at: datetime
) -> Verdict:
    on, asked = at.astimezone(LONDON).date(), keeping.request
    return verdict(asked, answers.get(asked.pk), digest=digest(row, keeping.until), on=on)


def _one(
    row: Confiscation,
    keepings: Sequence[tuple[Keeping, Verdict]],
    *,
    stored: Stored | None,
    reached: bool | None,
    at: datetime,
    calendar: Calendar,
) -> Stands:
    goes_back = return_of(row.seized_at, calendar)
    keeping, head = keepings[0] if keepings else (None, None)
    agreed = next((one for one, said in keepings if said), None)  # a newer question ends no yes
    back_by = max(end_of(agreed.until, calendar), goes_back.at) if agreed else goes_back.at
    refused = agreed is None and head is not None and head.outcome is Outcome.NO
    late = row.is_open and (at >= back_by or (refused and goes_back.over is not None))
    known = (late, bool(reached), reached is not None)
    return Stands(row, goes_back, back_by, *known, stored, keeping, head)


def digest(row: Confiscation, until: date) -> str:
    """Of what the head is asked: that this device stays until this day."""
    return digest_of("keep", row.ref, row.kind, until)


def _each(rows: "QuerySet[Row]") -> dict[int, list[Row]]:
    """The rows of each confiscation, the newest first."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row.confiscation_id, []).append(row)
    return found


def earlier_of(pupil: Pupil, before: datetime) -> ConfiscationQuerySet:
    """The breaches of a child before a moment, in the same school year (A.5)."""
    began = first_day(school_year(before.astimezone(LONDON).date()))
    found: ConfiscationQuerySet = Confiscation.objects.standing().filter(
        pupil=pupil, seized_at__date__gte=began, seized_at__lt=before
    )
    return found


def exemptions_of(pupil: Pupil, on: date) -> list[Exemption]:
    """What the child may have at school on a day."""
    return list(Exemption.objects.standing(on).filter(pupil=pupil))


def family_to_contact(pupil: Pupil) -> "QuerySet[Relation]":
    """Whom the school may speak with about the child: nobody under an order against contact."""
    open_ties: QuerySet[Relation] = Relation.objects.filter(pupil=pupil).open()
    return open_ties.select_related("parent").order_by("-parental_responsibility", "id")


def envelopes_in_use(*, but: Confiscation | None = None) -> set[str]:
    """The numbers on the envelopes in which devices lie, of all or of all others."""
    here = Confiscation.objects.open()
    others = here.exclude(pk=but.pk) if but else here
    lying = _each(Stored.objects.filter(confiscation__in=others.values("pk")))
    return {rows[0].envelope.casefold() for rows in lying.values()}


def waiting_for_family(user: User, *, at: datetime) -> list[Stands]:
    """What the school has of a parent's own children."""
    children = Pupil.objects.visible_to(user)
    rows = Confiscation.objects.open().with_state().filter(pupil__in=children.values("pk"))
    return stand(rows.select_related("pupil", "school"), at=at, calendar=calendar_of(user.school))
