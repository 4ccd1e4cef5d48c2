"""The review of one's own privacy settings (B.v). Only the day is kept."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import User
from belisha.policy.models import PrivacyReview


@transaction.atomic
def review_done(*, by: User, at: datetime) -> PrivacyReview:
    """The person has gone through their own settings. A second tap on a day writes nothing new."""
    require(by.staff is not None)
    row: PrivacyReview
    row, made = PrivacyReview.objects.get_or_create(
        school_id=by.school_id, staff=by.staff, done_on=timezone.localdate(at)
    )
    if made:
        record("privacy.reviewed", row, by=by.pk, at=at)
    return row


@transaction.atomic
def take_review_back(*, by: User, at: datetime) -> bool:
    """A tap of today was a mistake; return whether there was one."""
    require(by.staff is not None)
    today = timezone.localdate(at)
    row = PrivacyReview.objects.filter(staff=by.staff, done_on=today).first()
    if row is None:
        return False
    record("privacy.review-taken-back", row, by=by.pk, at=at)
    row.delete()
    return True
