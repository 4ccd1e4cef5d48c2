"""A device in the office, and each try to reach a parent about it (A.4)."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.devices.confiscations.access import can_contact, can_keep
from belisha.devices.confiscations.matters import tell
from belisha.devices.confiscations.seizing import locked_open
from belisha.devices.confiscations.stands import envelopes_in_use, family_to_contact, stands_of
from belisha.devices.confiscations.words import mail_home
from belisha.devices.models import Confiscation, ContactTry, Matter, Stored
from belisha.people.access import require
from belisha.people.actions.mail import post
from belisha.people.models import Parent, School, User


@transaction.atomic
def receive(
    confiscation: Confiscation,
    *,
    envelope: str,
    shelf: str,
    fits: bool,
    difference: str,
    by: User,
    at: datetime,
) -> Stored:
    """Take a device into the office, or put it elsewhere there; the head hears of a difference.

    Raises `ValidationError` when another device lies in an envelope of that number, and for a
    difference that nobody describes.
    """
    require(can_keep(by))
    School.objects.select_for_update().get(pk=confiscation.school_id)  # one envelope, one device
    row = locked_open(confiscation)
    if not fits and not difference.strip():
        raise ValidationError({"difference": "Say what is different."})
    if envelope.casefold() in envelopes_in_use(but=row):
        raise ValidationError({"envelope": "Another device lies in this envelope."})
    stored: Stored = Stored.objects.create(
        school_id=row.school_id,
        confiscation=row,
        envelope=envelope,
        shelf=shelf,
        fits=fits,
        difference="" if fits else difference.strip(),
        at=at,
        by=by,
    )
    record("confiscation.stored", row, by=by.pk, at=at, fits=fits)
    if not fits:
        tell(row, Matter.Kind.CONDITION, difference, by=by, at=at)
    return stored


@transaction.atomic
def write_try(
    confiscation: Confiscation,
    parent: Parent,
    *,
    how: ContactTry.How,
    reached: bool,
    agreed: str,
    tried_at: datetime,
    by: User,
    at: datetime,
) -> ContactTry:
    """Write one try to reach a parent down, and what was agreed.

    Raises `ValidationError` for somebody whom the school may not speak with, and for a time that
    cannot be.
    """
    require(can_contact(by, confiscation))
    row = locked_open(confiscation)
    if not family_to_contact(row.pupil).filter(parent=parent).exists():
        raise ValidationError({"parent": "Choose somebody of the list."})
    if not row.seized_at.replace(second=0, microsecond=0) <= tried_at <= at:
        raise ValidationError({"tried_at": "This is before it was taken, or still to come."})
    made: ContactTry = ContactTry.objects.create(
        school_id=row.school_id,
        confiscation=row,
        parent=parent,
        how=how,
        reached=reached,
        agreed=agreed.strip(),
        tried_at=tried_at,
        at=at,
        by=by,
    )
    record("confiscation.contact", row, by=by.pk, at=at, how=how, reached=reached)
    return made


@transaction.atomic
def write_home(confiscation: Confiscation, parent: Parent, *, by: User, at: datetime) -> ContactTry:
    """Mail a parent in their language: what waits, where, until when. It names no child.

    Raises `ValidationError` for somebody without an address, and as `write_try`.
    """
    if not parent.email:
        raise ValidationError({"parent": "The school has no email address of theirs."})
    made = write_try(
        confiscation,
        parent,
        how=ContactTry.How.EMAIL,
        reached=False,
        agreed="",
        tried_at=at,
        by=by,
        at=at,
    )
    row = locked_open(confiscation)
    subject, body = mail_home(row, stands_of(row, at=at), language=parent.language)
    post(
        row.school,
        to=parent.email,
        subject=subject,
        body=body,
        kind="confiscation",
        at=at,
        language=parent.language or settings.LANGUAGE_CODE,
        about=parent,
    )
    return made
