"""What whoever works on a case decides of it, for somebody who asks what is held on them."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.incidents.actions.bundles import Bundle, For, give_out
from belisha.incidents.actions.record import write
from belisha.incidents.models import Case, Happening
from belisha.people.access import Refused
from belisha.people.models import User
from belisha.rights.cases import Mention, mention
from belisha.rights.models import Request
from belisha.rights.rules import Ground


@transaction.atomic
def release(request: Request, case: Case, *, by: User, at: datetime) -> Happening:
    """Let the person have their part of a case. It stands in the case's own record alone."""
    one = _mentioned(request, case, by, at)
    return _decide(one, True, f"Released to {request.asked_by}, who asked.", by=by, at=at)


@transaction.atomic
def hold_back(
    request: Request, case: Case, *, ground: Ground, why: str, by: User, at: datetime
) -> Happening:
    """Keep a case from the person, who learns nothing of it. `why` says more than the ground."""
    one = _mentioned(request, case, by, at)
    if not why.strip():
        raise ValidationError("Say why.")
    words = f"Held back from {request.asked_by}, who asked. {ground.label}: {why.strip()}"
    return _decide(one, False, words, by=by, at=at)


@transaction.atomic
def part_of(request: Request, case: Case, *, by: User, at: datetime) -> Bundle:
    """The person's part of a case as a PDF, all others called by letters; to read before one
    decides, and to give. The case's record says that it was made."""
    one = _mentioned(request, case, by, at)
    stands = "" if one.released else " To be read by whoever decides."
    asked = f"asked on {request.received_on:%-d %B %Y}"
    return give_out(
        case,
        to=For.OTHER,
        purpose=f"What is held on {request.called}, {asked}.{stands}",
        redacted=True,
        notes=False,
        by=by,
        at=at,
        person=request.person,
    )


@transaction.atomic
def given(request: Request, case: Case, *, how: str, by: User, at: datetime) -> Happening:
    """Write down that the person has their part, and how: in the case's own record alone."""
    one = _mentioned(request, case, by, at)
    if not one.released:
        raise ValidationError("Release it first.")
    words = f"{request.asked_by} was given their part of this case. {how.strip()}"
    return write(case, Happening.What.GIVEN, words, by=by, at=at, request=request.ref)


def _mentioned(request: Request, case: Case, by: User, at: datetime) -> Mention:
    Case.objects.select_for_update().get(pk=case.pk)
    one = mention(request, case.ref, by, at)
    if one is None:
        raise Refused
    return one


def _decide(one: Mention, released: bool, words: str, *, by: User, at: datetime) -> Happening:
    decided = Happening.What.DECIDED
    ref = one.request.ref
    return write(one.case, decided, words, by=by, at=at, request=ref, released=released)
