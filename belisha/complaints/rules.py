"""What the policy says of concerns and complaints (D.ii, D.vi). Pure: no query, no clock.

A concern goes to the nearest person first: class teacher, head, a member of the leadership team,
chair of governors. Whoever it is about never hears it. Days are school days of `people.calendar`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from belisha.people.calendar import LONDON, Calendar, Days, Mark
from belisha.people.rules import alphabetical


class Stage(StrEnum):
    """How far it has come. Each stage is heard by fresh eyes."""

    CONCERN = "concern"
    ONE = "one"
    TWO = "two"
    PANEL = "panel"

    @property
    def label(self) -> str:
        return {
            Stage.CONCERN: "Concern",
            Stage.ONE: "Stage 1",
            Stage.TWO: "Stage 2",
            Stage.PANEL: "Panel of governors",
        }[self]

    @property
    def next(self) -> "Stage | None":
        """The stage after this one; nothing after the panel."""
        return next((after for one, after in pairwise(Stage) if one is self), None)


class Subject(StrEnum):
    """What or whom it is about, as the family says it."""

    CLASS = "class"
    SCHOOL = "school"
    STAFF = "staff"
    HEAD = "head"
    GOVERNOR = "governor"
    CHAIR = "chair"

    @property
    def label(self) -> str:
        return {
            Subject.CLASS: "Something in a class",
            Subject.SCHOOL: "The school",
            Subject.STAFF: "Someone who works here",
            Subject.HEAD: "The head",
            Subject.GOVERNOR: "A governor",
            Subject.CHAIR: "The chair of governors",
        }[self]


class Rung(StrEnum):
    """By what office somebody hears a complaint, the nearest first."""

    TEACHER = "teacher"
    HEAD = "head"
    LEADER = "leader"
    CHAIR = "chair"
    GOVERNOR = "governor"

    @property
    def label(self) -> str:
        return {
            Rung.TEACHER: "class teacher",
            Rung.HEAD: "head",
            Rung.LEADER: "member of the leadership team",
            Rung.CHAIR: "chair of governors",
            Rung.GOVERNOR: "governor",
        }[self]


class Outcome(StrEnum):
    """What was found at one stage."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not-upheld"

    @property
    def label(self) -> str:
        return {
            Outcome.UPHELD: "Agreed with",
            Outcome.PARTLY: "Agreed with in part",
            Outcome.NOT_UPHELD: "Not agreed with",
        }[self]


@dataclass(frozen=True)
class Seat:
    """One office that one person holds; who has two offices has two seats."""

    staff: int
    rung: Rung


_ORDER = {rung: number for number, rung in enumerate(Rung)}
_BEGINS_AT = {
    Stage.CONCERN: Rung.TEACHER,
    Stage.ONE: Rung.HEAD,
    Stage.TWO: Rung.CHAIR,
    Stage.PANEL: Rung.CHAIR,  # who calls it; the three who sit on it are chosen one by one
}
_AT_LEAST = {
    Subject.CLASS: Rung.TEACHER,
    Subject.SCHOOL: Rung.HEAD,
    Subject.STAFF: Rung.HEAD,
    Subject.HEAD: Rung.CHAIR,
    Subject.GOVERNOR: Rung.CHAIR,
    Subject.CHAIR: Rung.GOVERNOR,
}


def really_about(subject: Subject, seats: Iterable[Seat], concerned: Collection[int]) -> Subject:
    """What it is about when the people named in it are known: naming the head makes it the head's,
    whatever was ticked, and naming the chair the chair's."""
    rungs = {seat.rung for seat in seats if seat.staff in concerned}
    if subject == Subject.CHAIR or Rung.CHAIR in rungs:
        return Subject.CHAIR
    return Subject.HEAD if Rung.HEAD in rungs else subject


