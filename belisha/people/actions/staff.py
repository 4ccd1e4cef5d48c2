"""Staff and governors: added, changed, given roles, let in, gone, back again, erased."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import can_give_roles, can_manage_people, can_manage_staff, require
from belisha.people.actions.amend import amend
from belisha.people.actions.doors import (
    add_user,
    close_door,
    forget_user,
    refuse_taken,
    rename_user,
    take_keys,
)
from belisha.people.actions.invitations import invite, post_invitation
from belisha.people.models import Parent, School, Staff, StaffRole, User
from belisha.people.rules import Role
from belisha.people.sessions import end_sessions


@transaction.atomic
def add(
    school: School,
    *,
    name: str,
    email: str,
    joined_on: date | None = None,
    by: User,
    at: datetime,
) -> Staff:
    """Add someone who works or acts for the school. Without a role they see nothing yet.

    Unless another first day is said, it is today: from then on they are asked to read.
    """
    require(can_manage_people(by))
    first = joined_on or timezone.localdate(at)
    staff: Staff = Staff.objects.create(school=school, name=name, email=email, joined_on=first)
    record("staff.added", staff, by=by.pk, at=at)
    return staff


@transaction.atomic
def change(
    staff: Staff,
    *,
    name: str,
    email: str,
    joined_on: date | None = None,
    by: User,
    at: datetime,
) -> Staff:
    """Correct the name, the first day or the email address, also of their sign-in."""
    row = _locked(staff)
    require(can_manage_staff(by, row))
    changed = amend(row, name=name, email=email, joined_on=joined_on)
    if row.user:
        rename_user(row.user, email=email, name=name)
    record("staff.changed", row, by=by.pk, at=at, fields=changed)
    return row


@transaction.atomic
def set_roles(staff: Staff, roles: Collection[Role], *, by: User, at: datetime) -> Staff:
    """Give and take roles, so that the person has exactly these. Only the head may."""
    require(can_give_roles(by))
    row = _locked(staff)
    wanted = {Role(role) for role in roles}
    had = {Role(role.role) for role in row.roles.all()}
    if Role.HEAD in had - wanted:
        _refuse_without_head(row)
    if had != wanted:
        end_sessions(row.user, by=by)
    StaffRole.objects.filter(staff=row, role__in=had - wanted).delete()
    for role in wanted - had:
        StaffRole.objects.create(school=row.school, staff=row, role=role)
    given = sorted(role.value for role in wanted - had)
    taken = sorted(role.value for role in had - wanted)
    record("roles.changed", row, by=by.pk, at=at, given=given, taken=taken)
    return row


@transaction.atomic
def let_in(
    staff: Staff, *, by: User, at: datetime, address: Callable[[str], str], mail: bool
) -> str:
    """Invite someone to choose a password; return the link, which works once and for a week.

    An old password stops and all sessions end; a second factor stays, but not that of a parent,
    which a mailbox alone could set up. `address` makes the link of an invitation's code. With
    `mail` it goes to their email address too.
    """
    row = _locked(staff)
    require(can_manage_staff(by, row))
    if row.user_id == by.pk:
        raise ValidationError("This is you. Change your password on your own page.")
    if row.left_on:
        raise ValidationError("They have left. Bring them back first.")
    if not row.email:
        raise ValidationError("Write down their email address first: they sign in with it.")
    user = row.user or _user_of_parent(row) or _new_user(row)
    if row.user is None:
        take_keys(user)
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    end_sessions(user)
    amend(row, user=user)
    record("staff.let-in", row, by=by.pk, at=at, user=user.pk, mail=mail)
    link = address(invite(row, by=by, at=at))
    if mail:
        post_invitation(row, link, at=at)
    return link


@dataclass(frozen=True)
class ToDoFirst:
    """What must be done before somebody leaves: in words, where, and the words of the link."""

    words: str
    url: str
    act: str


_before_leaving: list[Callable[[Staff], Iterable[ToDoFirst]]] = []
_left_all_the_same: list[Callable[[Staff, User, datetime], None]] = []


def before_leaving(
    to_do: Callable[[Staff], Iterable[ToDoFirst]],
    left_all_the_same: Callable[[Staff, User, datetime], None],
) -> None:
    """Let an area above say what somebody must do before they leave; and let it know, in the same
    transaction, when they leave with that undone."""
    if to_do not in _before_leaving:
        _before_leaving.append(to_do)
        _left_all_the_same.append(left_all_the_same)


def to_do_before_leaving(staff: Staff) -> list[ToDoFirst]:
    """Everything that stands in the way of somebody's leaving."""
    return [one for to_do in _before_leaving for one in to_do(staff)]


