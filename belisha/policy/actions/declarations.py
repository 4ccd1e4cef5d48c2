"""What staff declare about themselves (B.i), and what becomes of it.

The record says that a declaration was made, but not by whom: whoever reads the record learns
nothing about a person.
"""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import Staff, User
from belisha.people.rules import Role
from belisha.policy.access import can_receive
from belisha.policy.duties import forget_declarations_on
from belisha.policy.models import Declaration, DeclarationNote


@transaction.atomic
def declare(
    *,
    kind: Declaration.Kind,
    happened_on: date,
    words: str = "",
    corrects: Declaration | None = None,
    by: User,
    at: datetime,
) -> Declaration:
    """Tell the head of a contact from a pupil, or of a slip of one's own; the head tells the chair.

    `corrects` is an earlier one of one's own that this puts right; both stay. Raises
    `ValidationError` for a day that is still to come.
    """
    require(by.staff is not None and by.is_staff_member)
    require(corrects is None or corrects.staff_id == (by.staff and by.staff.pk))
    if happened_on > timezone.localdate(at):
        raise ValidationError("This day is still to come.")
    to = Declaration.To.CHAIR if by.has_role(Role.HEAD) else Declaration.To.HEAD
    row: Declaration = Declaration.objects.create(
        school_id=by.school_id,
        staff=by.staff,
        kind=kind,
        words=words,
        happened_on=happened_on,
        to=corrects.to if corrects else to,
        declared_at=at,
        corrects=corrects,
    )
    record("declaration.made", row, by=None, at=at)
    return row


@transaction.atomic
def receive(declaration: Declaration, *, note: str, by: User, at: datetime) -> DeclarationNote:
    """Say that it was received, and note what was said; later notes add to the first.

    The declarer sees that it was received, and when.
    """
    require(can_receive(by, declaration))
    row: DeclarationNote = DeclarationNote.objects.create(
        school_id=by.school_id, declaration=declaration, note=note, at=at, by=by
    )
    record("declaration.received", declaration, by=None, at=at)
    return row


@transaction.atomic
def forget_declarations(on: date, *, at: datetime) -> int:
    """Erase what those declared who left so long ago that it is kept no longer."""
    gone = Staff.objects.exclude(left_on=None).filter(pk__in=Declaration.objects.values("staff_id"))
    over = [one for one in gone if (day := forget_declarations_on(one.left_on)) and day <= on]
    rows = list(Declaration.objects.filter(staff__in=[one.pk for one in over]))
    for row in rows:
        record("declaration.erased", row, by=None, at=at)
    Declaration.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)
