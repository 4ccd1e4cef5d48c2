"""Figures for governors: how many cases there were in each term. Numbers alone, no small ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from belisha.incidents.models import Case, Closing, Sanction
from belisha.incidents.rules import Kind
from belisha.incidents.working.closing import Outcome
from belisha.incidents.working.figures import Line, table
from belisha.people.models import User
from belisha.policy.awareness import school_year, year_named

TERMS = 3  # so many are shown
# The month in which each begins.
_TERMS = ((9, "Autumn"), (1, "Spring"), (4, "Summer"))


@dataclass(frozen=True)
class Table:
    title: str
    columns: tuple[str, ...]
    lines: list[Line]

    @property
    def rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each label with its cells, each with the name of its column."""
        return [
            (line.label, list(zip(self.columns, line.cells, strict=True))) for line in self.lines
        ]


def figures(user: User, on: date) -> list[Table]:
    """The tables of the last three terms, this one included.

    Without the cases that are about the reader, or that they may not work on: not even a number
    tells somebody that there is one.
    """
    if user.staff is None:
        return []
    first = date(school_year(on) - 1, 9, 1)
    columns = tuple(dict.fromkeys(_terms(first, on)))[-TERMS:]
    cases = Case.objects.without_those_barred(user, user.staff)
    since = cases.filter(reported_at__date__gte=first, reported_at__date__lte=on)
    told = [
        (str(kind), term_name(timezone.localdate(at)))
        for kind, at in since.values_list("kind", "reported_at")
    ]
    closings = Closing.objects.standing().filter(case__in=cases, at__date__lte=on)
    ended = [
        (outcome, term_name(timezone.localdate(at)))
        for outcome, at in closings.values_list("outcome", "at")
    ]
    given = Sanction.objects.standing().filter(case__in=cases, at__date__lte=on)
    sanctions = [
        ("sanction", term_name(timezone.localdate(at))) for at in given.values_list("at", flat=True)
    ]
    kinds = [(str(one), one.label) for one in Kind]
    outcomes = [(str(one), one.label) for one in Outcome]
    return [
        Table("Cases that began", columns, table(told, kinds, columns)),
        Table("Cases that were closed", columns, table(ended, outcomes, columns)),
        Table(
            "Sanctions", columns, table(sanctions, [("sanction", "Sanctions given")], columns)[:1]
        ),
    ]


def term_name(day: date) -> str:
    """The term of a day, with its school year; holidays count with the term before them."""
    name = next(name for month, name in sorted(_TERMS, reverse=True) if day.month >= month)
    return f"{name} {year_named(school_year(day))}"


def _terms(first: date, last: date) -> Iterator[str]:
    for day in range(first.toordinal(), last.toordinal() + 1):
        yield term_name(date.fromordinal(day))