@transaction.atomic
def leave(staff: Staff, *, on: date, by: User, at: datetime, all_the_same: bool = False) -> Staff:
    """They have left: all their rights as staff and all their sessions end now.

    Raises `ValidationError` while something is to be done first. The head alone may let somebody
    go `all_the_same`; what is undone then waits as a task.
    """
    row = _locked(staff)
    require(can_manage_staff(by, row))
    _refuse_without_head(row)
    undone = to_do_before_leaving(row)
    if undone and not (all_the_same and by.has_role(Role.HEAD)):
        raise ValidationError([f"First: {one.words}" for one in undone])
    amend(row, left_on=on)
    close_door(row.user, by=by)
    _take_keys_of_a_parent(row)
    for told in _left_all_the_same if undone else ():
        told(row, by, at)
    record("staff.left", row, by=by.pk, at=at, on=on.isoformat())
    return row


@transaction.atomic
def come_back(staff: Staff, *, by: User, at: datetime) -> Staff:
    """They work here again, with their old roles; for a way in they need a new invitation."""
    row = _locked(staff)
    require(can_manage_staff(by, row))
    returns(row)
    record("staff.returned", row, by=by.pk, at=at)
    return row


@transaction.atomic
def erase(staff: Staff, *, by: User, at: datetime) -> None:
    """Forget someone who has left; it cannot be undone. The number of their sign-in stays."""
    row = _locked(staff)
    require(can_manage_staff(by, row))
    if row.left_on is None:
        raise ValidationError("They still work here. Write down that they left first.")
    record("staff.erased", row, by=by.pk, at=at)
    user = row.user
    row.delete()
    forget_user(user, by=by)


def returns(row: Staff) -> None:
    """Take back that somebody has left. No key of the time between opens what staff see."""
    amend(row, left_on=None)
    _take_keys_of_a_parent(row)


def _take_keys_of_a_parent(row: Staff) -> None:
    """A leaver who may still come in does so as a parent or guest, by a mailed code."""
    if row.user and row.user.is_active:
        take_keys(row.user)


def _locked(staff: Staff) -> Staff:
    """The row as it is now. All who change staff stand in one line, or two heads could both go."""
    School.objects.select_for_update().get(pk=staff.school_id)
    row: Staff = Staff.objects.get(pk=staff.pk)
    return row


def _refuse_without_head(leaver: Staff) -> None:
    heads = Staff.objects.current().filter(roles__role=Role.HEAD, user__is_active=True)
    if heads.contains(leaver) and heads.count() == 1:
        raise ValidationError(
            "A school needs a head who can sign in. Make somebody else head first."
        )


def _user_of_parent(staff: Staff) -> User | None:
    """A teacher whose own child is at the school signs in once, as both."""
    parent = Parent.objects.filter(user__email__iexact=staff.email, erased_at=None).first()
    return parent.user if parent else None


def _new_user(staff: Staff) -> User:
    try:
        refuse_taken(staff.email)
    except ValidationError as reason:  # it names a field that an invitation does not have
        raise ValidationError(reason.messages) from None
    return add_user(staff.school, email=staff.email, name=staff.name, password=None)
