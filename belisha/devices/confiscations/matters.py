"""What went wrong with a device and waits for the head; and what follows for the pupil (A.5)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.devices.confiscations.access import can_contact, can_keep, can_settle
from belisha.devices.confiscations.seizing import ask_until, locked
from belisha.devices.confiscations.stands import earlier_of
from belisha.devices.models import Confiscation, Matter
from belisha.people.access import require
from belisha.people.models import User, calendar_of
from belisha.policy.actions.sanctions import decide
from belisha.policy.models import Sanction, ladder_of
from belisha.policy.sanctions import PHONES


@transaction.atomic
def tell(
    confiscation: Confiscation, kind: Matter.Kind, words: str, *, by: User, at: datetime
) -> Matter:
    """Tell the head that something is wrong; raises `ValidationError` where nothing is said."""
    require(can_keep(by))
    if not words.strip():
        raise ValidationError({"words": "Say what is wrong."})
    matter: Matter = Matter.objects.create(
        school_id=confiscation.school_id,
        confiscation=confiscation,
        kind=kind,
        words=words.strip(),
        told_at=at,
        told_by=by,
    )
    record("confiscation.matter", confiscation, by=by.pk, at=at, kind=kind)
    return matter


@transaction.atomic
def settle(matter: Matter, *, outcome: str, by: User, at: datetime) -> Matter:
    """Write what was done about it, once; it waits no more."""
    require(can_settle(by))
    row: Matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if row.settled_at:
        raise ValidationError("Somebody has settled this already.")
    row.outcome, row.settled_at, row.settled_by = outcome.strip(), at, by
    row.save(update_fields=["outcome", "settled_at", "settled_by"])
    record("confiscation.matter_settled", row, by=by.pk, at=at)
    return row


@transaction.atomic
def decide_sanction(
    confiscation: Confiscation, *, chosen: str, why: str, by: User, at: datetime
) -> Sanction:
    """Decide by the ladder what follows; a later decision counts instead.

    Where the step keeps the device for days, the head is asked at once. Raises as `decide`.
    """
    require(can_contact(by, confiscation))
    row = locked(confiscation)
    if row.set_aside_at:
        raise ValidationError("This was undone: it is no breach.")
    decided = decide(
        row.pupil,
        PHONES,
        row.ref,
        clause="A.5",
        earlier=earlier_of(row.pupil, row.seized_at).count(),
        chosen=chosen,
        why=why,
        by=by,
        at=at,
    )
    days = next((one.days for one in ladder_of(PHONES) if one.title == chosen), 0)
    if days and row.is_open:
        until = calendar_of(by.school).add_school_days(timezone.localdate(row.seized_at), days)
        if until > timezone.localdate(at):
            ask_until(row, until, f"The ladder of sanctions: {chosen}.", by=by, at=at)
    return decided
