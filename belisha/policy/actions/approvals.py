"""Asking for the head's yes, and answering: one kind of request for everything that needs it."""

from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.actions.mail import paragraphs, post
from belisha.people.models import User
from belisha.people.rules import Role
from belisha.policy.access import can_answer, can_ask_for_exceptions, can_take_back
from belisha.policy.approvals import shown, why_no_yes
from belisha.policy.exceptions import EXCEPTABLE, digest_of_exception
from belisha.policy.models import HeadAnswer, HeadRequest
from belisha.policy.rules import forget_settled_before


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
    wanted_until: date | None = None,
) -> HeadRequest:
    """Ask for the head's yes to a thing as it is now. Whether `by` may ask, the thing's area says.

    `wanted_until` is the last day for which a yes is asked. What was asked about the same thing
    before and waits still is taken back by this. Raises `ValidationError` for a day that is past.
    """
    today = timezone.localdate(at)
    if any(day and day < today for day in (needed_by, wanted_until)):
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
        wanted_until=wanted_until,
        asked_at=at,
        asked_by=by,
    )
    record("head.asked", request, by=by.pk, at=at, kind=kind, clause=clause)
    return request


def ask_for_exception(
    clause: str,
    *,
    title: str,
    words: str,
    why: str,
    by: User,
    at: datetime,
    needed_by: date | None = None,
    wanted_until: date | None = None,
) -> HeadRequest:
    """Ask the head to let somebody do what a clause forbids. Raises `ValidationError`."""
    require(can_ask_for_exceptions(by))
    if clause not in EXCEPTABLE:
        raise ValidationError("This rule has no exception.")
    return ask_head(
        HeadRequest.Kind.EXCEPTION,
        "",
        digest=digest_of_exception(clause, title, words, why, wanted_until),
        title=title,
        words=words,
        why=why,
        clause=clause,
        needed_by=needed_by,
        wanted_until=wanted_until,
        by=by,
        at=at,
    )


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
    """Answer a request, once, and write to who asked. `digest` is of the thing as it was shown to
    the one who answers; what the thing is now, and whether another rule refuses it, is asked anew.

    Raises `ValidationError` when somebody was quicker, when the thing or the request is not what
    was shown any more, when another rule refuses, when a no has no reason, or when the last day is
    past.
    """
    on = timezone.localdate(at)
    require(can_answer(by, request, on))
    request = HeadRequest.objects.select_for_update().get(pk=request.pk)
    if said := request.answer:
        raise ValidationError(f"{said.by} has answered already: {said}.")
    if request.withdrawn_at:
        raise ValidationError("This request was taken back.")
    if yes:
        thing = shown(request, by, on)
        if why_not := why_no_yes(request, thing):
            raise ValidationError(why_not)
        if digest != thing.digest:
            raise ValidationError("This was changed while you looked at it. Look once more.")
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
    _tell(request, "The head has answered you", "There is an answer.", at)
    return row


@transaction.atomic
def take_back_yes(row: HeadAnswer, *, why: str, by: User, at: datetime) -> HeadAnswer:
    """End a yes from now on, and write to who asked. Everything that asks for it finds a no at
    once. Raises `ValidationError` without a reason, or when the yes is over.
    """
    require(can_answer(by, row.request, timezone.localdate(at)))
    row = HeadAnswer.objects.select_for_update().get(pk=row.pk)
    if not row.stands(timezone.localdate(at)):
        raise ValidationError("This yes does not count any more.")
    if not why.strip():
        raise ValidationError("Say why, so that they know what to do.")
    row.ended_at, row.ended_by, row.ended_why, row.read_at = at, by, why.strip(), None
    row.save(update_fields=["ended_at", "ended_by", "ended_why", "read_at"])
    record("head.took_back", row.request, by=by.pk, at=at)
    _tell(row.request, "The head took a yes back", "It does not count any more.", at)
    return row


@transaction.atomic
def say_read(row: HeadAnswer, *, by: User, at: datetime) -> HeadAnswer:
    """Who asked says that they have read the answer, and what it is tied to."""
    require(row.request.asked_by_id == by.pk)
    row = HeadAnswer.objects.select_for_update().get(pk=row.pk)
    if row.read_at is None:
        row.read_at = at
        row.save(update_fields=["read_at"])
        record("head.answer_read", row.request, by=by.pk, at=at)
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


def _tell(request: HeadRequest, subject: str, what: str, at: datetime) -> None:
    """Write to who asked: that they asked, when, and where the answer is; not what about."""
    asker = request.asked_by
    if not (asker.address and asker.belongs):
        return
    post(
        request.school,
        to=asker.address,
        subject=f"{subject} – {request.school.name}",
        body=paragraphs(
            f"You asked for the head's yes on {timezone.localdate(request.asked_at):%-d %B %Y}. "
            f"{what}",
            f"Read it here: {settings.ADDRESS}{reverse('approval', args=[request.ref])}",
            "You get this because you asked.",
        ),
        kind="head-answer",
        at=at,
        about=request,
    )


@transaction.atomic
def forget_requests(on: date, *, at: datetime) -> int:
    """Erase what was settled so long ago that it is kept no longer, with its answer."""
    rows = list(HeadRequest.objects.settled_before(forget_settled_before(on)))
    for row in rows:
        record("head.request_erased", row, by=None, at=at)
    HeadAnswer.objects.filter(request__in=[row.pk for row in rows]).delete()
    HeadRequest.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
