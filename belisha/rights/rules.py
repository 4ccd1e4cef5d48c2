"""When a backup is old or proven; when a request is due, and whose names leave. Pure: no query,
no clock."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

A_TERM = timedelta(days=120)  # a restore is proven once a term
# The Commissioner expects a complaint within three months; until then we must see what we gave.
ITEMS_KEPT = timedelta(days=92)
A_WEEK = timedelta(days=7)  # without a backup: longer than any school would type again


def is_soon(due: date, on: date) -> bool:
    """Whether an answer is due within a week, or late."""
    return due - on <= A_WEEK


def is_old(made_on: date | None, on: date) -> bool:
    """Whether too much would be lost today."""
    return made_on is None or on - made_on > A_WEEK


def proof_is_due(proven_on: date | None, on: date) -> bool:
    """Whether nobody has restored a backup for a term, and knows that it would work."""
    return proven_on is None or on - proven_on > A_TERM


def days_since(then: date | None, on: date) -> str:
    """How long ago, in words."""
    if then is None:
        return "never"
    days = (on - then).days
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


class Asked(StrEnum):
    """What a person may ask for (UK GDPR Art. 15 to 17), and the file that follows a child."""

    COPY = "copy"
    CORRECTION = "correction"
    ERASURE = "erasure"
    FILE = "file"

    @property
    def label(self) -> str:
        return {
            Asked.COPY: "A copy of what is held",
            Asked.CORRECTION: "Something to be put right",
            Asked.ERASURE: "Something to be erased",
            Asked.FILE: "A child’s file for the next school",
        }[self]

    @property
    def gathers(self) -> bool:
        """Whether what is held is gathered, looked at and given."""
        return self in (Asked.COPY, Asked.FILE)


class Part(StrEnum):
    """Two parts are looked at and given apart: the school's, and the safeguarding lead's."""

    SCHOOL = "school"
    SEALED = "sealed"


class Choice(StrEnum):
    """What a reviewer says of one thing."""

    KEEP = "keep"
    WHOLE = "whole"
    HIDE = "hide"

    @property
    def label(self) -> str:
        return {
            Choice.KEEP: "Give it, others’ names covered",
            Choice.WHOLE: "Give it with all names",
            Choice.HIDE: "Leave it out",
        }[self]

    @property
    def needs_why(self) -> bool:
        return self is not Choice.KEEP


class Ground(StrEnum):
    """Why something of a case is held back from the person (UK GDPR Art. 15(4); DPA 2018, Sch. 2
    and 3). Each is weighed by a person, and may end."""

    INQUIRY = "inquiry"
    HARM = "harm"
    OTHERS = "others"
    ADVICE = "advice"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            Ground.INQUIRY: "It would harm an investigation",
            Ground.HARM: "Somebody could come to harm",
            Ground.OTHERS: "It is about somebody else, who has not agreed",
            Ground.ADVICE: "It is legal advice",
            Ground.OTHER: "Another reason",
        }[self]


class Outcome(StrEnum):
    GIVEN = "given"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            Outcome.GIVEN: "Given",
            Outcome.DONE: "Done",
            Outcome.REFUSED: "Refused",
            Outcome.WITHDRAWN: "Taken back",
        }[self]

    @property
    def light(self) -> str:
        return {Outcome.REFUSED: "no", Outcome.WITHDRAWN: "quiet"}.get(self, "yes")


class Progress(StrEnum):
    """How far an answer is, as the register is searched."""

    OPEN = "open"
    LATE = "late"
    OVER = "over"

    @property
    def label(self) -> str:
        return {Progress.OPEN: "Open", Progress.LATE: "Late", Progress.OVER: "Over"}[self]


LONGER = 2  # months more, where it is complex (Art. 12(3))


def due_on(received_on: date, *, longer: bool = False) -> date:
    """The last day for an answer: one calendar month on, or three.

    Where that month has no such day, its last day counts.
    """
    months = received_on.month + (1 + LONGER if longer else 1) - 1
    year, month = received_on.year + months // 12, months % 12 + 1
    return date(year, month, min(received_on.day, monthrange(year, month)[1]))


COVER = "[someone else]"


def covered(words: str, names: Iterable[str]) -> str:
    """The words with each of these names covered, the longest first, as whole words."""
    known = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)
    if not known:
        return words
    return re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)", COVER, words)
