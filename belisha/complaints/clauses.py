"""How the clauses stand that this area keeps: D.ii and D.vi.

All staff read these, so that nothing about a person counts: a number that grew would tell the head
of a complaint about the head.
"""

from collections.abc import Callable
from datetime import date

from belisha.complaints.models import Complaint
from belisha.complaints.rules import Status, day_of
from belisha.complaints.standing import entries
from belisha.lib.state import Standing, State
from belisha.people.models import Staff
from belisha.people.rules import Role
from belisha.policy.awareness import first_day, school_year

_NEEDED = {Role.HEAD: "head", Role.CHAIR: "chair of governors"}


def reachable(on: date) -> State:
    """D.ii: anyone finds the form, and there is somebody to read what is about whom."""
    here = Staff.objects.here(on)
    missing = [name for role, name in _NEEDED.items() if not here.filter(roles__role=role).exists()]
    if missing:
        words = f"No {' and no '.join(missing)} is written down to hear complaints"
        return State(Standing.ATTENTION, words, route="complaints")
    words = "Anyone finds the form, and it reaches the nearest person"
    last = Complaint.objects.for_everyone().filter(received_on__lte=on).first()
    return State(
        Standing.KEPT, words, route="complaints", proven_on=last.received_on if last else None
    )


def in_time(on: date) -> State:
    """D.vi: what came this school year is answered within its target, or is in time still."""
    begun = first_day(school_year(on))
    known = entries(Complaint.objects.for_everyone().filter(received_on__range=(begun, on)), on)
    if not known:
        words = "No concern about the school or a class came this school year"
        return State(Standing.NOT_IN_USE, words, route="complaints")
    late = sum(one.status is Status.LATE for one in known)
    answers = [
        (day_of(step.decided_at), step.due_on)
        for one in known
        for step in one.steps
        if step.decided_at
    ]
    proven = max((day for day, _ in answers), default=None)
    figure = f"{len(known) - late} of {len(known)}"
    words = "concerns about the school or a class are answered, or in time"
    if late:
        return State(Standing.BROKEN, words, figure, "complaints", proven)
    after = sum(day > due_on for day, due_on in answers)
    if after:
        words = f"{words}; {after} answered late"
        return State(Standing.ATTENTION, words, figure, "complaints", proven)
    return State(Standing.KEPT, words, figure, "complaints", proven)


STATES: dict[str, Callable[[date], State]] = {"D.ii": reachable, "D.vi": in_time}
