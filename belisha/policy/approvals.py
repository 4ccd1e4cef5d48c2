"""Whether the head agreed to a thing as it is today: one answer for gates, lights and pages.

A thing (pictures for a place, an account, a device off site) belongs to an area above this one. It
says what it is by `kind`, `about` (its ref) and `digest` (of everything that the head is shown):
a yes to something that was changed since is no yes any more.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.people.models import User
from belisha.policy.models.approvals import HeadAnswer, HeadRequest

ASK_THE_HEAD = "Ask the head"
WAIT = "Wait for the head's answer"


@dataclass(frozen=True)
class Shown:
    """The thing of a request as it is today, for the page on which the head decides.

    `template` is a fragment of the thing's own area and `context` what it needs; `url` is where the
    thing lives, `rules` what other rules say of it already. `refuses` is why no yes can be given
    now whatever the head says, or empty: a family's no, say.
    """

    digest: str
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    rules: Sequence[Verdict] = ()
    refuses: str = ""


# What an area gives for its kind of request: the thing as it is today, or None if it is gone.
Shows = Callable[[HeadRequest, User, date], Shown | None]


def digest_of(*facts: object) -> str:
    """Return 64 letters that differ when any of the facts differs."""
    said = json.dumps(facts, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def answer_to(kind: HeadRequest.Kind, about: str, *, digest: str, clause: str, on: date) -> Verdict:
    """Say whether the head agrees to a thing as it is on a day. Two queries.

    Yes only with a yes that stands, given to the very thing; its conditions are among the reasons.
    """
    return answers_to(kind, {about: digest}, clause=clause, on=on)[about]


def answers_to(
    kind: HeadRequest.Kind, digests: Mapping[str, str], *, clause: str, on: date
) -> dict[str, Verdict]:
    """The same of many things of one kind, by their refs. Two queries whatever their number."""
    asked = HeadRequest.objects.filter(kind=kind, about__in=digests, withdrawn_at=None)
    latest = {one.about: one for one in asked.order_by("asked_at", "id")}
    answers = HeadAnswer.objects.filter(request__in=latest.values())
    said = {one.request_id: one for one in answers}
    return {
        about: verdict(request, said.get(request.pk), digest=digest, on=on)
        if (request := latest.get(about))
        else _ask(clause, "The head has not been asked", ASK_THE_HEAD)
        for about, digest in digests.items()
    }


def verdict(request: HeadRequest, answer: HeadAnswer | None, *, digest: str, on: date) -> Verdict:
    """The same of a request and its answer that are known. Pure."""
    clause = request.clause
    if request.withdrawn_at:
        return _ask(clause, "The request was taken back", ASK_THE_HEAD)
    if request.digest != digest:
        return _ask(clause, "It was changed since the head was asked", "Ask the head again")
    if answer is None:
        return _ask(clause, "The head has not answered yet", WAIT)
    if not answer.yes:
        said = f"The head said no: {answer.reason}" if answer.reason else "The head said no"
        return Verdict(Outcome.NO, (Reason(clause, said),), "Change it, then ask again")
    if answer.ended_at:
        return _no_more(clause, "The head took the yes back")
    if not answer.stands(on):
        return _no_more(clause, "The head's yes has run out")
    said = f"The head agreed on {answer.at:%-d %B %Y}"
    reasons = [Reason(clause, said)]
    if answer.conditions:
        reasons.append(Reason(clause, f"On condition: {answer.conditions}"))
    return Verdict(Outcome.YES, tuple(reasons))


def _ask(clause: str, ground: str, remedy: str) -> Verdict:
    return Verdict(Outcome.ASK, (Reason(clause, ground),), remedy)


def _no_more(clause: str, ground: str) -> Verdict:
    return Verdict(Outcome.NO, (Reason(clause, ground),), "Ask the head again")
