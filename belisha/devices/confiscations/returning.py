"""A device leaves the school's hands, once; what was written down wrongly is put right (A.4)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from belisha.audit.actions import record
from belisha.devices.confiscations.access import can_keep
from belisha.devices.confiscations.matters import tell
from belisha.devices.confiscations.seizing import locked
from belisha.devices.confiscations.stands import family_to_contact
from belisha.devices.models import Confiscation, Matter, Returned
from belisha.people.access import require
from belisha.people.models import Parent, Relation, Staff, User
from belisha.people.rules import alphabetical
from belisha.policy.actions.approvals import drop_requests
from belisha.policy.models import HeadRequest

How = Returned.How


def collect(
    confiscation: Confiscation,
    *,
    parent: Parent,
    adult: str,
    identity: Returned.Identity,
    signature: str,
    same_condition: bool,
    words: str,
    by: User,
    at: datetime,
) -> Returned:
    """An adult has it: a parent of the list, or somebody whom that parent named.

    Nobody under an order against contact, by whatever way. Raises `ValidationError`, also when
    somebody was quicker.
    """
    if not family_to_contact(confiscation.pupil).filter(parent=parent).exists():
        raise ValidationError({"parent": "Choose somebody of the list."})
    if adult and _is_barred(confiscation, adult):
        raise ValidationError(
            {"adult": "Do not hand it over. Ask the safeguarding lead about this person first."}
        )
    if not signature:
        raise ValidationError({"signature": "They sign for it first."})
    return _give(
        confiscation,
        How.COLLECTED,
        parent=parent,
        adult=adult.strip(),
        identity=identity,
        signature=signature,
        same_condition=same_condition,
        words=words,
        by=by,
        at=at,
    )


def _is_barred(confiscation: Confiscation, adult: str) -> bool:
    ties = Relation.objects.filter(pupil=confiscation.pupil_id, no_contact=True)
    typed = set(alphabetical(adult))
    names = (set(alphabetical(str(tie.parent))) for tie in ties.select_related("parent"))
    return any(name and name <= typed for name in names)


def hand_to_pupil(
    confiscation: Confiscation, *, decided_by: Staff, words: str, by: User, at: datetime
) -> Returned:
    """The pupil has it again at the end of the day, as somebody decided."""
    return _give(confiscation, How.PUPIL, decided_by=decided_by, words=words, by=by, at=at)


def pass_on(
    confiscation: Confiscation,
    *,
    how: Returned.How,
    decided_by: Staff,
    reference: str,
    words: str,
    by: User,
    at: datetime,
) -> Returned:
    """The police have it, or somebody else; or it cannot be found, which the head hears of."""
    if how is How.LOST and not words.strip():
        raise ValidationError({"words": "Say where you looked, and who saw it last."})
    if how is not How.LOST and not reference.strip():
        raise ValidationError({"reference": "Write who has it now, and their reference."})
    return _give(
        confiscation,
        how,
        decided_by=decided_by,
        reference=reference.strip(),
        words=words,
        by=by,
        at=at,
    )


@transaction.atomic
def _give(
    confiscation: Confiscation,
    how: Returned.How,
    *,
    words: str,
    by: User,
    at: datetime,
    same_condition: bool = True,
    **details: object,
) -> Returned:
    """Give a device out of hand. Of two who do so at once one does, and the other is told."""
    require(can_keep(by))
    if not same_condition and not words.strip():
        raise ValidationError({"words": "Say what is not as it was."})
    row = locked(confiscation)
    if row.set_aside_at:
        raise ValidationError("This was set aside. Take it up again first.")
    try:
        with transaction.atomic():
            returned: Returned = Returned.objects.create(
                school_id=row.school_id,
                confiscation=row,
                how=how,
                words=words.strip(),
                same_condition=same_condition,
                at=at,
                by=by,
                **details,
            )
    except IntegrityError:
        other = Returned.objects.standing().get(confiscation=row)
        raise ValidationError(f"{other.by} was quicker: {other.get_how_display()}.") from None
    drop_requests(HeadRequest.Kind.KEEPING, row.ref, by=by, at=at)
    record("confiscation.returned", row, by=by.pk, at=at, how=how, same=same_condition)
    if how is How.LOST:
        tell(row, Matter.Kind.LOST, words, by=by, at=at)
    elif not same_condition:
        tell(row, Matter.Kind.CONDITION, words, by=by, at=at)
    return returned


@transaction.atomic
def not_returned(confiscation: Confiscation, *, why: str, by: User, at: datetime) -> Returned:
    """It was not given back after all: the school has it, and it waits again."""
    require(can_keep(by))
    row = locked(confiscation)
    returned: Returned | None = Returned.objects.standing().filter(confiscation=row).first()
    if returned is None:
        raise ValidationError("The school still has it.")
    returned.set_aside_at, returned.set_aside_by, returned.set_aside_why = at, by, why.strip()
    returned.save(update_fields=["set_aside_at", "set_aside_by", "set_aside_why"])
    record("confiscation.not_returned", row, by=by.pk, at=at)
    return returned
