"""How D.v, D.vii and D.viii stand: as elsewhere in this area, nothing here hangs on a case."""

from collections.abc import Callable
from datetime import date

from belisha.incidents.models import WrongLink
from belisha.incidents.removal.catalogue import forms, helplines
from belisha.lib.state import Standing, State


def ways_known(on: date) -> State:
    """D.vii: the ways to report are known, and nobody says that one is wrong."""
    ways = len(forms()) + len(helplines())
    wrong = WrongLink.objects.filter(settled_at=None).values("key").distinct().count()
    if wrong:
        words = "ways to report hold; colleagues say that the others are wrong"
        return State(Standing.ATTENTION, words, f"{ways - wrong} of {ways}", "where_to_report")
    return State(Standing.KEPT, "ways to report at hand", str(ways), "where_to_report")


def in_order(on: date) -> State:
    """D.v: the rule of the ladder lets no step be left out without a reason."""
    words = "The nearest is asked first; no step is left out without a reason"
    return State(Standing.KEPT, words, route="where_to_report")


def braked(on: date) -> State:
    """D.viii: no heavy means without a day's pause and a second reader."""
    words = "Weighed, slept on and read by somebody else before anything heavy is done"
    return State(Standing.KEPT, words, route="where_to_report")


STATES: dict[str, Callable[[date], State]] = {
    "D.v": in_order,
    "D.vii": ways_known,
    "D.viii": braked,
}
