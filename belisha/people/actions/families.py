"""Whom an address or a letter lets in, and what signs them in."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from belisha.audit.actions import record
from belisha.people.actions.amend import amend
from belisha.people.actions.doors import add_user, take_keys
from belisha.people.models import NO_ADDRESS, GuestPass, Parent, Relation, Staff, User


class Answer(StrEnum):
    """What an address is to this door."""

    COME_IN = "come-in"
    WORKS_HERE = "works-here"  # their door is another one: a mailed code gives no role of staff
    SHARED = "shared"  # by two contacts: whoever reads the mail could be either
    NOBODY = "nobody"  # or nobody who may know that we know them


@dataclass(frozen=True)
class Bearer:
    """Whom an address lets in: a parent, a guest or both; else why nobody."""

    answer: Answer
    parent: Parent | None = None
    guest: GuestPass | None = None


class Turned(StrEnum):
    """Why a code did not let somebody in."""

    ELSEWHERE = "elsewhere"  # this browser has not asked for a code
    USED = "used"
    LATE = "late"
    WRONG = "wrong"
    WORN_OUT = "worn-out"  # too many wrong ones


def whose(address: str, *, at: datetime) -> Bearer:
    """Whom this address lets in. The same three queries for every address, known or not."""
    works = Staff.objects.filter(left_on=None).filter(
        Q(email__iexact=address) | Q(user__email__iexact=address)
    )
    works_here = works.exists()
    holders = list(_contacts().filter(email__iexact=address))
    guest = GuestPass.objects.live(at).filter(email__iexact=address).first()
    if works_here or any(holder.works_here for holder in holders):
        return Bearer(Answer.WORKS_HERE)
    if not any(holder.is_here for holder in holders):
        return Bearer(Answer.COME_IN, guest=guest) if guest else Bearer(Answer.NOBODY)
    if len(holders) == 1:
        return Bearer(Answer.COME_IN, parent=holders[0], guest=guest)
    # Of two at one address, one of whom an order keeps away, neither learns that we know it.
    barred = any(holder.is_barred for holder in holders)
    return Bearer(Answer.NOBODY if barred else Answer.SHARED)


def may_come_in(parent: Parent) -> Answer:
    """What a letter is to the parent whom it names: an order, an end or an erasure closes it."""
    row = _contacts().filter(pk=parent.pk).first()
    if row is None or not row.is_here:
        return Answer.NOBODY
    return Answer.WORKS_HERE if row.works_here else Answer.COME_IN


class WayIn(StrEnum):
    """How a contact can come in, for the office to see on their page."""

    MAIL = "mail"
    LETTER = "letter"  # no address is held
    SHARED = "shared"  # their address is another contact's too
    STAFF = "staff"
    NONE = "none"  # no child here, or an order


def way_in(parent: Parent, *, at: datetime) -> WayIn:
    """How this contact can come in today."""
    answer = may_come_in(parent)
    if answer is Answer.NOBODY:
        return WayIn.NONE
    if answer is Answer.WORKS_HERE:
        return WayIn.STAFF
    if not parent.email:
        return WayIn.LETTER
    match whose(parent.email, at=at).answer:
        case Answer.COME_IN:
            return WayIn.MAIL
        case Answer.WORKS_HERE:
            return WayIn.STAFF
    return WayIn.SHARED


def come_in(bearer: Bearer, *, way: str, at: datetime) -> User:
    """The one user of a parent or guest who may come in, made at their first time.

    `way` is "mail" or "letter". The caller has locked the code that was typed.
    """
    user = None
    if bearer.parent:
        parent: Parent = Parent.objects.select_for_update().get(pk=bearer.parent.pk)
        user = parent.user or _user_for(parent.email, str(parent), parent)
        amend(parent, user=user)
        record("parent.came-in", parent, by=user.pk, at=at, way=way)
    if bearer.guest:
        guest: GuestPass = GuestPass.objects.select_for_update().get(pk=bearer.guest.pk)
        user = user or guest.user or _user_for(guest.email, guest.name, guest)
        amend(guest, user=user)
        record("guest.came-in", guest, by=user.pk, at=at, way=way)
    if user is None:
        raise ValueError("Nobody came in.")
    if not user.is_active:  # they worked here once; what they are now has just been asked
        user.is_active = True
        user.save(update_fields=["is_active"])
        take_keys(user)
    return user


@transaction.atomic
def came_by_passkey(user: User, *, at: datetime) -> None:
    """Write down that a parent or a guest came in by a passkey. Staff do so each day."""
    for row, verb in ((user.parent, "parent.came-in"), (user.guest_pass, "guest.came-in")):
        if row and not user.staff:
            record(verb, row, by=user.pk, at=at, way="passkey")


def unreachable(row: Parent | GuestPass) -> str:
    """What stands for the address of someone who has none, or none that is theirs alone."""
    return f"{row.pk}{NO_ADDRESS}"


def _user_for(address: str, name: str, row: Parent | GuestPass) -> User:
    """A user with this address: the same person's as guest or as former staff, or a new one."""
    there = User.objects.filter(email__iexact=address).first() if address else None
    if there is None:
        return add_user(row.school, email=address or unreachable(row), name=name, password=None)
    parents = Parent.objects.filter(user=there, erased_at=None)
    anothers = isinstance(row, Parent) and parents.exclude(pk=row.pk).exists()
    works = Staff.objects.filter(user=there, left_on=None).exists()
    if anothers or works or there.school_id != row.school_id:
        return add_user(row.school, email=unreachable(row), name=name, password=None)
    return there


def _contacts() -> QuerySet[Any]:
    ties = Relation.objects.filter(parent=OuterRef("pk"))
    contacts: QuerySet[Any] = Parent.objects.filter(erased_at=None).annotate(
        is_here=Exists(ties.open_here()),
        is_barred=Exists(ties.standing().filter(no_contact=True)),
        works_here=Exists(Staff.objects.filter(left_on=None, user=OuterRef("user"))),
    )
    return contacts
