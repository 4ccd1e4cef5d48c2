"""When a device goes back, what a count may show, how long it is remembered. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from belisha.people.bank_holidays import SATURDAY
from belisha.people.calendar import DAY, LONDON, Calendar

# Given back, or set aside, so long ago, a confiscation is erased unless it is kept on purpose. A
# year: the next school year's ladder begins anew, and a quarrel about damage comes sooner.
KEPT_FOR = timedelta(days=365)
# An exemption is looked at again at least once a year (Equality Act 2010; the model policy, 3.3).
LONGEST_EXEMPTION = timedelta(days=366)
# A group of fewer in a count tells who is meant.
FEWEST = 5
# After so many school days without a parent the head is told (the model policy, 4.4).
TELL_HEAD_AFTER = 5
# What follows is decided within so many school days, while it is still fresh.
DECIDE_WITHIN = 3


class Over(StrEnum):
    """What lies between the end of a school day and the next school day."""

    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"

    @property
    def words(self) -> str:
        return {
            Over.NIGHT: "over the night",
            Over.WEEKEND: "over the weekend",
            Over.HOLIDAY: "over days without school",
        }[self]


@dataclass(frozen=True)
class Return:
    """When a device goes back, and what it stays over until then; None when it is the same day."""

    at: datetime
    over: Over | None = None

    @property
    def day(self) -> date:
        return self.at.astimezone(LONDON).date()


def return_of(seized_at: datetime, calendar: Calendar) -> Return:
    """By the end of the school day on which it was taken; after that, of the next school day."""
    here = seized_at.astimezone(LONDON)
    day = here.date()
    if calendar.is_school_day(day) and here.time() < calendar.ends_on(day):
        return Return(end_of(day, calendar))
    over, until = stays_over(day, calendar)
    return Return(end_of(until, calendar), over)


def stays_over(day: date, calendar: Calendar, until: date | None = None) -> tuple[Over, date]:
    """What a device stays over that is not back on a day, and until which school day.

    That is the next one, or `until` if it is later. A day without school belongs to what lies
    between, which began with the school day before it.
    """
    while not calendar.is_school_day(day):
        day -= DAY
    following = calendar.add_school_days(day, 1)
    until = max(until or following, following)
    between = [day + number * DAY for number in range(1, (until - day).days)]
    free = [one for one in between if not calendar.is_school_day(one)]
    if not free:
        return Over.NIGHT, until
    weekend = all(one.weekday() >= SATURDAY for one in free)
    return (Over.WEEKEND if weekend else Over.HOLIDAY), until


def end_of(day: date, calendar: Calendar) -> datetime:
    """When children go home on a day."""
    return datetime.combine(day, calendar.ends_on(day), tzinfo=LONDON)


def covers(kinds: Collection[str], kind: str) -> bool:
    """Whether one of the exemptions of a child may be for this kind of device.

    An exemption for another device is one whose name a person must read: it may be this one.
    """
    return kind in kinds or "other" in kinds


def shown(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Counts by group as others may see them: None stands for fewer than `FEWEST`.

    When what is hidden could be worked out from the whole, the next smallest group is hidden too.
    Groups of nobody are left out.
    """
    there = {group: count for group, count in counts.items() if count}
    hidden = {group for group, count in there.items() if count < FEWEST}
    for group in sorted(there.keys() - hidden, key=lambda one: (there[one], one)):
        if not hidden or (len(hidden) > 1 and sum(there[one] for one in hidden) >= FEWEST):
            break
        hidden.add(group)
    return {group: None if group in hidden else count for group, count in there.items()}


def few(count: int) -> str:
    """A whole as others may see it."""
    return str(count) if count == 0 or count >= FEWEST else f"Fewer than {FEWEST}"


def next_envelope(numbers: Collection[str]) -> str:
    """The number after the greatest of those on envelopes; what is no number does not count."""
    known = [int(one) for one in numbers if one.isascii() and one.isdigit()]
    return str(max(known, default=0) + 1)
