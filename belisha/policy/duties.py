"""Who must read what by when, and who has (B.0, B.iv, B.vii, B.viii); the review each term (B.v).

Pure: what is asked follows from the duties, the versions issued, who was on the staff, and what
they acknowledged, as on a day. So last year's list can be made again next year.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


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

    `left_on` is the first day on which they are not of the staff any more.
    """

    pk: int
    roles: frozenset[str]
    joined_on: date | None = None
    left_on: date | None = None

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
        round_began = _round_began(duty.recurrence, on)
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
        due_on = day_after(began, duty.days)
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


def _round_began(recurrence: Recurrence, on: date) -> date:
    if recurrence is Recurrence.YEARLY:
        return school_year_began(on)
    return term_of(on).began_on if recurrence is Recurrence.TERMLY else date.min


def day_after(began: date, days: int) -> date:
    """The last day of a number of days to read. The school's calendar will count school days."""
    return began + timedelta(days=days)


@dataclass(frozen=True)
class Term:
    """A term by its name, and its first day."""

    name: str
    began_on: date


# Month and day on which each term begins, until the school's own calendar says it.
TERMS = (("spring term", 1, 1), ("summer term", 4, 15), ("autumn term", 9, 1))


def term_of(on: date) -> Term:
    """The term in which a day falls; holidays belong to the term before them."""
    name, month, day = [one for one in TERMS if one[1:] <= (on.month, on.day)][-1]
    return Term(name, date(on.year, month, day))


def school_year_began(on: date) -> date:
    """The 1 September before a day, or the day itself."""
    return date(on.year - (on.month < 9), 9, 1)


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
    return day_after(max(term_of(on).began_on, reader.joined_on or date.min), REVIEW_DAYS)


def review_state(reader: Reader, done: Iterable[date], on: date) -> State:
    """How it stands with this term's review, given the days on which a person did one."""
    this_term = [day for day in done if term_of(on).began_on <= day <= on]
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


# What changed since a person last read


@dataclass(frozen=True)
class Passage:
    """One clause as it stands now, and what it said before: None when there was none."""

    address: str
    words: str
    before: str | None

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.before != self.words


def passages(now: Iterable[tuple[str, str]], before: Iterable[tuple[str, str]]) -> list[Passage]:
    """Each clause now, by its address, beside what it said under the same address before.

    A clause whose words only moved to another address is neither new nor changed.
    """
    old = dict(before)
    said = set(old.values())
    return [
        Passage(address, words, words if words in said else old.get(address))
        for address, words in now
    ]


def gone(now: Iterable[tuple[str, str]], before: Iterable[tuple[str, str]]) -> list[str]:
    """The words that stood there before and stand nowhere now, in no clause of the same address."""
    new = dict(now)
    said = set(new.values())
    return [words for address, words in before if address not in new and words not in said]


# How long a declaration is kept (B.i)

# The statutory safeguarding guidance leaves it to the school how long low-level concerns are kept,
# and recommends at least until the person leaves. Checked on 24 November 2026.
DECLARATIONS_KEPT_AFTER_LEAVING = timedelta(days=365)


def forget_declarations_on(left_on: date | None) -> date | None:
    """The day on which what a member of staff declared is erased; None while they work here."""
    return left_on + DECLARATIONS_KEPT_AFTER_LEAVING if left_on else None
