"""The bank holidays of the nations of the United Kingdom. Pure: computed for any year.

Source: the Banking and Financial Dealings Act 1971, schedule 1, and the proclamations made under
it, as gov.uk/bank-holidays lists them. A holiday that falls on a weekend is kept on the next
weekday that is none.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

_DAY = timedelta(days=1)
MONDAY, SATURDAY = 0, 5


class Nation(StrEnum):
    """Whose bank holidays a school keeps."""

    ENGLAND_AND_WALES = "england-and-wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern-ireland"

    @property
    def label(self) -> str:
        return {
            Nation.ENGLAND_AND_WALES: "England and Wales",
            Nation.SCOTLAND: "Scotland",
            Nation.NORTHERN_IRELAND: "Northern Ireland",
        }[self]


_ALL = frozenset(Nation)
_SCOTLAND = frozenset({Nation.SCOTLAND})
_NORTHERN_IRELAND = frozenset({Nation.NORTHERN_IRELAND})
_NOT_SCOTLAND = _ALL - _SCOTLAND

# Proclaimed for one year: holidays that were moved, and holidays that were added. A later one is
# written into the school's calendar by hand, as an extra bank holiday.
_MOVED = {
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
_ADDED = (
    (date(2022, 6, 3), "Platinum Jubilee", _ALL),
    (date(2022, 9, 19), "State funeral of Queen Elizabeth II", _ALL),
    (date(2023, 5, 8), "Coronation of King Charles III", _ALL),
    (date(2026, 6, 15), "World Cup bank holiday", _SCOTLAND),
)


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar, by the computus of Meeus, Jones and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    leaps, drift = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - correction + 15) % 30
    quarter, remains = divmod(rest, 4)
    weekday = (32 + 2 * drift + 2 * quarter - epact - remains) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def bank_holidays(year: int, nation: Nation) -> dict[date, str]:
    """Each bank holiday of a year with its name, on the weekday on which it is kept."""
    theirs = [
        (_MOVED.get(day, day), name) for day, name, nations in _named(year) if nation in nations
    ]
    kept = {day: name for day, name in theirs if day.weekday() < SATURDAY}
    for day, name in sorted(theirs):
        if day.weekday() >= SATURDAY:
            kept[_next_free(day, kept)] = f"{name} (substitute day)"
    return dict(sorted(kept.items()))


def _next_free(day: date, kept: Collection[date]) -> date:
    while day.weekday() >= SATURDAY or day in kept:
        day += _DAY
    return day


def _named(year: int) -> Iterator[tuple[date, str, frozenset[Nation]]]:
    easter = easter_sunday(year)
    yield date(year, 1, 1), "New Year’s Day", _ALL
    yield date(year, 1, 2), "2 January", _SCOTLAND
    yield date(year, 3, 17), "St Patrick’s Day", _NORTHERN_IRELAND
    yield easter - 2 * _DAY, "Good Friday", _ALL
    yield easter + _DAY, "Easter Monday", _NOT_SCOTLAND
    yield _first_monday(date(year, 5, 1)), "Early May bank holiday", _ALL
    yield _first_monday(date(year, 5, 25)), "Spring bank holiday", _ALL
    yield date(year, 7, 12), "Battle of the Boyne", _NORTHERN_IRELAND
    yield _first_monday(date(year, 8, 1)), "Summer bank holiday", _SCOTLAND
    yield _first_monday(date(year, 8, 25)), "Summer bank holiday", _NOT_SCOTLAND
    yield date(year, 11, 30), "St Andrew’s Day", _SCOTLAND
    yield date(year, 12, 25), "Christmas Day", _ALL
    yield date(year, 12, 26), "Boxing Day", _ALL
    yield from (one for one in _ADDED if one[0].year == year)


def _first_monday(start: date) -> date:
    return start + (MONDAY - start.weekday()) % 7 * _DAY
