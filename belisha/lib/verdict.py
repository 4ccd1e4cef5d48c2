"""What a rule answers: yes, no or ask; why, clause by clause; and what can be done about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """The three answers that a rule can give."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True)
class Reason:
    """One ground of a verdict: the id of a clause such as ``P.iv``, and the ground in plain words.

    `who` names whom it is about, where it is about someone.
    """

    clause: str
    ground: str
    who: str = ""

    @property
    def text(self) -> str:
        return f"{self.who}: {self.ground}" if self.who else self.ground


def grouped(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Say each ground once, naming together all whom it is about."""
    names: dict[tuple[str, str], list[str]] = {}
    for reason in reasons:
        names.setdefault((reason.clause, reason.ground), []).append(reason.who)
    return tuple(
        Reason(clause, ground, _listed(sorted(filter(None, set(who)))))
        for (clause, ground), who in names.items()
    )


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


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
