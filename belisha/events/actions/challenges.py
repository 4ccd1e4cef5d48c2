"""Challenges: written down in three taps; followed up where they did not end well (P.vii)."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from belisha.audit.actions import record
from belisha.events.access import can_cancel_challenge, can_challenge, can_close_challenge
from belisha.events.models import Challenge, Visitor
from belisha.people.access import require
from belisha.people.actions.mail import paragraphs, post_to
from belisha.people.models import User
from belisha.people.rules import SAFEGUARDING

MAIL = "challenge"  # the kind of mail to whoever safeguards


@transaction.atomic
def write_down(
    *,
    place: str,
    what: str,
    done: str,
    by: User,
    at: datetime,
    visitor: Visitor | None = None,
    words: str = "",
) -> Challenge:
    """Keep who was challenged, where, for what, and how it ended.

    Near toilets or where children change, whoever safeguards hears by mail at once (P.viii).
    """
    require(can_challenge(by))
    row: Challenge = Challenge.objects.create(
        school_id=by.school_id,
        place=place,
        what=what,
        done=done,
        visitor=visitor,
        words=words.strip(),
        at=at,
        by=by,
    )
    record("challenge.made", row, by=by.pk, at=at, place=place, what=what, done=done)
    if row.is_grave:
        _tell_at_once(row, at)
    return row


def _tell_at_once(row: Challenge, at: datetime) -> None:
    """That there is something to read; never about whom."""
    post_to(
        row.school,
        SAFEGUARDING,
        subject=f"Urgent: a phone or camera near toilets – {row.school.name}",
        body=paragraphs(
            "Somebody used a phone or a camera near toilets, or where children change.",
            f"Read it now: {settings.ADDRESS}{reverse('challenge', args=[row.ref])}",
        ),
        kind=MAIL,
        at=at,
        about=row,
        but=row.by,
    )


@transaction.atomic
def close(challenge: Challenge, *, words: str, by: User, at: datetime) -> Challenge:
    """Write what was done about one that did not end well."""
    require(can_close_challenge(by))
    row: Challenge = Challenge.objects.select_for_update().get(pk=challenge.pk)
    if not row.is_open:
        raise ValidationError("There is nothing to follow up.")
    row.closed_at, row.closed_by, row.closed_words = at, by, words.strip()
    row.save(update_fields=["closed_at", "closed_by", "closed_words"])
    record("challenge.followed-up", row, by=by.pk, at=at)
    return row


@transaction.atomic
def cancel(challenge: Challenge, *, why: str, by: User, at: datetime) -> None:
    """It was written down by mistake. It stays in the list, crossed out, with the reason."""
    require(can_cancel_challenge(by, challenge))
    row = Challenge.objects.select_for_update().get(pk=challenge.pk)
    require(can_cancel_challenge(by, row))
    row.cancelled_at, row.cancelled_by, row.cancelled_why = at, by, why.strip()
    row.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_why"])
    record("challenge.cancelled", row, by=by.pk, at=at)
