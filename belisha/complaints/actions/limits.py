"""Limiting contact with somebody who complains again and again. Nobody does it alone."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.complaints.access import LIMITS_FOR, can_confirm_limit, can_propose_limit
from belisha.complaints.models import Complaint, ContactLimit
from belisha.complaints.rules import day_of
from belisha.people.access import require
from belisha.people.actions.amend import amend
from belisha.people.models import User

LONGEST_DAYS = 190  # until it is looked at: half a year


@transaction.atomic
def propose(
    complaint: Complaint,
    *,
    limit: str,
    reasons: str,
    tried: str,
    review_on: date,
    by: User,
    at: datetime,
) -> ContactLimit:
    """Propose how contact is limited; nothing changes until another person agrees."""
    on = day_of(at)
    require(can_propose_limit(by, complaint, on))
    if not 0 < (review_on - on).days <= LONGEST_DAYS:
        raise ValidationError("Choose a day within half a year.")
    row: ContactLimit = ContactLimit.objects.create(
        school_id=complaint.school_id,
        complaint=complaint,
        limit=limit,
        reasons=reasons,
        tried=tried,
        review_on=review_on,
        proposed_at=at,
        proposed_by=by,
    )
    record("contact-limit.proposed", row, by=by.pk, at=at)
    return row


@transaction.atomic
def confirm(limit: ContactLimit, *, by: User, at: datetime) -> ContactLimit:
    """A second person agrees. Raises `ValidationError` when somebody was quicker."""
    row: ContactLimit = ContactLimit.objects.select_for_update(of=("self",)).get(pk=limit.pk)
    require(can_confirm_limit(by, row))
    if row.confirmed_at or row.ended_at:
        raise ValidationError("Somebody has decided already. Look again.")
    amend(row, confirmed_at=at, confirmed_by=by)
    record("contact-limit.confirmed", row, by=by.pk, at=at)
    return row


@transaction.atomic
def end(limit: ContactLimit, why: str, *, by: User, at: datetime) -> ContactLimit:
    """End it, or set a proposal aside. One alone may do that."""
    row: ContactLimit = ContactLimit.objects.select_for_update(of=("self",)).get(pk=limit.pk)
    known = Complaint.objects.not_kept_from(by).filter(pk=row.complaint_id)
    require(by.has_role(*LIMITS_FOR) and known.exists())
    if row.ended_at:
        raise ValidationError("It has ended already.")
    amend(row, ended_at=at, ended_by=by, why_ended=why)
    record("contact-limit.ended", row, by=by.pk, at=at)
    return row
