"""When something is due, and to whom it rises when it is late. Pure.

Clocks run by the working days of the local authority, also in the school's holidays. A report on a
day that is none counts from the next one on: what comes in on a Sunday and is due within one
working day is due on Monday.
"""

from collections.abc import Mapping
from datetime import date, datetime, time

from belisha.incidents.rules import Labelled
from belisha.people.calendar import LONDON, Calendar

OFFICES_CLOSE = time(17)


class Rung(Labelled):
    """To whom something late rises, one after the other."""

    LEADERS = "leaders", "The head and the safeguarding lead"
    CHAIR = "chair", "The chair of governors"


AFTER = {Rung.LEADERS: 0, Rung.CHAIR: 2}  # working days after it was due


def due_at(calendar: Calendar, began: datetime, days: int) -> datetime:
    """Until when something is to be done: the end of the last of so many working days.

    With 0 it is the end of the very day, whatever day it is.
    """
    day = began.astimezone(LONDON).date()
    last = calendar.add_working_days(day, days) if days else day
    due = end_of(last)
    # What comes in on the evening of the day on which it is due is due at the end of that day.
    return due if due > began else datetime.combine(last, time(23, 59), LONDON)


def end_of(day: date) -> datetime:
    """When the offices close on a day: until then something of that day is to be done."""
    return datetime.combine(day, OFFICES_CLOSE, LONDON)


def rung_of(calendar: Calendar, due: datetime, at: datetime) -> Rung | None:
    """How far something that is not done has risen; None while there is time."""
    if at <= due:
        return None
    day = due.astimezone(LONDON).date()
    today = at.astimezone(LONDON).date()
    late = today > calendar.add_working_days(day, AFTER[Rung.CHAIR])
    return Rung.CHAIR if late else Rung.LEADERS


def days_of(said: Mapping[str, int], key: str, usual: int | None) -> int | None:
    """How many working days a need has: as the school said, or as usual."""
    return said.get(f"clock.{key}", usual)
