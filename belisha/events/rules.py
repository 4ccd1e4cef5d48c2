"""Occasions, what is said aloud at them, and how long visitors are kept (clauses P.v, P.vii)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

OPENS_BEFORE = timedelta(hours=3)  # from then on it counts that the reminder was said
YEAR = timedelta(weeks=52)  # the same weekday, a year later

UNDO_WITHIN = timedelta(minutes=10)  # a slip of the finger needs no reason
FOLLOW_UP_WITHIN = timedelta(days=3)  # our own measure: the policy names no day
MONTH = timedelta(days=30.4375)

CODE_LETTERS = "ACDEFHJKMNPRTWXY34679"  # none of which looks like another
CODE_LENGTH = 4


class Keeps(StrEnum):
    """What is erased when its months are over. The school may choose other periods."""

    VISITS = "visits"
    CHALLENGES = "challenges"
    EVENTS = "events"

    @property
    def months(self) -> int:
        """As long as we keep it unless the school says otherwise."""
        return {Keeps.VISITS: 12, Keeps.CHALLENGES: 36, Keeps.EVENTS: 84}[self]


class Spoken(StrEnum):
    """How it stands with the spoken reminder of one event."""

    NOT_NEEDED = "not-needed"
    CANCELLED = "cancelled"
    TO_COME = "to-come"
    DUE = "due"
    SAID = "said"
    TOLD_LATER = "told-later"
    MISSED = "missed"
    FOLLOWED_UP = "followed-up"

    @property
    def label(self) -> str:
        return _SPOKEN[self][1]

    @property
    def light(self) -> str:
        return _SPOKEN[self][0]


_SPOKEN = {
    Spoken.NOT_NEEDED: ("quiet", "Nobody to tell"),
    Spoken.CANCELLED: ("quiet", "Cancelled"),
    Spoken.TO_COME: ("info", "To be said"),
    Spoken.DUE: ("ask", "Say it now"),
    Spoken.SAID: ("yes", "Said aloud"),
    Spoken.TOLD_LATER: ("ask", "Told later: the head has to accept it"),
    Spoken.MISSED: ("no", "Not said"),
    Spoken.FOLLOWED_UP: ("info", "Not said, followed up"),
}


@dataclass(frozen=True)
class Occasion:
    """What the rule must know of one event. `told_later`: written down after the event was over;
    `accepted`: the head or a senior leader took that to be so."""

    starts_at: datetime
    ends_at: datetime
    has_audience: bool
    cancelled: bool = False
    said: bool = False
    told_later: bool = False
    accepted: bool = False
    followed_up: bool = False


def spoken(occasion: Occasion, at: datetime) -> Spoken:
    """Say how it stands with the reminder of an event at a moment (P.v)."""
    if occasion.cancelled:
        return Spoken.CANCELLED
    if occasion.said and (not occasion.told_later or occasion.accepted):
        return Spoken.SAID
    if occasion.said:
        return Spoken.TOLD_LATER
    if not occasion.has_audience:
        return Spoken.NOT_NEEDED
    if at < occasion.starts_at - OPENS_BEFORE:
        return Spoken.TO_COME
    if at < occasion.ends_at:
        return Spoken.DUE
    return Spoken.FOLLOWED_UP if occasion.followed_up else Spoken.MISSED


def a_year_later(moment: datetime, on: date) -> datetime:
    """The same weekday and hour of the first year in which that day is not over."""
    while moment.date() < on:
        moment += YEAR
    return moment
