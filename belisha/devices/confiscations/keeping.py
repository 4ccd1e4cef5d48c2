"""A device in the office, and each try to reach a parent about it (A.4)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.devices.confiscations.access import can_contact, can_keep
from belisha.devices.confiscations.matters import tell
from belisha.devices.confiscations.seizing import locked_open
from belisha.devices.confiscations.stands import family_to_contact
from belisha.devices.models import Confiscation, ContactTry, Matter, Stored
from belisha.people.access import require
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
    others = Confiscation.objects.open().exclude(pk=row.pk)
    if _newest_envelopes(others).count(envelope.casefold()):
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


def _newest_envelopes(rows: object) -> list[str]:
    found: dict[int, str] = {}
    for stored in Stored.objects.filter(confiscation__in=rows):
        found.setdefault(stored.confiscation_id, stored.envelope.casefold())
    return list(found.values())


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
    if not row.seized_at <= tried_at <= at:
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
