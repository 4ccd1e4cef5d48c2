"""A concern comes in: by the form, or written down by whoever it reached."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string, salted_hmac

from belisha.audit.actions import record
from belisha.complaints.access import can_write_down
from belisha.complaints.actions.stages import begin
from belisha.complaints.actions.telling import tell_code
from belisha.complaints.models import Complaint, Concerned
from belisha.complaints.rules import Stage, day_of, named_in
from belisha.people.access import require
from belisha.people.actions.amend import amend
from belisha.people.actions.letters import LETTERS
from belisha.people.models import Parent, Pupil, School, SchoolClass, Staff, User
from belisha.people.rules import fits

GROUPS, LETTERS_IN_GROUP = 4, 4  # 76 bits


@dataclass(frozen=True)
class Told:
    """What somebody said: `details` are the fields of `Complaint` as they were typed."""

    details: dict[str, Any]
    formal: bool = False
    parent: Parent | None = None
    child: Pupil | None = None


@transaction.atomic
def receive(
    school: School, told: Told, *, language: str, by: User | None, at: datetime
) -> tuple[Complaint, str]:
    """Take what was sent by the form; return it and the code by which its sender comes back.

    The code is returned once and kept as a hash. A child is one of the signed-in parent's own.
    """
    return _keep(school, told, on=day_of(at), language=language, recorded_by=None, by=by, at=at)


@transaction.atomic
def write_down(told: Told, *, received_on: date, by: User, at: datetime) -> tuple[Complaint, str]:
    """Write down what came by letter, telephone, a post or at the gate."""
    require(can_write_down(by))
    if received_on > day_of(at):
        raise ValidationError("This day is still to come.")
    language = (told.parent and told.parent.language) or "en-gb"
    return _keep(by.school, told, on=received_on, language=language, recorded_by=by, by=by, at=at)


def _keep(
    school: School,
    told: Told,
    *,
    on: date,
    language: str,
    recorded_by: User | None,
    by: User | None,
    at: datetime,
) -> tuple[Complaint, str]:
    code = new_code()
    school_class = told.child.school_class if told.child else class_called(told.details)
    complaint: Complaint = Complaint.objects.create(
        school=school,
        **told.details,
        parent=told.parent,
        child=told.child,
        school_class=school_class,
        received_on=on,
        recorded_at=at,
        recorded_by=recorded_by,
        language=language,
        code_hash=hash_of(code),
    )
    record("complaint.received", complaint, by=by.pk if by else None, at=at, how=complaint.how)
    here = Staff.objects.current().values_list("pk", "name")
    for number in sorted(named_in(complaint.who, here)):
        Concerned.objects.create(school=school, complaint=complaint, staff_id=number, at=at, by=by)
    stage = Stage.ONE if told.formal else Stage.CONCERN
    begin(complaint, stage, on=on, by=by.pk if by else None, at=at)
    return complaint, code


def class_called(details: dict[str, Any]) -> SchoolClass | None:
    """The class that was typed, if just one here is called so. The sender is not told."""
    typed = details.get("class_called", "")
    found = [one for one in SchoolClass.objects.current() if typed and fits(typed, one.name)]
    return found[0] if len(found) == 1 else None


def new_code() -> str:
    groups = (get_random_string(LETTERS_IN_GROUP, LETTERS) for _ in range(GROUPS))
    return "-".join(groups)


def hash_of(typed: str) -> str:
    """How a code is kept: without spaces, dashes and case, under the key of the site."""
    plain = "".join(mark for mark in typed.lower() if mark.isalnum())
    return salted_hmac("belisha.complaint", plain, algorithm="sha256").hexdigest()


def behind(typed: str) -> Complaint | None:
    """The complaint that a code opens."""
    found: Complaint | None = Complaint.objects.filter(code_hash=hash_of(typed)).first()
    return found


@transaction.atomic
def replace_codes(address: str, *, at: datetime) -> None:
    """Mail new codes for what was sent from an address; the old ones stop. The answer on the page
    is the same whether there are any."""
    sent = Complaint.objects.select_for_update(of=("self",)).open()
    for complaint in sent.filter(email__iexact=address) if address else ():
        replace_code(complaint, at=at)


def replace_code(complaint: Complaint, *, at: datetime) -> None:
    """Mail a new code for a locked complaint; the old one stops."""
    code = new_code()
    amend(complaint, code_hash=hash_of(code))
    record("complaint.code-replaced", complaint, by=None, at=at)
    if complaint.email:
        tell_code(complaint, code, at=at)
