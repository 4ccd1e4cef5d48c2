"""What a rule answers: yes, no or ask; why, clause by clause; and what can be done about it."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """The three answers that a rule can give."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True)
class Reason:
    """One ground of a verdict. `clause` is the id of a clause such as ``P.iv``; `text` is plain."""

    clause: str
    text: str


@dataclass(frozen=True)
class Verdict:
    """The one answer that gates, lights and texts share.

    `remedy` says what the person can do now; it is empty when nothing is to be done.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...] = ()
    remedy: str = ""

    def __bool__(self) -> bool:
        return self.outcome is Outcome.YES
