"""Who may take which device, where to, when it is late, and what its memory owes (P.ii, P.ix)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.people.calendar import LONDON, Calendar

Days = tuple[date, date]  # the first and the last, both counted
DAY = timedelta(days=1)
HEAD_HEARS_AFTER = 3  # school days after the day on which it was due
CHECK_WITHIN = 20  # school days from the first of the term, that one counted
PLAN_IT = "Plan it for a visit, and ask the head"
TOO_LONG = "It leaves a day before the visit at the earliest, and is back a day after it"


@dataclass(frozen=True)
class Terms:
    """What is known of a device when somebody wants it.

    `has_it` names who has it now; `users` says for whom it is kept, such as "the staff of Robins".
    """

    retired: bool = False
    lost: bool = False
    broken: bool = False
    has_it: str = ""
    users: str = "all staff"


def may_borrow(terms: Terms, *, entitled: bool, off_site: Verdict | None = None) -> Verdict:
    """Whether somebody may sign a device out. `entitled`: they are among those who may use it.

    `off_site` is the verdict of `may_leave` when it is to leave the school.
    """
    if found := next(_against(terms, entitled), None):
        ground, remedy = found
        return Verdict(Outcome.NO, (Reason("P.ix", ground),), remedy)
    kept_for = Reason("P.ix", f"It is kept for {terms.users}")
    if off_site is None:
        return Verdict(Outcome.YES, (kept_for,))
    return Verdict(off_site.outcome, (kept_for, *off_site.reasons), off_site.remedy)


def _against(terms: Terms, entitled: bool) -> Iterator[tuple[str, str]]:
    if terms.retired:
        yield "It is not in use any more", "Take another one"
    if terms.lost:
        yield "It is reported lost", "If you have found it, say so on its page"
    if terms.has_it:
        yield f"{terms.has_it} has it", "Ask them, or take another one"
    if terms.broken:
        yield "It does not work", "Take another one. The office has it mended"
    if not entitled:
        yield f"It is kept for {terms.users}", "Take another one, or ask the office"


def may_leave(days: Days, visit: Days | None, agreed: Verdict, *, on: date) -> Verdict:
    """Whether a device may leave the school on a day, for its days away (P.ii).

    `visit` is the first and the last day of the visit it is for, None when there is none any more;
    `agreed` is what the head said.
    """
    if visit is None:
        return _stays("It leaves the school only for an educational visit", PLAN_IT)
    if not fits(days, visit):
        return _stays(TOO_LONG, "Choose other days")
    if agreed and on < days[0]:
        return _stays(f"It leaves on {days[0]:%-d %B %Y}, not before", "Sign it out on that day")
    if agreed and on > days[1]:
        return _stays(f"It was to be back on {days[1]:%-d %B %Y}", PLAN_IT)
    return agreed


def _stays(ground: str, remedy: str) -> Verdict:
    return Verdict(Outcome.NO, (Reason("P.ii", ground),), remedy)


def fits(days: Days, visit: Days) -> bool:
    """Whether days lie within a day of a visit."""
    return visit[0] - DAY <= days[0] <= days[1] <= visit[1] + DAY


def usual_due(at: datetime, calendar: Calendar) -> datetime:
    """When a device comes back unless something else is said: when school ends, that day or on
    the next school day."""
    here = at.astimezone(LONDON)
    is_over = here >= datetime.combine(here.date(), calendar.ends, LONDON)
    day = calendar.add_school_days(here.date(), int(is_over))
    return datetime.combine(day, calendar.ends, LONDON)


class Late(IntEnum):
    """Who hears of a device that is not back."""

    NOT = 0
    HOLDER = 1
    OFFICE = 2
    HEAD = 3


def lateness(due_on: date, on: date, calendar: Calendar) -> Late:
    """The holder hears on the day itself, the office on the next school day, then the head."""
    if on < due_on:
        return Late.NOT
    if on >= calendar.add_school_days(due_on, HEAD_HEARS_AFTER):
        return Late.HEAD
    return Late.OFFICE if on >= calendar.add_school_days(due_on, 1) else Late.HOLDER


def lost_due(reported: date) -> date:
    """By when somebody writes down what was done: three days, as the law has for a breach."""
    return reported + 3 * DAY


def wipe_due(since: date, calendar: Calendar) -> date:
    """The last day on which pictures may lie in a memory: the next school day (P.ii)."""
    return calendar.add_school_days(since, 1)


def check_due(term_began: date, calendar: Calendar) -> date:
    """By when all devices are counted in a term (P.ix)."""
    return calendar.add_school_days(term_began - DAY, CHECK_WITHIN)


def agrees(imported: int, wiped: int, why: str) -> bool:
    """Whether as many pictures were deleted as came in, or somebody says why not."""
    return imported == wiped or bool(why.strip())
