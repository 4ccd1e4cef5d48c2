"""Drafting the agreements, and issuing them."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import School, User
from belisha.policy.access import can_write_agreements
from belisha.policy.models import Agreement, draft_of
from belisha.policy.rules import Audience, lines_of, why_not_written


@transaction.atomic
def draft(
    audience: Audience,
    *,
    title: str,
    text: str,
    small_change: bool,
    by: User,
    at: datetime,
) -> Agreement:
    """Write the next version down without issuing it, or change it before it is issued.

    `small_change`: those who signed the version before are not asked again. The first version is
    never one. Raises `ValidationError` when the words make no agreement.
    """
    require(can_write_agreements(by))
    if why_not := why_not_written(title, text):
        raise ValidationError(why_not)
    before = _locked_current(audience, by)
    number = before.number + 1 if before else 1
    row: Agreement
    row, _ = Agreement.objects.update_or_create(
        school=by.school,
        audience=audience,
        number=number,
        defaults={
            "title": " ".join(title.split()),
            "text": "\n".join(lines_of(text)),
            "signed_from": before.signed_from if before and small_change else number,
        },
    )
    record("agreement.drafted", row, by=by.pk, at=at, audience=audience, version=number)
    return row


@transaction.atomic
def issue(audience: Audience, *, by: User, at: datetime) -> Agreement:
    """Put the draft in force; in a new school, the text that is shipped.

    From now on those whom it is for are asked. Raises `ValidationError` when there is no draft, or
    when it says what is in force already.
    """
    require(can_write_agreements(by))
    before = _locked_current(audience, by)
    row = draft_of(audience)
    if row is None:
        raise ValidationError("There is no draft to issue.")
    if before and (before.title, before.lines) == (row.title, row.lines):
        raise ValidationError("The draft says the same as the version in force. Change it first.")
    row.school_id, row.issued_at, row.issued_by = by.school_id, at, by
    row.save()
    record(
        "agreement.issued",
        row,
        by=by.pk,
        at=at,
        audience=audience,
        version=row.number,
        asks_anew=row.asks_anew,
    )
    return row


@transaction.atomic
def discard(audience: Audience, *, by: User, at: datetime) -> None:
    """Throw a draft away. Before the first version is issued, the shipped text is back."""
    require(can_write_agreements(by))
    _locked_current(audience, by)
    row = Agreement.objects.drafts().filter(audience=audience).first()
    if row:
        record("agreement.discarded", row, by=by.pk, at=at, audience=audience, version=row.number)
        row.delete()


def _locked_current(audience: Audience, by: User) -> Agreement | None:
    """Put those who write in a line, then read the version in force."""
    School.objects.select_for_update().get(pk=by.school_id)
    issued = Agreement.objects.issued().filter(audience=audience)
    current: Agreement | None = issued.order_by("-number").first()
    return current
