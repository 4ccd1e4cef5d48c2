"""Exceptions: what the head may let somebody do although a clause forbids it.

A family's no, a child's safety and what the law asks have no exception. Pictures for a place,
accounts and devices off site have requests of their own.
"""

from datetime import date

from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.people.models import User
from belisha.policy.approvals import Shown, digest_of
from belisha.policy.controls import CONTROLS
from belisha.policy.models.approvals import HeadRequest

EXCEPTABLE = ("A.2", "A.3", "B.i", "B.iii", "P.0", "P.v", "P.vii", "P.ix")


def digest_of_exception(
    clause: str, title: str, words: str, why: str, wanted_until: date | None
) -> str:
    """What a yes to an exception is a yes to."""
    return digest_of(clause, title, words, why, wanted_until)


def shown(request: HeadRequest, user: User, on: date) -> Shown:
    """An exception is its own words. Who left needs none, and what has passed comes too late."""
    refuses = ""
    if not request.asked_by.belongs:
        refuses = "Who asked is not at the school any more."
    elif request.wanted_until and request.wanted_until < on:
        refuses = "The last day that was asked for is past."
    control = CONTROLS[request.clause]
    forbids = Verdict(Outcome.NO, (Reason(control.id, control.short),))
    digest = digest_of_exception(
        request.clause, request.title, request.words, request.why, request.wanted_until
    )
    return Shown(digest, rules=(forbids,), refuses=refuses)
