"""Whether the head agreed to a thing as it is today: one answer for gates, lights and pages.

A thing (pictures for a place, an account, a device off site) belongs to an area above this one. It
says what it is by `kind`, `about` (its ref) and `digest` (of everything that the head is shown):
a yes to something that was changed since is no yes any more.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string

from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.people.models import User
from belisha.policy.models.approvals import HeadAnswer, HeadRequest, answers_to

log = logging.getLogger(__name__)

ASK_THE_HEAD = "Ask the head"
WAIT = "Wait for the head's answer"
GONE = "This does not exist any more."
CANNOT_BE_SHOWN = "This cannot be shown now, so nobody can say yes to it. Try again later."
CHANGED = "This was changed since it was asked for. It must be asked anew."


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

    @property
    def grounds(self) -> list[tuple[Verdict, Reason]]:
        """Each reason of the rules beside the verdict whose reason it is."""
        return [(rule, reason) for rule in self.rules for reason in rule.reasons]


# What an area gives for its kind of request: the thing as it is today, or None if it is gone.
Shows = Callable[[HeadRequest, User, date], Shown | None]


def show_by(shows: Mapping[HeadRequest.Kind, Shows]) -> None:
    """Take what shows the thing of each kind: the site says so once, when it starts."""
    _shows.update(shows)


_shows: dict[HeadRequest.Kind, Shows] = {}


def shown(request: HeadRequest, user: User, on: date) -> Shown:
    """The thing of a request as it is today. What is gone or cannot be shown refuses a yes."""
    show = _shows.get(HeadRequest.Kind(request.kind))
    try:
        with transaction.atomic():  # so that a query which fails spoils nothing else
            thing = show(request, user, on) if show else Shown("", refuses=CANNOT_BE_SHOWN)
    except Exception:
        log.exception("the thing of request %s cannot be shown", request.pk)
        return Shown("", refuses=CANNOT_BE_SHOWN)
    return thing or Shown("", refuses=GONE)


def as_shown(request: HeadRequest, user: User, on: date, http: HttpRequest) -> tuple[Shown, str]:
    """The same with its fragment of a page. What cannot be drawn cannot be agreed to."""
    thing = shown(request, user, on)
    if not thing.template:
        return thing, ""
    try:
        with transaction.atomic():
            return thing, render_to_string(thing.template, {**thing.context}, http)
    except Exception:
        log.exception("the thing of request %s cannot be drawn", request.pk)
        return Shown("", refuses=CANNOT_BE_SHOWN), ""


def why_no_yes(request: HeadRequest, thing: Shown) -> str:
    """Why nobody can say yes to a request now, or nothing. The page and the act ask this."""
    if thing.refuses:
        return thing.refuses
    return "" if thing.digest and thing.digest == request.digest else CHANGED


def digest_of(*facts: object) -> str:
    """Return 64 letters that differ when any of the facts differs."""
    said = json.dumps(facts, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def answer_to(kind: HeadRequest.Kind, about: str, *, digest: str, clause: str, on: date) -> Verdict:
    """Say whether the head agrees to a thing as it is on a day. Two queries.

    Yes only with a yes that stands, given to the very thing; its conditions are among the reasons.
    The newest answer counts. A yes goes on while a newer request for the very same waits.
    """
    return said_of_each(kind, {about: digest}, clause=clause, on=on)[about]


def said_of_each(
    kind: HeadRequest.Kind, digests: Mapping[str, str], *, clause: str, on: date
) -> dict[str, Verdict]:
    """The same of many things of one kind, by their refs. Two queries whatever their number."""
    asked = HeadRequest.objects.filter(kind=kind, about__in=digests, withdrawn_at=None)
    requests: dict[str, list[HeadRequest]] = {about: [] for about in digests}
    for one in asked.order_by("-asked_at", "-id"):
        requests[one.about].append(one)
    answers = answers_to([one for some in requests.values() for one in some])
    return {
        about: _said(requests[about], answers, digest, clause, on)
        for about, digest in digests.items()
    }


def _said(
    requests: Sequence[HeadRequest],
    answers: Mapping[int, HeadAnswer],
    digest: str,
    clause: str,
    on: date,
) -> Verdict:
    """What the newest answer to one thing says; `requests` are the newest first."""
    if not requests:
        return _ask(clause, "The head has not been asked", ASK_THE_HEAD)
    newest = verdict(requests[0], answers.get(requests[0].pk), digest=digest, on=on)
    if requests[0].pk in answers:
        return newest
    before = next((one for one in requests if one.pk in answers), None)
    earlier = before and verdict(before, answers[before.pk], digest=digest, on=on)
    return earlier or newest


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
