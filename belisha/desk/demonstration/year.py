"""The terms of the demonstration school: an ordinary year in England, whichever it is."""

from collections.abc import Iterator
from datetime import date, timedelta

from belisha.people.bank_holidays import easter_sunday
from belisha.people.calendar import Days, Mark

DAY = timedelta(days=1)


def days_of_year(year: int) -> Iterator[Days]:
    """Terms, half-terms and INSET days of the school year that begins in a September."""
    inset = _monday(date(year, 9, 6)) + DAY  # a Tuesday
    easter = easter_sunday(year + 1)
    terms = (
        ("Autumn", inset + DAY, _monday(date(year, 12, 24)) - 3 * DAY, date(year, 10, 28)),
        ("Spring", _monday(date(year + 1, 1, 9)), easter - 3 * DAY, date(year + 1, 2, 17)),
        ("Summer", easter + 15 * DAY, _monday(date(year + 1, 7, 23)) + DAY, date(year + 1, 5, 31)),
    )
    yield Days(Mark.INSET, inset, inset)
    for name, first, last, in_half_term in terms:
        yield Days(Mark.TERM, first, last, f"{name} term")
        monday = _monday(in_half_term)
        yield Days(Mark.HALF_TERM, monday, monday + 4 * DAY, f"{name} half-term")


def _monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - day.weekday() * DAY
