"""Reading and writing term dates as files: a sheet (CSV) or a calendar (ICS). No database.

Columns of a sheet: ``what,first day,last day[,name[,ends]]``. `what` is one of our words for it,
such as Term or INSET day; a calendar has none, so there it is guessed from the title and shown
before it counts. Days are written 2026-09-01 or 01/09/2026.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, time

from belisha.lib.ical import UnreadableCalendar, read_events
from belisha.lib.tables import Row, UnreadableTable, read_table
from belisha.people.calendar import LONDON, Days, Mark

COLUMNS = ("what", "first day", "last day", "name", "ends")
LONGEST_NAME = 80
# How people write it. The first that fits counts; what nothing fits is closed for another reason.
_GUESSES = (
    (re.compile(r"\b(inset|training|staff day|pd day|non.?pupil)\b", re.I), Mark.INSET),
    (re.compile(r"\bbank holiday\b|\bmay day\b", re.I), Mark.BANK_HOLIDAY),
    (re.compile(r"\b(half.?term|holiday|break|vacation|easter|christmas)\b", re.I), Mark.HALF_TERM),
    (re.compile(r"\b(strike|industrial action)\b", re.I), Mark.STRIKE),
    (re.compile(r"\b(snow|flood|heat|weather)\b", re.I), Mark.WEATHER),
    (re.compile(r"\b(council|authority)\b", re.I), Mark.AUTHORITY),
    (re.compile(r"\b(half.?day|early (close|closing|finish))\b", re.I), Mark.EARLY),
    (re.compile(r"\b(term|spring|autumn|summer)\b", re.I), Mark.TERM),
)


class UnreadableDates(ValueError):
    """The file as a whole is of no use; the words say why."""


def read_term_dates(data: bytes, name: str) -> tuple[list[Days], list[str]]:
    """Return the days that make sense, and for each line that does not, why.

    Raises `UnreadableDates` when the file as a whole is of no use.
    """
    if data.lstrip(b"\xef\xbb\xbf \r\n")[:15].upper() == b"BEGIN:VCALENDAR":
        return _read_calendar(data), []
    return _read_sheet(data, name)


def _read_calendar(data: bytes) -> list[Days]:
    try:
        events = read_events(data, zone=LONDON)
    except UnreadableCalendar as error:
        raise UnreadableDates(str(error)) from error
    return [
        Days(guessed(event.title), event.first_day, event.last_day, event.title[:LONGEST_NAME])
        for event in events
    ]


def _read_sheet(data: bytes, name: str) -> tuple[list[Days], list[str]]:
    try:
        table = read_table(data, name=name)
    except UnreadableTable as error:
        raise UnreadableDates(str(error)) from error
    for column in COLUMNS[:2]:
        if not table.has(column):
            raise UnreadableDates(f"There is no column called “{column}”.")
    days, bad = [], [f"Line {line.line}: {line.reason}" for line in table.bad_lines]
    for row in table.rows:
        try:
            days.append(_days(row))
        except ValueError as error:
            bad.append(f"Line {row.line}: {error}")
    return days, bad


def _days(row: Row) -> Days:
    what, name = row.get("what"), row.get("name")[:LONGEST_NAME]
    first = _day(row.get("first day"))
    last = _day(row.get("last day")) if row.get("last day") else first
    if last < first:
        raise ValueError("The last day comes before the first.")
    for mark in Mark:
        if what.casefold() in (mark.value, mark.label.casefold()):
            return Days(mark, first, last, name, _clock(row.get("ends")))
    # Words of somebody else's: they are the name, unless there is a better one.
    return Days(guessed(f"{what} {name}"), first, last, name or what[:LONGEST_NAME])


def guessed(words: str) -> Mark:
    """What a title most likely means; somebody looks at it before it counts."""
    return next((mark for fits, mark in _GUESSES if fits.search(words)), Mark.OTHER)


def _day(text: str) -> date:
    for written in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y"):
        try:
            return datetime.strptime(text, written).date()  # noqa: DTZ007 - a day alone
        except ValueError:
            continue
    raise ValueError(f"“{text}” is no day. Write it like 01/09/2026.")


def _clock(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"“{text}” is no time. Write it like 12:30.") from None


def sheet_of(marked: Iterable[Days]) -> list[list[str]]:
    """The rows of a sheet that `read_term_dates` reads again, with the line of its columns."""
    lines = [
        [
            days.mark.label,
            days.first_day.isoformat(),
            days.last_day.isoformat(),
            days.name,
            f"{days.ends:%H:%M}" if days.ends else "",
        ]
        for days in marked
    ]
    return [list(COLUMNS), *lines]
