"""How confiscations stand at a moment: where each lies, when it goes back, what the head said."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Count, QuerySet

from belisha.devices.confiscations.rules import Return, end_of, return_of
from belisha.devices.models import Confiscation, ContactTry, Exemption, Keeping, Stored
from belisha.lib.verdict import Outcome, Verdict
from belisha.people.calendar import LONDON, Calendar
from belisha.people.models import Pupil, Relation
from belisha.policy.approvals import digest_of, verdict
from belisha.policy.awareness import first_day, school_year
from belisha.policy.models import HeadAnswer

Row = TypeVar("Row", Stored, Keeping)


@dataclass(frozen=True)
class Stands:
    """One confiscation, for rows that came `with_state`.

    `goes_back`: by the end of which school day it goes back as it was taken; `back_by`: the same,
    or later where the head agreed. `head`: what the head said to keeping it, None if nobody asked.
    """

    row: Confiscation
    goes_back: Return
    back_by: datetime
    late: bool
    reached: bool
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
        return self.row.is_open and (
            self.row.way_home == "needs" or (self.row.way_home == "unknown" and not self.reached)
        )

    @property
    def light(self) -> str:
        return "no" if self.late else self.row.state.light


def stand(rows: Iterable[Confiscation], *, at: datetime, calendar: Calendar) -> list[Stands]:
    """The same for many at once. Four queries, whatever their number."""
    rows = list(rows)
    ids = [row.pk for row in rows]
    stored = _newest(Stored.objects.filter(confiscation__in=ids).select_related("by"))
    keepings = _newest(
        Keeping.objects.filter(confiscation__in=ids).select_related("request", "by", "confiscation")
    )
    asked = [keeping.request_id for keeping in keepings.values()]
    answers = {
        answer.request_id: answer
        for answer in HeadAnswer.objects.filter(request__in=asked).select_related("by")
    }
    reached = set(
        ContactTry.objects.filter(confiscation__in=ids, reached=True).values_list(
            "confiscation_id", flat=True
        )
    )
    return [
        _one(
            row,
            keeping := keepings.get(row.pk),
            answers.get(keeping.request_id) if keeping else None,
            stored=stored.get(row.pk),
            reached=row.pk in reached,
            at=at,
            calendar=calendar,
        )
        for row in rows
    ]


def _one(
    row: Confiscation,
    keeping: Keeping | None,
    answer: HeadAnswer | None,
    *,
    stored: Stored | None,
    reached: bool,
    at: datetime,
    calendar: Calendar,
) -> Stands:
    goes_back = return_of(row.seized_at, calendar)
    head = None
    if keeping:
        on = at.astimezone(LONDON).date()
        head = verdict(keeping.request, answer, digest=digest(row, keeping.until), on=on)
    back_by = end_of(keeping.until, calendar) if keeping and head else goes_back.at
    said_no = head is not None and head.outcome is Outcome.NO
    late = row.is_open and (at >= back_by or said_no)
    return Stands(row, goes_back, back_by, late, reached, stored, keeping, head)


def digest(row: Confiscation, until: date) -> str:
    """Of what the head is asked: that this device stays until this day."""
    return digest_of("keep", row.ref, row.kind, until)


def _newest(rows: "QuerySet[Row]") -> dict[int, Row]:
    found: dict[int, Row] = {}
    for row in rows:  # the newest first
        found.setdefault(row.confiscation_id, row)
    return found


def earlier_than(row: Confiscation) -> int:
    """How many breaches of the same child came before, in the same school year (A.5)."""
    began = first_day(school_year(row.seized_at.astimezone(LONDON).date()))
    before = Confiscation.objects.standing().filter(
        pupil=row.pupil_id, seized_at__date__gte=began, seized_at__lt=row.seized_at
    )
    return int(before.exclude(pk=row.pk).count())


def exemptions_of(pupil: Pupil, on: date) -> list[Exemption]:
    """What the child may have at school on a day."""
    return list(Exemption.objects.standing(on).filter(pupil=pupil))


def family_to_contact(pupil: Pupil) -> "QuerySet[Relation]":
    """Whom the school may speak with about the child: nobody under an order against contact."""
    open_ties: QuerySet[Relation] = Relation.objects.filter(pupil=pupil).open()
    return open_ties.select_related("parent").order_by("-parental_responsibility", "id")


def counts_by(rows: "QuerySet[Confiscation]", field: str) -> dict[str, int]:
    """How many there are of each value of a field."""
    found = rows.order_by().values_list(field).annotate(Count("pk"))
    return {str(value): number for value, number in found}


def envelopes_in_use() -> Collection[str]:
    """The numbers on the envelopes of devices that the school has."""
    open_now = Confiscation.objects.open()
    return set(Stored.objects.filter(confiscation__in=open_now).values_list("envelope", flat=True))
