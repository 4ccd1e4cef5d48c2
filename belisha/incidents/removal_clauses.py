"""How D.v, D.vii and D.viii stand: as elsewhere in this area, nothing here hangs on a case."""

from collections.abc import Callable
from datetime import date

from belisha.incidents.models import WrongLink
from belisha.incidents.progress_clauses import enforced
from belisha.incidents.removal.catalogue import forms, helplines
from belisha.lib.state import Standing, State

at_hand = enforced("Forms of services and helplines are at hand")


def ways_known(on: date) -> State:
    """D.vii: the ways to report are known, and nobody says that one is wrong."""
    ways = len(forms()) + len(helplines())
    wrong = WrongLink.objects.filter(settled_at=None).values("key").distinct().count()
    if wrong:
        words = "ways to report hold; colleagues say that the others are wrong"
        return State(Standing.ATTENTION, words, f"{ways - wrong} of {ways}", "where_to_report")
    return at_hand(on)


STATES: dict[str, Callable[[date], State]] = {
    "D.v": enforced("The nearest is asked first; no step is left out without a reason"),
    "D.vii": ways_known,
    "D.viii": enforced("Weighed, slept on and read by somebody else before anything heavy"),
}
