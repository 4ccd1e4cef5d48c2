"""A child who must not be found. The record says when the lead acted, never what or about whom.

The full story, with its reasons, is in the `Protection` rows, which only the lead can read; their
times are those of the record. The sealed journal knows whom, so that a restore protects again.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record_without_whom
from belisha.people.access import can_protect, require
from belisha.people.models import Protection, Pupil, User

VERB = "safeguarding.noted"


@transaction.atomic
def protect(pupil: Pupil, *, why: str, by: User, at: datetime) -> Protection:
    """From now on the child looks to all like one whose family has not answered."""
    require(can_protect(by))
    if Protection.objects.standing().filter(pupil=pupil).exists():
        raise ValidationError("This child is protected already.")
    return write(pupil, why=why, by=by, at=at)


def write(pupil: Pupil, *, why: str, by: User, at: datetime) -> Protection:
    """Protect a child who is not; `protect` for whoever may say so."""
    protection: Protection = Protection.objects.create(
        school=pupil.school, pupil=pupil, why=why, set_at=at, set_by=by
    )
    record_without_whom(VERB, pupil.school, by=by.pk, at=at, again={"protect": pupil.pk})
    return protection


@transaction.atomic
def lift(pupil: Pupil, *, why: str, by: User, at: datetime) -> Protection:
    """The family's answers count again."""
    require(can_protect(by))
    standing = Protection.objects.select_for_update().standing()
    protection: Protection | None = standing.filter(pupil=pupil).first()
    if protection is None:
        raise ValidationError("This child is not protected now.")
    protection.lifted_at, protection.lifted_by, protection.why_lifted = at, by, why
    protection.save(update_fields=["lifted_at", "lifted_by", "why_lifted"])
    record_without_whom(VERB, pupil.school, by=by.pk, at=at, again={"lifted": pupil.pk})
    return protection
