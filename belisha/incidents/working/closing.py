"""When a case may be closed (B.x), and how. Pure."""

from dataclasses import dataclass

from belisha.incidents.rules import Kind, Labelled
from belisha.incidents.working.kinds import KINDS
from belisha.people.rules import GOVERNORS, Role, offices


class Outcome(Labelled):
    """What came of a case."""

    UNFOUNDED = "unfounded", "It was not so"
    MINOR = "minor", "A slip; words were enough"
    DEALT = "dealt", "It was so, and was dealt with"
    PASSED = "passed", "Others go on with it"
    OPEN = "not-known", "It could not be found out"
    MERGED = "merged", "It goes on in another case"


class ForStaff(Labelled):
    """What came of it for somebody who works here (B.xi)."""

    NONE = "none", "Nothing"
    ADVICE = "advice", "Words of advice"
    TRAINING = "training", "Training"
    DISCIPLINARY = "disciplinary", "Disciplinary procedure"


@dataclass(frozen=True)
class Ready:
    """What is known when somebody wants to close a case."""

    kind: Kind
    followed_up: bool  # since it was opened, or opened again
    open_tasks: int
    not_told: int
    asked: int = 0  # steps to get something off the web without an answer
    about_head: bool = False
    earlier: frozenset[Kind] = frozenset()  # kinds under which it was filed before


def why_not_close(ready: Ready, outcome: Outcome) -> list[str]:
    """Why a case cannot be closed now, each in a sentence; empty when it can."""
    found = []
    if not ready.followed_up:
        found.append(f"{who_follows_up(about_head=ready.about_head)} must follow it up first.")
    if ready.open_tasks:
        found.append("Something is still to be done. Do it, or write why it is not needed.")
    if ready.not_told:
        found.append("Somebody must still be told. Tell them, or write why not.")
    if ready.asked:
        found.append("Somebody was asked to take something down. Write down what came of it.")
    # Filing it under another kind does not make it less (D.ix).
    if outcome is Outcome.MINOR and any(KINDS[one].serious for one in {ready.kind, *ready.earlier}):
        found.append("A case of this kind is serious. It cannot be closed as a slip.")
    if outcome is Outcome.MERGED:
        found.append("Join it to the other case instead.")
    return found


def may_follow_up(roles: frozenset[Role], *, about_head: bool, stands_in: bool) -> bool:
    """Whether somebody who works on a case is the one whose follow-up counts (B.x).

    The head, whoever stands in, a senior leader who was given the case. Where it is about the head
    nobody who works under them: the chair, or a governor where it is about the chair as well.
    """
    if about_head:
        return bool(offices(roles) & GOVERNORS)
    return stands_in or bool(roles & {Role.HEAD, Role.SENIOR_LEADER})


def who_follows_up(*, about_head: bool) -> str:
    return "The chair of governors" if about_head else "The head or a named senior leader"
