"""That a parent read what the school asks of families (D.0): on their page, on paper, in person."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import Parent, Relation, User
from belisha.people.rules import Role
from belisha.policy.access import can_keep_paper, can_set_acknowledgement_aside
from belisha.policy.actions.signatures import check_day, in_force
from belisha.policy.models import Acknowledgement, How, Signature, current_agreements
from belisha.policy.rules import Audience
from belisha.policy.shipped import TYPED_IN
from belisha.policy.signing import own_acknowledgement

TOLD = (How.PAPER, How.IN_PERSON)  # how it reaches the office


@transaction.atomic
def acknowledge(*, shown: int, by: User, at: datetime) -> Acknowledgement:
    """A parent has read what the school asks of families (D.0). A second tap writes nothing new.

    Raises `WordsChanged`, also when nothing is in force.
    """
    require(by.parent is not None and by.has_role(Role.PARENT))
    assert by.parent is not None
    Parent.objects.select_for_update().get(pk=by.parent.pk)
    expectations = in_force(current_agreements().get(Audience.FAMILIES), shown)
    entry = own_acknowledgement(by.parent, expectations)
    return entry or _enter(
        Acknowledgement(
            parent=by.parent,
            agreement=expectations,
            how=How.WEB,
            happened_on=timezone.localdate(at),
            wording=expectations.words_shown,
            language=get_language() or TYPED_IN,
        ),
        by=by,
        at=at,
    )


@transaction.atomic
def acknowledge_on_paper(
    parent: Parent, *, how: How, on: date, by: User, at: datetime
) -> Acknowledgement:
    """The office writes down that a parent told so on paper or in person.

    Who has told so already keeps that. Raises `ValidationError` for a person who is no parent here
    or whom an order keeps away, without words in force, or on a wrong day.
    """
    require(can_keep_paper(by) and how in TOLD)
    Parent.objects.select_for_update().get(pk=parent.pk)
    if not Relation.objects.filter(parent=parent).open_here().exists():
        raise ValidationError("The school does not ask this person.")
    expectations = current_agreements().get(Audience.FAMILIES)
    if expectations is None:
        raise ValidationError("The head has not issued what we ask of families.")
    check_day(on, expectations, at)
    entry = own_acknowledgement(parent, expectations)
    return entry or _enter(
        Acknowledgement(
            parent=parent, agreement=expectations, how=how, happened_on=on, recorded_by=by
        ),
        by=by,
        at=at,
    )


def _enter(entry: Acknowledgement, *, by: User, at: datetime) -> Acknowledgement:
    entry.school_id, entry.at = by.school_id, at
    entry.save(force_insert=True)
    record(
        "expectations.acknowledged",
        entry.parent,
        by=by.pk,
        at=at,
        version=entry.agreement_id,
        how=str(entry.how),
        language=entry.language,
    )
    return entry


@transaction.atomic
def set_aside(entry: Acknowledgement, *, why: str, by: User, at: datetime) -> Acknowledgement:
    """Take what was written down wrongly out of the count, by a later entry; the parent is asked.

    What a parent told on their own page is theirs. It is done once: a second call returns the first
    entry. Raises `ValidationError` without a reason.
    """
    require(can_set_acknowledgement_aside(by, entry))
    if not why.strip():
        raise ValidationError("Say why.")
    Parent.objects.select_for_update().get(pk=entry.parent_id)
    there: Acknowledgement | None = Acknowledgement.objects.filter(voids=entry).first()
    if there:
        return there
    later = Acknowledgement(
        school_id=entry.school_id,
        parent=entry.parent,
        agreement_id=entry.agreement_id,
        how=entry.how,
        happened_on=timezone.localdate(at),
        at=at,
        recorded_by=by,
        voids=entry,
        why=why.strip(),
    )
    later.save(force_insert=True)
    record(
        "expectations.set-aside",
        entry.parent,
        by=by.pk,
        at=at,
        acknowledgement=entry.pk,
        entry=later.pk,
    )
    return later


def forget_why(parent: Parent) -> None:
    """Why something was set aside was typed by a person, and may name an erased parent."""
    for rows in (Acknowledgement.objects, Signature.objects):
        rows.filter(parent=parent).exclude(why="").update(why="")
