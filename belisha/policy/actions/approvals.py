"""Asking for the head's yes, and answering: one kind of request for everything that needs it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import User
from belisha.people.rules import Role
from belisha.policy.access import can_answer, can_take_back
from belisha.policy.models import HeadAnswer, HeadRequest


@transaction.atomic
def ask_head(
    kind: HeadRequest.Kind,
    about: str,
    *,
    digest: str,
    title: str,
    words: str,
    clause: str,
    by: User,
    at: datetime,
    why: str = "",
    needed_by: date | None = None,
) -> HeadRequest:
    """Ask for the head's yes to a thing as it is now. Whether `by` may ask, the thing's area says.

    What was asked about the same thing before and waits still is taken back by this. Raises
    `ValidationError` for a day that is past.
    """
    if needed_by and needed_by < timezone.localdate(at):
        raise ValidationError("This day is past.")
    if about:
        drop_requests(kind, about, by=by, at=at)
    request: HeadRequest = HeadRequest.objects.create(
        school_id=by.school_id,
        kind=kind,
        about=about,
        digest=digest,
        title=title,
        words=words,
        why=why,
        clause=clause,
        needed_by=needed_by,
        asked_at=at,
        asked_by=by,
    )
    record("head.asked", request, by=by.pk, at=at, kind=kind, clause=clause)
    return request


@transaction.atomic
def drop_requests(kind: HeadRequest.Kind, about: str, *, by: User, at: datetime) -> None:
    """Take back what waits about a thing that needs no answer any more. Whether `by` may end it,
    the thing's area says."""
    waiting = HeadRequest.objects.about(kind, about).open().select_for_update(of=("self",))
    for row in waiting:
        _withdraw(row, by, at)


@transaction.atomic
def answer(
    request: HeadRequest,
    *,
    yes: bool,
    digest: str,
    by: User,
    at: datetime,
    conditions: str = "",
    until: date | None = None,
    reason: str = "",
) -> HeadAnswer:
    """Answer a request, once. `digest` is of the thing as the one who answers was shown it.

    Raises `ValidationError` when somebody was quicker, when the thing or the request is not what
    was shown any more, when a no has no reason, or when the last day is past.
    """
    on = timezone.localdate(at)
    require(can_answer(by, request, on))
    request = HeadRequest.objects.select_for_update().get(pk=request.pk)
    if said := request.answer:
        raise ValidationError(f"{said.by} has answered already: {said}.")
    if request.withdrawn_at:
        raise ValidationError("This request was taken back.")
    if yes and request.digest != digest:
        raise ValidationError("This was changed since it was asked for. It must be asked anew.")
    if not yes and not reason.strip():
        raise ValidationError("Say why not, so that they know what to do.")
    if until and until < on:
        raise ValidationError("This last day is past.")
    row: HeadAnswer = HeadAnswer.objects.create(
        school_id=request.school_id,
        request=request,
        yes=yes,
        conditions=conditions.strip() if yes else "",
        until=until if yes else None,
        reason="" if yes else reason.strip(),
        as_stand_in=not by.has_role(Role.HEAD),
        at=at,
        by=by,
    )
    record("head.answered", request, by=by.pk, at=at, yes=yes)
    return row


@transaction.atomic
def take_back_yes(row: HeadAnswer, *, why: str, by: User, at: datetime) -> HeadAnswer:
    """End a yes from now on. Everything that asked for it finds a no at once."""
    require(can_answer(by, row.request, timezone.localdate(at)))
    row = HeadAnswer.objects.select_for_update().get(pk=row.pk)
    if not row.stands(timezone.localdate(at)):
        raise ValidationError("This yes does not count any more.")
    row.ended_at, row.ended_by, row.ended_why = at, by, why.strip()
    row.save(update_fields=["ended_at", "ended_by", "ended_why"])
    record("head.took_back", row.request, by=by.pk, at=at)
    return row


@transaction.atomic
def withdraw_request(request: HeadRequest, *, by: User, at: datetime) -> None:
    """Take a request back that waits. Raises `ValidationError` when it was answered."""
    require(can_take_back(by, request))
    request = HeadRequest.objects.select_for_update().get(pk=request.pk)
    if request.answer:
        raise ValidationError("This was answered already.")
    if not request.withdrawn_at:
        _withdraw(request, by, at)


def _withdraw(request: HeadRequest, by: User, at: datetime) -> None:
    request.withdrawn_at, request.withdrawn_by = at, by
    request.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("head.request_withdrawn", request, by=by.pk, at=at)
