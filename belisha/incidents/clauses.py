"""How the clauses stand that this area keeps.

Everyone on the staff reads these states, and so does whoever a case is about. No state may
therefore hang on a case: none is counted here, and none is named. A state says whether the ways
are open, which is nobody's secret; figures about cases are for those who may see them.
"""

from collections.abc import Callable
from datetime import date

from belisha.incidents import progress_clauses, removal_clauses
from belisha.incidents.models import Outside
from belisha.incidents.rules import Seat
from belisha.lib.state import Standing, State
from belisha.people.models import Staff
from belisha.people.rules import Role

_RECEIVE = (
    (Role.HEAD, "the head"),
    (Role.CHAIR, "the chair of governors"),
    (Role.SAFEGUARDING_LEAD, "the safeguarding lead"),
)


def received(on: date) -> State:
    """B.ix: whoever must receive a report can sign in, and the authority's officer is known."""
    here = Staff.objects.here(on).filter(user__is_active=True)
    missing = [words for role, words in _RECEIVE if not here.filter(roles__role=role).exists()]
    if not Outside.objects.filter(seat=Seat.OFFICER).exists():
        missing.append("the local authority’s officer")
    of = len(_RECEIVE) + 1
    figure = f"{of - len(missing)} of {of}"
    if missing:
        words = f"cannot be reached yet: {', '.join(missing)}"
        return State(Standing.ATTENTION, words, figure, "cases")
    return State(Standing.KEPT, "who receive a report can be reached", figure, "cases")


STATES: dict[str, Callable[[date], State]] = {
    "B.ix": received,
    **progress_clauses.STATES,
    **removal_clauses.STATES,
}