def kept_from(
    subject: Subject, seats: Iterable[Seat], concerned: Collection[int]
) -> frozenset[int]:
    """Those for whom it does not exist: who is named in it, and whoever holds the office that it is
    about."""
    about = really_about(subject, seats, concerned)
    rung = {Subject.HEAD: Rung.HEAD, Subject.CHAIR: Rung.CHAIR}.get(about)
    # A complaint about the chair may be one about the head, too: what was ticked counts as well.
    ticked = Rung.HEAD if subject is Subject.HEAD else None
    holders = {seat.staff for seat in seats if seat.rung in (rung, ticked)}
    return frozenset(concerned) | holders


def route(
    stage: Stage,
    subject: Subject,
    seats: Sequence[Seat],
    *,
    concerned: Collection[int] = (),
    involved: Collection[int] = (),
) -> Seat | None:
    """Who hears it at this stage, or None when nobody at the school can.

    `seats` are those of the people here, nearest first within an office; `concerned` whom it is
    about, and who complains; `involved` who heard it at an earlier stage. A formal stage needs
    someone who did not; who calls the panel does not sit on it, and may have. Nobody hears a
    complaint about their own head, nor looks over what their head decided.
    """
    out = kept_from(subject, seats, concerned)
    if stage is not Stage.PANEL:
        out |= frozenset(involved)
    lowest = _lowest(stage, subject, seats, concerned)
    head_heard = _head_is_among(seats, involved)
    fit = [
        seat
        for seat in seats
        if seat.staff not in out
        and _ORDER[seat.rung] >= lowest
        and not (head_heard and seat.rung is Rung.LEADER)
    ]
    return min(fit, key=lambda seat: _ORDER[seat.rung], default=None)


def _lowest(
    stage: Stage, subject: Subject, seats: Iterable[Seat], concerned: Collection[int]
) -> int:
    about = really_about(subject, seats, concerned)
    return max(_ORDER[_BEGINS_AT[stage]], _ORDER[_AT_LEAST[about]])


def _head_is_among(seats: Iterable[Seat], people: Collection[int]) -> bool:
    return any(seat.rung is Rung.HEAD and seat.staff in people for seat in seats)


def is_for_governors(
    stage: Stage,
    subject: Subject,
    seats: Sequence[Seat],
    *,
    concerned: Collection[int] = (),
    involved: Collection[int] = (),
) -> bool:
    """Whether nobody but governors may be given a stage to hear, by whoever gives it on.

    That is so from stage 2 on, about the head or a governor, and where the head heard an earlier
    stage (`involved`): nobody looks over what their own head decided.
    """
    if stage is not Stage.CONCERN and _head_is_among(seats, involved):
        return True
    return _lowest(stage, subject, seats, concerned) >= _ORDER[Rung.CHAIR]


def may_decide(stage: Stage, *, hears: bool, had_part: bool) -> bool:
    """Whether somebody who handles it may decide on a stage that nobody has answered (D.vi).

    Whoever hears it may; up to stage 1 also who answers for it, unless they heard or answered an
    earlier stage (`had_part`). Then other eyes are needed than theirs.
    """
    return hears or (stage in (Stage.CONCERN, Stage.ONE) and not had_part)


