"""How the clauses stand that are kept by the work on cases: B.x, B.xi, D.ix and E.

As in `clauses`, nothing hangs on a case: whether there is one must not be read from a state. What
is shown is whether somebody is there who does it, and that the gate cannot be walked around.
"""

from collections.abc import Callable
from datetime import date, datetime, time

from django.utils import timezone

from belisha.lib.state import Standing, State
from belisha.people.models import Staff
from belisha.people.rules import LEADERS, SAFEGUARDING, Role
from belisha.policy.models import version_in_force

ANTI_BULLYING, ONLINE_SAFETY = "anti-bullying", "online-safety"


def _is_here(on: date, *roles: Role) -> bool:
    here = Staff.objects.here(on).filter(user__is_active=True)
    return bool(here.filter(roles__role__in=roles).exists())


def followed_up(on: date) -> State:
    """B.x: somebody follows up, and what is late rises to somebody."""
    wanted = (
        (LEADERS, "who follows up"),
        (SAFEGUARDING, "a safeguarding lead"),
        ({Role.CHAIR}, "a chair to whom it rises"),
    )
    missing = [words for roles, words in wanted if not _is_here(on, *roles)]
    figure = f"{len(wanted) - len(missing)} of {len(wanted)}"
    if missing:
        words = f"who follow up are here; missing: {', '.join(missing)}"
        return State(Standing.ATTENTION, words, figure, "cases")
    words = "who follow up are here. No case closes without it, and what is late rises"
    return State(Standing.KEPT, words, figure, "cases")


def enforced(words: str) -> Callable[[date], State]:
    """A gate that nobody can walk around, once there is somebody to stand at it."""

    def state(on: date) -> State:
        if _is_here(on, *LEADERS) and _is_here(on, *SAFEGUARDING):
            return State(Standing.KEPT, words, route="cases")
        return State(
            Standing.ATTENTION, "No leader or safeguarding lead is here yet", route="cases"
        )

    return state


def sanctions(on: date) -> State:
    """E.0: the policies that sanctions for bullying follow are in force."""
    at = timezone.make_aware(datetime.combine(on, time(23, 59)))
    keys = {ANTI_BULLYING: "anti-bullying", ONLINE_SAFETY: "online-safety"}
    missing = [name for key, name in keys.items() if version_in_force(at, key) is None]
    figure = f"{len(keys) - len(missing)} of {len(keys)}"
    if missing:
        words = f"policies for sanctions are in force here; missing: {' and '.join(missing)}"
        return State(Standing.ATTENTION, words, figure, "documents")
    return State(Standing.KEPT, "policies for sanctions are in force", figure, "documents")


_TEST = enforced("Asked, with reasons, before a sanction for what was done outside school")
STATES: dict[str, Callable[[date], State]] = {
    "B.x": followed_up,
    "B.xi": enforced("An outcome is kept apart, with its own readers and its own time"),
    "D.ix": enforced("A case of bullying online cannot be closed as a slip"),
    "E.0": sanctions,
    "E.i": _TEST,
    "E.ii": _TEST,
    "E.iii": _TEST,
    "E.iv": enforced("A report is taken whenever and wherever the post was made"),
}
