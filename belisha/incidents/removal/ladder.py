"""The ladder of removal (D.v, D.vii): the nearest first, each step with its clock. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from belisha.incidents.rules import Labelled
from belisha.lib.verdict import Outcome, Reason, Verdict


class Rung(Labelled):
    """Whom the school asks to take something down, in this order."""

    AUTHOR = "author", "Ask whoever posted it"
    ADMINISTRATOR = "admin", "Ask who runs the account or group"
    PLATFORM = "platform", "Report it to the service"
    HELPLINE = "helpline", "Ask a helpline"


class Answer(Labelled):
    """What came of a step. `GONE` also ends the ladder."""

    GONE = "gone", "It is gone"
    CHANGED = "changed", "It was changed, and that is enough"
    REFUSED = "refused", "They said no"
    SILENT = "silent", "No answer"


ORDER = tuple(Rung)
ENDS = (Answer.GONE, Answer.CHANGED)
# Working days of the authority until the school asks again; a school may set its own.
DAYS: Mapping[Rung, int] = {
    Rung.AUTHOR: 2,
    Rung.ADMINISTRATOR: 2,
    Rung.PLATFORM: 3,
    Rung.HELPLINE: 3,
}
CLAUSE: Mapping[Rung, str] = {
    Rung.AUTHOR: "D.v",
    Rung.ADMINISTRATOR: "D.v",
    Rung.PLATFORM: "D.vii",
    Rung.HELPLINE: "D.vii",
}


@dataclass(frozen=True)
class Taken:
    """A step that was taken, or passed over with a reason. `due` is until when one waits."""

    rung: Rung
    due: datetime | None = None
    passed_over: bool = False
    answer: Answer | None = None

    def is_over(self, at: datetime) -> bool:
        """Whether the next step may follow: it was answered, or its time is up."""
        return self.passed_over or self.answer is not None or (self.due is None or self.due < at)


def may_step(rung: Rung, taken: Sequence[Taken], *, at: datetime) -> Verdict:
    """Whether this step may be taken now: each nearer one was tried and is over, or passed over.

    A step may be taken again, since people forget and services lose things.
    """
    if any(one.answer in ENDS for one in taken):
        return _no("D.v", "It is gone already.", "Say that it is back first.")
    for nearer in ORDER[: ORDER.index(rung)]:
        steps = [one for one in taken if one.rung is nearer]
        if not steps:
            words = f"“{nearer.label}” comes first."
            return _no(CLAUSE[nearer], words, "Do that, or say why it is passed over.")
        last = steps[-1]
        if not last.is_over(at):
            return _no(
                CLAUSE[nearer],
                f"“{nearer.label}” is still running.",
                "Wait for its answer, or pass it over with a reason.",
            )
    return Verdict(Outcome.YES, (Reason(CLAUSE[rung], "Every nearer step was tried."),))


def next_rung(taken: Sequence[Taken], *, at: datetime) -> Rung | None:
    """The first step that may be taken and was not; None while one runs, and at the end."""
    tried = {one.rung for one in taken}
    for rung in ORDER:
        if rung not in tried:
            return rung if may_step(rung, taken, at=at) else None
    return None


def is_tried(taken: Sequence[Taken], *, at: datetime) -> bool:
    """Whether the service was asked in vain, or somebody said why it is not: then heavier means
    may be thought of."""
    if any(one.answer in ENDS for one in taken):
        return True
    return any(one.rung is Rung.PLATFORM and one.is_over(at) for one in taken)


def _no(clause: str, words: str, remedy: str) -> Verdict:
    return Verdict(Outcome.NO, (Reason(clause, words),), remedy)
