"""How the clause stands that this area proves: P.i, beside the families' answers."""

from collections.abc import Callable, Iterator
from datetime import date

from belisha.consent.clauses import answered
from belisha.lib.state import Standing, State, gravest
from belisha.people.models import School
from belisha.rights.models import Request
from belisha.rights.rules import is_soon
from belisha.rights.standing import standing


def asked_kept_and_told(on: date) -> State:
    """P.i: families were asked; and, said behind it where it is worse, what is kept would come
    back, and who asks for it has an answer in time (UK GDPR). Whoever left may ask as well: a
    request is late also where no child is here, while without one nothing is to come back."""
    answers = answered(on)
    lost = () if answers.standing is Standing.NOT_IN_USE else _lost(on)
    worst = gravest((answers, *_late(on), *lost)) or answers
    if worst.standing is answers.standing:
        return answers
    words = f"{answers.words}; {worst.words}"
    return State(worst.standing, words, answers.figure, worst.route, answers.proven_on)


def _late(on: date) -> Iterator[State]:
    """Requests about data that are to be answered now, or should have been."""
    days = [row.due_on for row in Request.objects.open()]
    if late := sum(day < on for day in days):
        yield State(Standing.BROKEN, f"requests about data that are late: {late}", route="rights")
    elif soon := sum(is_soon(day, on) for day in days):
        words = f"requests about data due within a week: {soon}"
        yield State(Standing.ATTENTION, words, route="rights")


def _lost(on: date) -> Iterator[State]:
    """What would be lost today. A demonstration needs no backup."""
    here = standing(on)
    if here.is_old or here.proof_is_due:
        words = f"last backup {here.made}, last proven {here.proven}"
        if School.objects.filter(demonstration=False).exists():
            yield State(Standing.ATTENTION, words, route="backups")


STATES: dict[str, Callable[[date], State]] = {"P.i": asked_kept_and_told}
