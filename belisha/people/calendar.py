"""Which days and hours count: school days, working days of the local authority, lessons and breaks.

Pure: a calendar is made of what the school wrote down, and of the bank holidays of its nation. What
it does not know yet it takes to be as usual, so that every deadline has a day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from belisha.people.bank_holidays import SATURDAY, Nation, bank_holidays

LONDON = ZoneInfo("Europe/London")
DAY = timedelta(days=1)


class Mark(StrEnum):
    """What days of the calendar are: a term, or a reason why nobody is there."""

    TERM = "term"
    HALF_TERM = "half-term"
    INSET = "inset"
    STRIKE = "strike"
    WEATHER = "weather"
    OTHER = "other"
    BANK_HOLIDAY = "bank-holiday"  # one that was proclaimed and that nobody can compute
    AUTHORITY = "authority"
    EARLY = "early"  # children go home before the usual hour

    @property
    def label(self) -> str:
        return _MARKS[self]

    @property
    def closes_school(self) -> bool:
        return self not in (Mark.TERM, Mark.AUTHORITY, Mark.EARLY)

    @property
    def closes_authority(self) -> bool:
        return self in (Mark.AUTHORITY, Mark.BANK_HOLIDAY)


_MARKS = {
    Mark.TERM: "Term",
    Mark.HALF_TERM: "Half-term or another holiday",
    Mark.INSET: "INSET day: staff alone",
    Mark.STRIKE: "Strike",
    Mark.WEATHER: "Snow, flood or heat",
    Mark.OTHER: "Closed for another reason",
    Mark.BANK_HOLIDAY: "Extra bank holiday",
    Mark.AUTHORITY: "Local authority closed, school open",
    Mark.EARLY: "School ends early",
}


class Hour(StrEnum):
    """What a moment is in the school's day."""

    BEFORE = "before-school"
    LESSON = "lesson"
    BREAK = "break"
    AFTER = "after-school"
    CLOSED = "closed"


@dataclass(frozen=True)
class Days:
    """Days that the school marked, from the first to the last, both counted.

    `ends`: when children go home on them, where they go early.
    """

    mark: Mark
    first_day: date
    last_day: date
    name: str = ""
    ends: time | None = None

    @property
    def title(self) -> str:
        return self.name or self.mark.label

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True)
class Break:
    """Break or lunch, by the clock in the school."""

    starts: time
    ends: time


# Where no terms are known: 32.5 hours in a week, as the Department for Education expects of schools
# in England (Length of the school week, July 2024), and an hour for lunch.
USUAL_START, USUAL_END = time(8, 45), time(15, 15)
USUAL_BREAKS = (Break(time(12), time(13)),)
# The holidays of summer and of Christmas, each from and to (month, day), where no terms are known.
_CHRISTMAS = ((12, 22), (1, 2))
_USUAL_HOLIDAYS = {
    Nation.ENGLAND_AND_WALES: (((7, 23), (8, 31)), _CHRISTMAS),
    Nation.SCOTLAND: (((6, 27), (8, 14)), _CHRISTMAS),
    Nation.NORTHERN_IRELAND: (((7, 1), (8, 31)), _CHRISTMAS),
}


@dataclass(frozen=True)
class Calendar:
    """One school's calendar. An empty one counts as usual for the nation."""

    nation: Nation = Nation.ENGLAND_AND_WALES
    marked: tuple[Days, ...] = ()
    starts: time = USUAL_START
    ends: time = USUAL_END
    breaks: tuple[Break, ...] = USUAL_BREAKS

    def is_school_day(self, day: date) -> bool:
        """Whether children are at school on this day."""
        return day.weekday() < SATURDAY and self._in_term(day) and not self.closed_for(day)

    def is_working_day(self, day: date) -> bool:
        """Whether the local authority works on this day, also in the school's holidays."""
        if day.weekday() >= SATURDAY or self.bank_holiday(day):
            return False
        return not any(day in days for days in self.marked if days.mark.closes_authority)

    def add_school_days(self, start: date, number: int) -> date:
        """The school day that comes so many school days after `start`, which is not counted.

        With 0 it is `start`, or the next school day when it is none. Raises `ValueError` for less.
        """
        return _after(start, number, self.is_school_day)

    def add_working_days(self, start: date, number: int) -> date:
        """The same by the working days of the local authority."""
        return _after(start, number, self.is_working_day)

    def lesson_time(self, moment: datetime) -> Hour:
        """What a moment, with its time zone, is in the school's day."""
        here = moment.astimezone(LONDON)
        clock = here.time()
        if not self.is_school_day(here.date()):
            return Hour.CLOSED
        if clock < self.starts:
            return Hour.BEFORE
        if clock >= self.ends_on(here.date()):
            return Hour.AFTER
        rests = any(rest.starts <= clock < rest.ends for rest in self.breaks)
        return Hour.BREAK if rests else Hour.LESSON

    def ends_on(self, day: date) -> time:
        """When children go home on a school day: the usual hour, or the earliest one marked."""
        early = (days.ends for days in self.marked if days.mark is Mark.EARLY and day in days)
        return min(filter(None, early), default=self.ends)

    def term_of(self, day: date) -> Days | None:
        """The term in which a day lies, holidays within it included."""
        return next((term for term in self.terms if day in term), None)

    def term_began(self, day: date) -> date:
        """The first day of the term of a day, or in holidays of the term before.

        Where no terms are known it is 1 January, 1 April or 1 September.
        """
        begun = [term.first_day for term in self.terms if term.first_day <= day]
        usual = (date(year, month, 1) for year in (day.year - 1, day.year) for month in (1, 4, 9))
        return max(begun or [first for first in usual if first <= day])

    def bank_holiday(self, day: date) -> str:
        """The name of the bank holiday that a day is, or nothing."""
        return bank_holidays(day.year, self.nation).get(day, "")

    def closed_for(self, day: date) -> str:
        """Why the school is closed on a weekday of a term, in a few words, or nothing."""
        if holiday := self.bank_holiday(day):
            return holiday
        closed = (days.title for days in self.marked if days.mark.closes_school and day in days)
        return next(closed, "")

    @cached_property
    def terms(self) -> tuple[Days, ...]:
        return tuple(days for days in self.marked if days.mark is Mark.TERM)

    @property
    def known_until(self) -> date | None:
        """The last day of the last term that was written down."""
        return max((term.last_day for term in self.terms), default=None)

    def _in_term(self, day: date) -> bool:
        known_until = self.known_until
        if known_until and min(term.first_day for term in self.terms) <= day <= known_until:
            return self.term_of(day) is not None
        return not any(_within(day, *holiday) for holiday in _USUAL_HOLIDAYS[self.nation])


def _within(day: date, first: tuple[int, int], last: tuple[int, int]) -> bool:
    """Whether a day lies between two days of the year, perhaps over the new year."""
    at = (day.month, day.day)
    return first <= at <= last if first <= last else at >= first or at <= last


def _after(start: date, number: int, counts: Callable[[date], bool]) -> date:
    if number < 0:
        raise ValueError("Days are counted forward alone.")
    days = (day for day in _from(start if number == 0 else start + DAY) if counts(day))
    for _ in range(number - 1):
        next(days)
    return next(days)


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += DAY
