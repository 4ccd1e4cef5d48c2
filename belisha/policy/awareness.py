"""How parents are made aware of what is asked of them, in each school year (D.0).

Pure: no query and no clock. The policy names six channels. Each is used at least once a year; what
is planned too late, or not at all, is a gap that governors see.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FIRST_MONTH = 9  # of a school year
DAY, WEEK = timedelta(days=1), timedelta(days=7)
FRIDAY = 4


class Channel(StrEnum):
    """A way to reach parents. `OTHER` is beyond those that the policy names."""

    PROSPECTUS = "prospectus"
    WEBSITE = "website"
    SOCIAL_FEED = "social-feed"
    NEWSLETTER = "newsletter"
    LETTER = "letter"
    WORD_OF_MOUTH = "word-of-mouth"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Channel.PROSPECTUS: "Prospectus",
    Channel.WEBSITE: "Website",
    Channel.SOCIAL_FEED: "Social feed",
    Channel.NEWSLETTER: "Newsletter",
    Channel.LETTER: "Letter",
    Channel.WORD_OF_MOUTH: "Word of mouth at an event",
    Channel.OTHER: "Another way",
}
NAMED = tuple(channel for channel in Channel if channel is not Channel.OTHER)


MOST_BYTES = 10 << 20
# What a file of each kind begins with: it is given back as that kind, and never shown here.
BEGINS = {"pdf": b"%PDF-", "jpg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n"}


def kind_of(data: bytes) -> str:
    """Return which kind of evidence a file is by its first bytes, or nothing."""
    return next((kind for kind, begins in BEGINS.items() if data.startswith(begins)), "")


class Standing(StrEnum):
    """How it stands with one step, or with a channel in a year."""

    DONE = "done"
    PLANNED = "planned"
    LATE = "late"
    SET_ASIDE = "set-aside"
    GAP = "gap"  # of a channel: nothing is planned


def standing(*, planned_on: date, done: bool, set_aside: bool, on: date) -> Standing:
    """How it stands with one step on a day. On its own day it is not late yet."""
    if set_aside:
        return Standing.SET_ASIDE
    if done:
        return Standing.DONE
    return Standing.LATE if planned_on < on else Standing.PLANNED


def of_channel(steps: Iterable[Standing]) -> Standing:
    """How it stands with a channel in a year, from its steps.

    Late while any step is late, else planned while any is to come. One whose steps were all set
    aside was given up for a reason that stands beside it, and is no gap; one without steps is.
    """
    found = set(steps)
    for one in (Standing.LATE, Standing.PLANNED, Standing.DONE, Standing.SET_ASIDE):
        if one in found:
            return one
    return Standing.GAP


def gaps(channels: Iterable[tuple[Channel, Standing]]) -> list[Channel]:
    """The channels that the policy names and for which a year has no step at all.

    `channels` are the steps of one year, each with how it stands.
    """
    used = {channel for channel, _ in channels}
    return [channel for channel in NAMED if channel not in used]


@dataclass(frozen=True)
class AwarenessState:
    """The year in numbers: steps done, to come and late; channels without any, and given up."""

    done: int = 0
    planned: int = 0
    late: int = 0
    gaps: int = 0
    set_aside: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether nothing is late, and every channel has its step."""
        return not self.late and not self.gaps


def state_of(steps: Sequence[tuple[Channel, Standing]]) -> AwarenessState:
    """Count the steps of one year. `set_aside` counts channels that were given up altogether."""
    counts = [standing for _, standing in steps]
    whole = {
        channel: of_channel(standing for one, standing in steps if one is channel)
        for channel in NAMED
    }
    return AwarenessState(
        done=counts.count(Standing.DONE),
        planned=counts.count(Standing.PLANNED),
        late=counts.count(Standing.LATE),
        gaps=len(gaps(steps)),
        set_aside=list(whole.values()).count(Standing.SET_ASIDE),
    )


def school_year(on: date) -> int:
    """The year in which the school year of a day began: it begins on 1 September."""
    return on.year if on.month >= FIRST_MONTH else on.year - 1


def year_named(year: int) -> str:
    """``2026/27``."""
    return f"{year}/{(year + 1) % 100:02}"


def first_day(year: int) -> date:
    return date(year, FIRST_MONTH, 1)


def last_day(year: int) -> date:
    return first_day(year + 1) - DAY


def on_a_weekday(day: date) -> date:
    """The day itself, or the Monday after it."""
    while day.weekday() > FRIDAY:
        day += DAY
    return day


def in_next_year(day: date) -> date:
    """The same weekday of the same week one school year later."""
    return day + 52 * WEEK


def laid_out(days: Iterable[date], *, on: date) -> list[date]:
    """Days of a plan, on weekdays; those that are past already, one a week from next week on."""
    found, late = [], 0
    for day in days:
        if day < on:
            late += 1
            found.append(on_a_weekday(on + late * WEEK))
        else:
            found.append(on_a_weekday(day))
    return found
