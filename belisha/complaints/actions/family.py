"""What the family does: write, take it further, say that it is settled, take it back.

Whoever calls these has made sure that it is the family: signed in, or by the code.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from belisha.audit.actions import record
from belisha.complaints.actions.stages import begin, close, current, locked
from belisha.complaints.actions.telling import tell_staff
from belisha.complaints.models import Closing, Complaint, Message, Step
from belisha.complaints.rules import day_of
from belisha.complaints.standing import entry_of
from belisha.people.models import User


@transaction.atomic
def write(complaint: Complaint, words: str, *, by: User | None, at: datetime) -> Message:
    """Add to what was said, or answer the school. A closed one takes words still."""
    row = locked(complaint)
    message: Message = Message.objects.create(
        school_id=row.school_id, complaint=row, from_family=True, words=words, at=at, by=by
    )
    record("complaint.family-wrote", row, by=_pk(by), at=at)
    tell_staff(current(row).handler, "A family has written to you.", about=row, at=at)
    return message


@transaction.atomic
def go_on(complaint: Complaint, why: str, *, by: User | None, at: datetime) -> Step:
    """Take it to the next stage, for a reason."""
    row = locked(complaint)
    entry = entry_of(row, day_of(at))
    after = entry.stage.next
    if not entry.may_go_on or after is None:
        raise ValidationError(_("The time for this is over. Write to us, and say why."))
    return begin(row, after, on=day_of(at), why=why, by=_pk(by), at=at)


@transaction.atomic
def settle(complaint: Complaint, *, by: User | None, at: datetime) -> Closing:
    """Say that it is settled, after an answer."""
    row = locked(complaint)
    if current(row).decided_at is None:
        raise ValidationError(_("We have not answered yet. You can take it back."))
    return _close(row, Closing.Why.CONTENT, "", by, at)


@transaction.atomic
def take_back(complaint: Complaint, why: str, *, by: User | None, at: datetime) -> Closing:
    return _close(locked(complaint), Closing.Why.WITHDRAWN, why, by, at)


def _close(row: Complaint, why: Closing.Why, words: str, by: User | None, at: datetime) -> Closing:
    if Closing.objects.open().filter(complaint=row).exists():
        raise ValidationError(_("This is closed already."))
    closing = close(row, why, words=words, by=_pk(by), at=at)
    tell_staff(current(row).handler, "A concern was closed by its family.", about=row, at=at)
    return closing


def _pk(user: User | None) -> int | None:
    return user.pk if user else None
