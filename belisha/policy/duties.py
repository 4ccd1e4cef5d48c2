"""Who must read what by when, and who has (B.0, B.iv, B.vii, B.viii); the review each term (B.v).

Pure: what is asked follows from the duties, the versions issued, who was on the staff, and what
they acknowledged, as on a day. So last year's list can be made again next year.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from belisha.people.calendar import Calendar
from belisha.policy.awareness import first_day, school_year

USUAL = Calendar()


class Recurrence(StrEnum):
    """When a reading is asked for again. A version of substance always asks again."""

    VERSION = "version"
    YEARLY = "yearly"
    TERMLY = "termly"

    @property
    def label(self) -> str:
        return {
            Recurrence.VERSION: "for each new version",
            Recurrence.YEARLY: "each school year, and for each new version",
            Recurrence.TERMLY: "each term, and for each new version",
        }[self]


class State(StrEnum):
    """How it stands with one reading, or one review, of one person."""

    DONE = "done"
    DUE = "due"
    LATE = "late"


@dataclass(frozen=True)
class Duty:
    """That people with one of these roles read a part of a document; an empty part is all of it.

    `ended_on` is the first day on which it binds nobody any more.
    """

    pk: int
    document: int
    roles: frozenset[str]
    part: str
    days: int
    recurrence: Recurrence
    began_on: date
    ended_on: date | None = None
    position: int = 0


@dataclass(frozen=True)
class Edition:
    """A version of a document, and the day on which it was issued."""

    pk: int
    document: int
    major: int
    minor: int
    issued_on: date


@dataclass(frozen=True)
class Reader:
    """Somebody with a role, and from when to when. Without a first day they were always here.

    `left_on` is the first day on which they are not of the staff any more; `calendar` is that of
    their school, by which terms begin and nothing falls due in the holidays.
    """

    pk: int
    roles: frozenset[str]
    joined_on: date | None = None
    left_on: date | None = None
    calendar: Calendar = USUAL

    def is_here(self, on: date) -> bool:
        return (self.joined_on or date.min) <= on and on < (self.left_on or date.max)


@dataclass(frozen=True)
class Acknowledged:
    """That somebody read a part of an edition on a day; an empty part is all of it."""

    pk: int
    reader: int
    document: int
    major: int
    part: str
    on: date


@dataclass(frozen=True)
class Asked:
    """One reading of one person, as on a day: asked since when, by when, and how it stands."""

    reader: Reader
    duty: Duty
    edition: Edition
    asked_on: date
    due_on: date
    read: Acknowledged | None
    state: State


def asked_of(
    reader: Reader,
    *,
    on: date,
    duties: Iterable[Duty],
    editions: Collection[Edition],
    reads: Iterable[Acknowledged],
) -> list[Asked]:
    """What a person must read, as on a day: one reading for each document.

    Where several duties bind them to one document, the one for all of it counts, else the first. A
    small edit asks nobody again; who has not read yet reads the newest.
    """
    if not reader.is_here(on):
        return []
    mine = [read for read in reads if read.reader == reader.pk and read.on <= on]
    asked = []
    for duty in _binding(reader, on, duties):
        known = [one for one in editions if one.document == duty.document and one.issued_on <= on]
        if not known:
            continue
        newest = max(known, key=lambda one: (one.major, one.minor))
        round_began = _round_began(reader, duty.recurrence, on)
        began = max(
            min(one.issued_on for one in known if one.major == newest.major),
            duty.began_on,
            reader.joined_on or date.min,
            round_began,
        )
        counting = [
            read
            for read in mine
            if read.document == duty.document
            and read.major == newest.major
            and read.part in ("", duty.part)
            and read.on >= round_began
        ]
        read = min(counting, key=lambda one: (one.on, one.pk), default=None)
        due_on = _due_on(reader, began, duty.days)
        asked.append(Asked(reader, duty, newest, began, due_on, read, _state(read, due_on, on)))
    return asked


def _binding(reader: Reader, on: date, duties: Iterable[Duty]) -> list[Duty]:
    by_document: dict[int, Duty] = {}
    for duty in sorted(duties, key=lambda one: (one.part != "", one.position, one.pk)):
        in_force = duty.began_on <= on and on < (duty.ended_on or date.max)
        if in_force and not duty.roles.isdisjoint(reader.roles):
            by_document.setdefault(duty.document, duty)
    return sorted(by_document.values(), key=lambda one: (one.position, one.pk))


def _state(done: object | None, due_on: date, on: date) -> State:
    if done is not None:
        return State.DONE
    return State.LATE if on > due_on else State.DUE


def _round_began(reader: Reader, recurrence: Recurrence, on: date) -> date:
    if recurrence is Recurrence.YEARLY:
        return first_day(school_year(on))
    return reader.calendar.term_began(on) if recurrence is Recurrence.TERMLY else date.min


def _due_on(reader: Reader, began: date, days: int) -> date:
    """The last of so many days; where no children are at school, the next school day."""
    return reader.calendar.add_school_days(began + timedelta(days=days), 0)


# Reminders: when it is asked, a week before, on the day, and each week when it is late.

WEEK = timedelta(days=7)


def reminder_days(asked: Asked, until: date) -> set[date]:
    """The days up to `until` on which a person is reminded of a reading."""
    days = {asked.asked_on, asked.due_on, max(asked.due_on - WEEK, asked.asked_on)}
    late = asked.due_on + WEEK
    while late <= until:
        days.add(late)
        late += WEEK
    return {day for day in days if day <= until}


def wants_reminder(open_ones: Iterable[Asked], *, last_on: date | None, on: date) -> bool:
    """Whether one of the readings had its day since the last mail, which named all of them.

    So a worker that stood still on the day itself makes up for it, with one mail.
    """
    after = last_on or date.min
    return any(after < day for asked in open_ones for day in reminder_days(asked, on))


# The review of privacy settings (B.v)

REVIEW_DAYS = 28  # to do it, from the first day of a term or of work


def review_due(reader: Reader, on: date) -> date:
    """By when a person reviews the settings of this term."""
    began = max(reader.calendar.term_began(on), reader.joined_on or date.min)
    return _due_on(reader, began, REVIEW_DAYS)


def review_state(reader: Reader, done: Iterable[date], on: date) -> State:
    """How it stands with this term's review, given the days on which a person did one."""
    this_term = [day for day in done if reader.calendar.term_began(on) <= day <= on]
    return _state(max(this_term, default=None), review_due(reader, on), on)


# Questions on what changed

MOST_QUESTIONS = 3
FEWEST_CHOICES, MOST_CHOICES = 2, 5


def why_no_question(text: str, choices: Sequence[str], answer: int) -> str:
    """Return why these words make no question, for the person who typed them; or nothing."""
    if not text.strip():
        return "Write the question."
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        return f"Write {FEWEST_CHOICES} to {MOST_CHOICES} answers to choose from, one to a line."
    if len({choice.casefold() for choice in choices}) < len(choices):
        return "Two of the answers are the same."
    if not 1 <= answer <= len(choices):
        return "Say which answer is right by its number."
    return ""


# How long a declaration is kept (B.i)

# The statutory safeguarding guidance leaves it to the school how long low-level concerns are kept,
# and recommends at least until the person leaves.
DECLARATIONS_KEPT_AFTER_LEAVING = timedelta(days=365)


def forget_declarations_on(left_on: date | None) -> date | None:
    """The day on which what a member of staff declared is erased; None while they work here."""
    return left_on + DECLARATIONS_KEPT_AFTER_LEAVING if left_on else None
