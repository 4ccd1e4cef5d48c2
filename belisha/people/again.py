"""What of this area is done again after a restore: who left, who is barred, who was erased.

Each is done as the person who did it, by the usual action.
"""

from collections.abc import Callable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.audit.journal import Line
from belisha.people.actions import guests, parents, protection, pupils, staff, standing_in
from belisha.people.actions.amend import amend
from belisha.people.actions.doors import close_door, take_keys
from belisha.people.actions.mail import post
from belisha.people.models import (
    CalendarAddress,
    GuestPass,
    Parent,
    Protection,
    Pupil,
    Relation,
    School,
    Staff,
    StandIn,
    User,
)
from belisha.people.rules import Role

AGAIN_AFTER_RESTORE = "The safeguarding lead said so before a restore. The words are lost."
LOST = "Something waits for you in Belisha"


def who(line: Line) -> User:
    """Who did it. Raises `User.DoesNotExist` for somebody who came after the backup."""
    return User.objects.get(pk=line.by or 0)


def who_if_known(line: Line) -> User | None:
    """Who did it; nobody for somebody who came after the backup, or had no account."""
    found: User | None = User.objects.filter(pk=line.by or 0).first()
    return found


def _protect(line: Line) -> bool:
    """Not asked of the one who did it whether they may: their role may be newer than the backup."""
    if pk := line.again.get("protect"):
        pupil = Pupil.objects.get(pk=pk)
        if Protection.objects.standing().filter(pupil=pupil).exists():
            return False
        by = who_if_known(line) or User.objects.filter(school=line.school_id).earliest("pk")
        protection.write(pupil, why=AGAIN_AFTER_RESTORE, by=by, at=line.at)
        return True
    return False  # what was lifted stays on until the lead lifts it again


def _ask_leads(line: Line) -> None:
    """The lead alone is told that a protection may be lost, and not for whom."""
    school = School.objects.get(pk=line.school_id)
    leads = Staff.objects.current().filter(roles__role=Role.SAFEGUARDING_LEAD).exclude(email="")
    for lead in leads:
        words = "A restore lost something that you noted. Look whom you protect."
        post(school, to=lead.email, subject=LOST, body=f"{words}\n", kind="protection", at=line.at)


def _pupil_left(line: Line) -> bool:
    pupil = Pupil.objects.get(pk=line.about_id, erased_at=None)
    if pupil.left_on:
        return False
    pupils.leave(pupil, on=_day(line), by=who(line), at=line.at)
    return True


def _pupil_erased(line: Line) -> bool:
    pupil = Pupil.objects.get(pk=line.about_id, erased_at=None)
    if not pupil.left_on:
        pupils.leave(pupil, on=_day(line), by=who(line), at=line.at)
    pupils.erase(pupil, by=who(line), at=line.at)
    return True


def _tie_changed(line: Line) -> bool:
    """What the law says of a tie as it was said last, where that allows less."""
    tie = Relation.objects.get(pk=line.about_id)
    barred = line.facts["no_contact"] and not tie.no_contact
    less = tie.parental_responsibility and not line.facts["parental_responsibility"]
    if not barred and not less:
        return False
    responsible = tie.parental_responsibility and line.facts["parental_responsibility"]
    ties = {"no_contact": tie.no_contact or barred, "parental_responsibility": responsible}
    parents.change_relation(tie, by=who(line), at=line.at, **ties)
    return True


def _tie_made(line: Line) -> bool:
    """A tie that the backup does not know, of people whom it knows: its no would be missed."""
    if Relation.objects.filter(pk=line.about_id).exists():
        return _tie_changed(line)
    pupil = Pupil.objects.get(pk=line.facts["pupil"], erased_at=None)
    parent = Parent.objects.get(pk=line.facts["parent"], erased_at=None)
    parents.join(
        parent,
        pupil,
        kind="contact",
        parental_responsibility=line.facts["parental_responsibility"],
        no_contact=line.facts["no_contact"],
        by=who(line),
        at=line.at,
    )
    return True


def _tie_ended(line: Line) -> bool:
    tie = Relation.objects.get(pk=line.about_id)
    if tie.ended_on:
        return False
    parents.end_relation(tie, on=_day(line), by=who(line), at=line.at)
    return True