def named_in(text: str, people: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Whose last name stands in a text: `people` are pairs of number and whole name."""
    words = set(alphabetical(text))
    return frozenset(
        number for number, name in people if (last := alphabetical(name)[-1:]) and last[0] in words
    )


@dataclass(frozen=True)
class Targets:
    """By when, in school days, unless `keep_years` says otherwise. A school sets its own."""

    acknowledge: int = 3
    concern: int = 5
    one: int = 15
    two: int = 20
    panel: int = 20
    go_on: int = 10
    keep_years: int = 6

    def for_stage(self, stage: Stage) -> int:
        return {
            Stage.CONCERN: self.concern,
            Stage.ONE: self.one,
            Stage.TWO: self.two,
            Stage.PANEL: self.panel,
        }[stage]


def day_of(moment: datetime) -> date:
    """The day in school of a moment with its time zone: in summer an hour ahead of UTC."""
    return moment.astimezone(LONDON).date()


def due(begun: date, days: int, calendar: Calendar) -> date:
    """The last day on which it is in time: so many school days after the day on which it began."""
    return calendar.add_school_days(begun, days)


NEAR = 2  # school days before a target at which whoever hears it is reminded


def is_near(due_on: date, on: date, calendar: Calendar) -> bool:
    return on <= due_on <= calendar.add_school_days(on, NEAR)


class Status(StrEnum):
    """How it stands, what is late first."""

    LATE = "late"
    NEW = "new"
    UNDERWAY = "underway"
    ANSWERED = "answered"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {
            Status.LATE: "Late",
            Status.NEW: "To acknowledge",
            Status.UNDERWAY: "Looked into",
            Status.ANSWERED: "Answered",
            Status.CLOSED: "Closed",
        }[self]

    @property
    def light(self) -> str:
        return {
            Status.LATE: "no",
            Status.NEW: "ask",
            Status.UNDERWAY: "info",
            Status.ANSWERED: "yes",
            Status.CLOSED: "quiet",
        }[self]


def status(
    *,
    acknowledge_by: date,
    acknowledged: bool,
    due_on: date,
    decided: bool,
    closed: bool,
    on: date,
) -> Status:
    """How the stage that it has reached stands on a day."""
    if closed:
        return Status.CLOSED
    if decided:
        return Status.ANSWERED
    if due_on < on or (not acknowledged and acknowledge_by < on):
        return Status.LATE
    return Status.UNDERWAY if acknowledged else Status.NEW


def may_go_on(
    stage: Stage, *, decided: bool, go_on_by: date | None, due_on: date, on: date
) -> bool:
    """Whether a family may take it to the next stage: after an answer for some days, and at once
    when none came in time."""
    if stage.next is None:
        return False
    if decided:
        return go_on_by is not None and on <= go_on_by
    return due_on < on


SEATS_ON_PANEL = 3


def wrong_with_panel(
    members: Sequence[int | str],
    *,
    concerned: Collection[int],
    involved: Collection[int],
    employed: Collection[int],
) -> list[str]:
    """Why these people may not sit on the panel; nothing when they may.

    `members` are numbers of people here, or names of people from elsewhere; `employed` who works
    at the school. Source: the policy's D.vi; Best practice guidance for school complaints
    procedures (Department for Education).
    """
    wrong = []
    if len(members) != SEATS_ON_PANEL:
        wrong.append("A panel has three people.")
    if len({str(one).casefold() for one in members}) != len(members):
        wrong.append("Somebody is named twice.")
    if not set(members).isdisjoint(concerned):
        wrong.append("Somebody cannot sit on this panel.")
    if not set(members).isdisjoint(involved):
        wrong.append("Somebody has had to do with it before.")
    if not set(members).isdisjoint(employed):
        wrong.append("Somebody works at the school.")
    return wrong


FEWEST_SHOWN = 5
HIDDEN, UNSAID = "1 to 4", "not shown"


def hide_small(counts: Mapping[str, int]) -> dict[str, str]:
    """Numbers as they may be shown: from 1 to 4 stay hidden, since few people can be told apart.

    Where one alone is hidden, the next smallest is too, or the total would give it away.
    """
    small = {name for name, count in counts.items() if 0 < count < FEWEST_SHOWN}
    others = sorted(
        (name for name, count in counts.items() if count >= FEWEST_SHOWN), key=counts.__getitem__
    )
    unsaid = set(others[:1]) if len(small) == 1 else set()
    return {
        name: HIDDEN if name in small else UNSAID if name in unsaid else str(count)
        for name, count in counts.items()
    }


def terms_back(calendar: Calendar, on: date, number: int) -> list[Days]:
    """The term of a day and those before it, the newest first; without known terms, thirds of a
    year."""
    from_calendar = sorted(
        (term for term in calendar.terms if term.first_day <= on),
        key=lambda term: term.first_day,
        reverse=True,
    )
    if from_calendar:
        return from_calendar[:number]
    found: list[Days] = []
    last = on
    while len(found) < number:
        first = calendar.term_began(last)
        found.append(Days(Mark.TERM, first, last))
        last = first - timedelta(days=1)
    return found
