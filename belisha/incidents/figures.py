"""Figures for governors: how many cases there were in each term. Numbers alone, no small ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from belisha.incidents.models import Case, Closing, Sanction
from belisha.incidents.rules import Kind
from belisha.incidents.working.closing import Outcome
from belisha.incidents.working.figures import Line, table
from belisha.people.calendar import Calendar
from belisha.people.models import User, calendar_of
from belisha.policy.awareness import school_year

# Where no terms are known: the month in which each begins.
_USUAL = ((9, "Autumn"), (1, "Spring"), (4, "Summer"))


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
    """The tables of this school year and the last one, by term.

    Without the cases that are about the reader, or that they may not work on: not even a number
    tells somebody that there is one.
    """
    if user.staff is None:
        return []
    calendar = calendar_of(user.school)
    first = school_year(on) - 1
    columns = tuple(dict.fromkeys(_terms(calendar, date(first, 9, 1), on)))
    cases = Case.objects.without_those_barred(user, user.staff)
    since = cases.filter(reported_at__date__gte=date(first, 9, 1), reported_at__date__lte=on)
    told = [
        (str(kind), term_name(calendar, timezone.localdate(at)))
        for kind, at in since.values_list("kind", "reported_at")
    ]
    closings = Closing.objects.standing().filter(case__in=cases, at__date__lte=on)
    ended = [
        (outcome, term_name(calendar, timezone.localdate(at)))
        for outcome, at in closings.values_list("outcome", "at")
    ]
    given = Sanction.objects.standing().filter(case__in=cases, at__date__lte=on)
    sanctions = [
        ("sanction", term_name(calendar, timezone.localdate(at)))
        for at in given.values_list("at", flat=True)
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


def term_name(calendar: Calendar, day: date) -> str:
    """The term of a day by the school's calendar, or as usual, with its school year."""
    term = calendar.term_of(day)
    usual = next(name for month, name in sorted(_USUAL, reverse=True) if day.month >= month)
    name = term.title if term and term.name else usual
    year = school_year(day)
    return name if str(year) in name else f"{name} {year}/{(year + 1) % 100:02}"


def _terms(calendar: Calendar, first: date, last: date) -> Iterator[str]:
    for day in range(first.toordinal(), last.toordinal() + 1):
        yield term_name(calendar, date.fromordinal(day))