def _parent_erased(line: Line) -> bool:
    parent = Parent.objects.get(pk=line.about_id, erased_at=None)
    if not Relation.objects.filter(parent=parent).standing().exists():
        parents.erase(parent, by=who(line), at=line.at)
        return True
    return False  # it goes with the child: `_pupil_erased`


def _staff_left(line: Line) -> bool:
    person = Staff.objects.get(pk=line.about_id)
    if person.left_on:
        return False
    try:
        staff.leave(person, on=_day(line), by=who(line), at=line.at, all_the_same=True)
    except ValidationError:  # what they had handed over first is theirs again: they are gone
        with transaction.atomic():
            amend(person, left_on=_day(line))
            close_door(person.user, by=who(line))
            record("staff.left", person, by=line.by, at=line.at, on=_day(line).isoformat())
    return True


def _staff_erased(line: Line) -> bool:
    person = Staff.objects.get(pk=line.about_id)
    _staff_left(line)
    person.refresh_from_db()
    staff.erase(person, by=who(line), at=line.at)
    return True


def _roles_taken(line: Line) -> bool:
    person = Staff.objects.get(pk=line.about_id)
    has = {Role(role.role) for role in person.roles.all()}
    left = has - {Role(role) for role in line.facts["taken"]}
    if left == has:
        return False
    staff.set_roles(person, left, by=who(line), at=line.at)
    return True


def _guest_ended(line: Line) -> bool:
    guest = GuestPass.objects.get(pk=line.about_id)
    if guest.ended_at:
        return False
    guests.end(guest, by=who(line), at=line.at)
    return True


def _guest_erased(line: Line) -> bool:
    guest = GuestPass.objects.get(pk=line.about_id)
    guests.end(guest, by=who(line), at=line.at)
    guests.erase(guest, by=who(line), at=line.at)
    return True


def _address_revoked(line: Line) -> bool:
    rows = CalendarAddress.objects.filter(pk=line.about_id, revoked_at=None)
    return bool(rows.update(revoked_at=line.at))


def _stand_in_ended(line: Line) -> bool:
    row = StandIn.objects.get(pk=line.about_id)
    if row.ended_at or row.last_day < timezone.localdate(line.at):
        return False
    standing_in.end_stand_in(row, by=who(line), at=line.at)
    return True


def _old_password_ends(line: Line) -> bool:
    """Somebody chose another password since: the old one may be known to others."""
    user = Staff.objects.get(pk=line.about_id).user
    if user is None or not user.has_usable_password():
        return False
    user.set_unusable_password()
    user.save(update_fields=["password"])
    return True


def _factors_reset(line: Line) -> bool:
    user = Staff.objects.get(pk=line.about_id).user
    if user is not None:
        take_keys(user)
    return user is not None


def _day(line: Line) -> date:
    said = line.facts.get("on")
    return date.fromisoformat(said) if said else timezone.localdate(line.at)


AGAIN = {
    protection.VERB: _protect,
    "pupil.left": _pupil_left,
    "pupil.erased": _pupil_erased,
    "relation.made": _tie_made,
    "relation.changed": _tie_changed,
    "relation.ended": _tie_ended,
    "parent.erased": _parent_erased,
    "staff.left": _staff_left,
    "staff.erased": _staff_erased,
    "roles.changed": _roles_taken,
    "guest.ended": _guest_ended,
    "guest.erased": _guest_erased,
    "calendar-address.revoked": _address_revoked,
    "stand_in.ended": _stand_in_ended,
    "invitation.accepted": _old_password_ends,
    "factors.reset": _factors_reset,
}
# A person has to look at these: what it takes to do them again is not written down.
LOOK_AT = {
    "factor.removed": "Somebody took a second step of theirs away. It may work again.",
    "guest.changed": "A guest was let see less, or for a shorter time.",
    "parent.changed": "Contact details were corrected, perhaps an address that others read.",
    "parent.wrote-address": "A parent wrote down another address. The old one may work again.",
    "parents.merged": "Two contacts were made one.",
    "pupil.changed": "A child's details were corrected.",
    "roster.taken-over": "A list from the school's system was taken over, with leavers.",
}
UNTOLD: dict[str, Callable[[Line], None]] = {protection.VERB: _ask_leads}
