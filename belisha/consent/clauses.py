"""How the clauses about families' answers stand."""

from datetime import date

from belisha.consent.models import Answer, facts
from belisha.consent.rules import Fact
from belisha.lib.state import State, share
from belisha.people.models import Pupil
from belisha.policy.models import Purpose


def answered(on: date) -> State:
    """P.i: every family is asked, and has said yes or no to something."""
    pupils = list(Pupil.objects.current().values_list("pk", flat=True))
    said = facts(pupils, on=on, purposes=Purpose.objects.in_use())
    have = {pupil for (pupil, _), fact in said.items() if fact is not Fact.NONE}
    last = Answer.objects.order_by("-recorded_at").values_list("recorded_at", flat=True).first()
    return share(
        len(have),
        len(pupils),
        "children have an answer from their family",
        route="answers",
        proven_on=last.date() if last else None,
    )


STATES = {"P.i": answered}
