"""Signing: a class with its teacher, a parent on their page or on paper; and setting aside."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import Parent, Pupil, Relation, SchoolClass, User
from belisha.policy.access import (
    can_keep_paper,
    can_read_with,
    can_set_aside,
    children_signed_for_by,
)
from belisha.policy.models import (
    Agreement,
    How,
    Reading,
    Signature,
    current_agreements,
)
from belisha.policy.shipped import TYPED_IN
from belisha.policy.signing import (
    agreement_of,
    children_of,
    own_signature,
)


class WordsChanged(ValidationError):
    """What was signed is no longer in force: another version was issued in the meantime."""


@transaction.atomic
def read_with_class(
    school_class: SchoolClass,
    present: Collection[Pupil],
    *,
    shown: Collection[int],
    on: date,
    by: User,
    at: datetime,
) -> Reading | None:
    """Write down that the agreement was read with these children, and that each of them signed.

    `shown` are the ids of the versions that stood on the page. Who had signed already keeps that
    signature; None when all of them had. Raises `WordsChanged`, and `ValidationError` when somebody
    is not of the class any more, nobody was there, or the day cannot be right.
    """
    require(can_read_with(by, school_class))
    if not present:
        raise ValidationError("Tick those who were there.")
    here = list(
        Pupil.objects.select_for_update()
        .current()
        .filter(school_class=school_class, pk__in=[pupil.pk for pupil in present])
    )
    if len(here) < len(set(present)):
        raise ValidationError("The class has changed since you opened the page. Look again.")
    new = [child for child in children_of(here) if child.unsigned]
    if not new:
        return None
    agreements = {child.pupil.pk: child.agreement for child in new if child.agreement}
    if not {agreement.pk for agreement in agreements.values()} <= set(shown):
        raise WordsChanged("A new version was issued since you opened the page. Read that one.")
    for agreement in agreements.values():
        check_day(on, agreement, at)
    reading = Reading(
        school_id=school_class.school_id,
        school_class=school_class,
        held_on=on,
        recorded_at=at,
        recorded_by=by,
    )
    reading.save(force_insert=True)
    Signature.objects.bulk_create(
        Signature(
            school_id=school_class.school_id,
            pupil_id=pupil_id,
            agreement=agreement,
            reading=reading,
            how=How.CLASS,
            happened_on=on,
            recorded_at=at,
            recorded_by=by,
        )
        for pupil_id, agreement in agreements.items()
    )
    record(
        "agreement.read",
        reading,
        by=by.pk,
        at=at,
        school_class=school_class.pk,
        pupils=list(agreements),
        versions=sorted({agreement.pk for agreement in agreements.values()}),
    )
    return reading


@transaction.atomic
def countersign(pupil: Pupil, *, shown: int, by: User, at: datetime) -> Signature:
    """A parent has read the agreement with their child. A second tap writes nothing new.

    `shown` is the id of the version on the page; kept with the language and the very words. Raises
    `WordsChanged`.
    """
    require(by.parent is not None and children_signed_for_by(by).filter(pk=pupil.pk).exists())
    assert by.parent is not None
    return _sign(
        pupil,
        by.parent,
        shown=shown,
        by=by,
        at=at,
        how=How.WEB,
        happened_on=timezone.localdate(at),
        language=get_language() or TYPED_IN,
    )


@transaction.atomic
def countersign_on_paper(
    pupil: Pupil, parent: Parent, *, how: How, on: date, by: User, at: datetime
) -> Signature:
    """The office writes down that a parent signed on paper or in person.

    Raises `ValidationError` when this person does not sign for the child, or on a wrong day.
    """
    require(can_keep_paper(by))
    signers = Relation.objects.open().responsible().filter(pupil=pupil, parent=parent)
    if not signers.exists():
        raise ValidationError("This person does not sign for the child.")
    agreement = agreement_of(pupil, current_agreements())
    if agreement is None:
        raise ValidationError("No agreement is issued for this child’s age.")
    check_day(on, agreement, at)
    return _sign(pupil, parent, shown=agreement.pk, by=by, at=at, how=how, happened_on=on)


@transaction.atomic
def set_aside(
    signatures: Iterable[Signature], *, why: str, by: User, at: datetime
) -> list[Signature]:
    """Take signatures that were written down wrongly out of the count, by later entries.

    Those given in class, by whoever may write a reading down; those on paper or in person, by who
    may write these down. What a parent signed on their own page is theirs. What is set aside
    already is left. Raises `ValidationError` without a reason.
    """
    if not why.strip():
        raise ValidationError("Say why.")
    wrong = list(Signature.objects.filter(pk__in=[one.pk for one in signatures], voids=None))
    for one in wrong:
        require(can_set_aside(by, one))
    pupil_ids = {one.pupil_id for one in wrong}
    list(Pupil.objects.select_for_update().filter(pk__in=pupil_ids).values_list("pk"))
    standing = Signature.objects.standing().filter(pk__in=[one.pk for one in wrong])
    entries = [
        Signature(
            school_id=one.school_id,
            pupil_id=one.pupil_id,
            agreement_id=one.agreement_id,
            reading_id=one.reading_id,
            parent_id=one.parent_id,
            how=one.how,
            happened_on=timezone.localdate(at),
            recorded_at=at,
            recorded_by=by,
            voids=one,
            why=why.strip(),
        )
        for one in standing
    ]
    Signature.objects.bulk_create(entries)
    for entry in entries:
        record(
            "agreement.set-aside",
            entry,
            by=by.pk,
            at=at,
            pupil=entry.pupil_id,
            signature=entry.voids_id,
        )
    return entries


def forget(pupil: Pupil) -> None:
    """Remove all signatures for a child who is erased, with what was written beside them."""
    Signature.objects.filter(pupil=pupil).delete()


def _sign(
    pupil: Pupil, parent: Parent, *, shown: int, by: User, at: datetime, **given: Any
) -> Signature:
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    agreement = in_force(agreement_of(pupil, current_agreements()), shown)
    if entry := own_signature(pupil, parent, agreement):
        return entry
    on_own_page = given["how"] == How.WEB
    entry = Signature(
        school_id=pupil.school_id,
        pupil=pupil,
        agreement=agreement,
        parent=parent,
        recorded_at=at,
        recorded_by=by,
        wording=agreement.words_shown if on_own_page else "",
        **given,
    )
    entry.save(force_insert=True)
    record(
        "agreement.countersigned",
        pupil,
        by=by.pk,
        at=at,
        parent=parent.pk,
        version=agreement.pk,
        how=str(entry.how),
        language=entry.language,
    )
    return entry


def in_force(agreement: Agreement | None, shown: int) -> Agreement:
    """The version in force, if it is the one that stood on the page. Raises `WordsChanged`."""
    if agreement is None or agreement.pk != shown:
        raise WordsChanged(gettext("The words have changed since you opened the page. Read these."))
    return agreement


def check_day(on: date, agreement: Agreement, at: datetime) -> None:
    """Raise `ValidationError` for a day to come, or before the words were issued."""
    issued_on = timezone.localdate(agreement.issued_at)
    if on > timezone.localdate(at):
        raise ValidationError("This day is still to come.")
    if on < issued_on:
        day = f"{issued_on.day} {issued_on:%B %Y}"
        raise ValidationError(f"The agreement was issued on {day}. Choose that day or a later one.")
