"""The policy as evidence: every clause with its state, what lacks proof, and a year in numbers.

All of it is numbers and gaps without names, for governors and inspectors who ask "show me".
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, DateField, QuerySet
from django.db.models.functions import TruncMonth

from belisha.consent.models import Answer, facts
from belisha.consent.rules import Fact
from belisha.desk.states import Row, rows, states_now
from belisha.lib.state import Standing, State
from belisha.people.models import Pupil, User
from belisha.photos.models import Photo, PictureRequest, SafeCopy
from belisha.policy.controls import CONTROLS
from belisha.policy.models import Acknowledgement, Purpose, Reading, Version


@dataclass(frozen=True)
class Promise:
    """One clause on the page of evidence: its address and words, its state, and its proof."""

    address: str
    words: str
    state: State | None
    proof: str = ""
    url: str = ""

    def proven_since(self, day: date) -> bool:
        return bool(self.state and self.state.proven_on and self.state.proven_on >= day)


@dataclass(frozen=True)
class Evidence:
    """Every promise by its section; with no version in force those of the model policy."""

    sections: list[tuple[str, list[Promise]]]

    @property
    def promises(self) -> list[Promise]:
        return [promise for _, promises in self.sections for promise in promises]

    @property
    def counts(self) -> list[tuple[Standing, int]]:
        """How many promises stand how, the gravest first."""
        found = Counter(one.state.standing for one in self.promises if one.state)
        return [(standing, found[standing]) for standing in Standing]

    @property
    def unkept(self) -> list[Promise]:
        """What nobody has decided on: nothing says who or what keeps it."""
        return [promise for promise in self.promises if promise.state is None]

    def without_proof(self, since: date) -> list[Promise]:
        """What was not shown to be kept since a day, such as the first of this term."""
        return [one for one in self.promises if one.state and not one.proven_since(since)]


def evidence(version: Version | None, user: User, *, on: date) -> Evidence:
    """How each clause stands for this reader, who sees a way to the work only where it is open."""
    if version is None:
        promises = [
            Promise(control, CONTROLS[control].short, state)
            for control, state in states_now(user.school_id, on).items()
        ]
        return Evidence(
            [(letter, list(some)) for letter, some in groupby(promises, lambda one: one.address[0])]
        )
    return Evidence(
        [
            (heading, [_promise(row) for row in some])
            for heading, some in groupby(
                (row for row in rows(version, user, on=on) if row.state or row.clause.number),
                lambda row: row.clause.heading,
            )
        ]
    )


def _promise(row: Row) -> Promise:
    return Promise(row.clause.address, row.clause.text, row.state, row.proof, row.url)


@dataclass(frozen=True)
class Bar:
    """One bar of a plot: its name, its number, and its share of the longest, from 0 to 1."""

    name: str
    value: int
    share: float


@dataclass(frozen=True)
class Plot:
    """Bars under a title. `unit` is what they count."""

    title: str
    unit: str
    bars: list[Bar]

    @property
    def total(self) -> int:
        return sum(bar.value for bar in self.bars)


def plot(title: str, unit: str, values: Sequence[tuple[str, int]]) -> Plot:
    longest = max((value for _, value in values), default=0) or 1
    return Plot(title, unit, [Bar(name, value, value / longest) for name, value in values])


def year_in_numbers(year: int, *, on: date) -> list[Plot]:
    """What was done in the school year that began in `year`, month by month, and the answers today.

    A month that has not begun is left out.
    """
    return [
        _answers_now(on),
        _by_month(
            "Answers from families", "answers", Answer.objects.all(), "recorded_at", year, on
        ),
        _by_month("Pictures added", "pictures", Photo.objects.all(), "added_at", year, on),
        _by_month("Copies made for a place", "copies", SafeCopy.objects.all(), "made_at", year, on),
        _by_month(
            "Questions about one picture",
            "questions",
            PictureRequest.objects.all(),
            "asked_at",
            year,
            on,
        ),
        _by_month(
            "Agreements read in class", "readings", Reading.objects.all(), "recorded_at", year, on
        ),
        _by_month(
            "Parents who read what we ask of families",
            "parents",
            Acknowledgement.objects.standing(),
            "at",
            year,
            on,
        ),
    ]


def _answers_now(on: date) -> Plot:
    """For each purpose, for how many children the answer is yes."""
    purposes = list(Purpose.objects.in_use().filter(each_picture=False))
    pupils = list(Pupil.objects.current().values_list("pk", flat=True))
    said = facts(pupils, on=on, purposes=purposes)
    yes = Counter(purpose for (_, purpose), fact in said.items() if fact is Fact.GIVEN)
    return plot(
        f"Children who may be shown, of {len(pupils)}",
        "children",
        [(str(purpose), yes[purpose.key]) for purpose in purposes],
    )


def _by_month(
    title: str, unit: str, entries: QuerySet[Any], field: str, year: int, on: date
) -> Plot:
    begins = [date(year + (month < 9), month, 1) for month in (9, 10, 11, 12, *range(1, 9))]
    found = dict(
        entries.filter(
            **{f"{field}__date__gte": begins[0], f"{field}__date__lt": date(year + 1, 9, 1)}
        )
        .order_by()
        .annotate(month=TruncMonth(field, output_field=DateField()))
        .values_list("month")
        .annotate(many=Count("pk"))
    )
    return plot(title, unit, [(f"{day:%b}", found.get(day, 0)) for day in begins if day <= on])
