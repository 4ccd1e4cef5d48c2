"""How a clause of the policy stands on a day: what the policy page shows beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Standing(StrEnum):
    """The four states of a clause, the gravest first."""

    BROKEN = "broken"
    ATTENTION = "attention"
    KEPT = "kept"
    NOT_IN_USE = "not-in-use"

    @property
    def label(self) -> str:
        return {
            Standing.BROKEN: "Broken",
            Standing.ATTENTION: "Needs work",
            Standing.KEPT: "Kept",
            Standing.NOT_IN_USE: "Not in use",
        }[self]

    @property
    def light(self) -> str:
        """The shape that goes with it."""
        return {
            Standing.BROKEN: "no",
            Standing.ATTENTION: "ask",
            Standing.KEPT: "yes",
            Standing.NOT_IN_USE: "quiet",
        }[self]


@dataclass(frozen=True)
class State:
    """`figure` is such as ``41 of 43``, and `words` what it counts; no names stand in either.

    `route` is the name of the page where the work is, with no blanks in its address; `proven_on`
    the day on which the clause was last shown to be kept.
    """

    standing: Standing
    words: str
    figure: str = ""
    route: str = ""
    proven_on: date | None = None

    @property
    def says(self) -> str:
        """The whole state in one line."""
        return f"{self.figure} {self.words}".strip()


def share(
    done: int, of: int, words: str, *, route: str = "", proven_on: date | None = None
) -> State:
    """The state of a duty by how many of all did it. With nobody to do it, it is not in use."""
    if not of:
        return State(Standing.NOT_IN_USE, words, f"{done} of {of}", route, proven_on)
    standing = Standing.KEPT if done >= of else Standing.ATTENTION
    return State(standing, words, f"{done} of {of}", route, proven_on)


def gravest(states: Iterable[State]) -> State | None:
    """The one state to show where several count; None where there is none."""
    order = list(Standing)
    return min(states, key=lambda state: order.index(state.standing), default=None)
