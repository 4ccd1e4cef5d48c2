"""Parents and other contacts, and what each is to a child."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import can_manage_people, require
from belisha.people.actions import codes, letters
from belisha.people.actions.amend import amend
from belisha.people.actions.doors import forget_user, rename_user, take_keys
from belisha.people.actions.families import unreachable
from belisha.people.actions.mail import forget_mail_to
from belisha.people.actions.merging import forget_said
from belisha.people.models import Parent, Pupil, Relation, Staff, User
from belisha.people.sessions import end_sessions


@transaction.atomic
def add(
    pupil: Pupil, *, details: dict[str, Any], ties: dict[str, Any], by: User, at: datetime
) -> Parent:
    """Add a new person to a child's family.

    `details`: names, email and phone; `ties` as for `join`.
    """
    require(can_manage_people(by))
    parent: Parent = Parent.objects.create(school=pupil.school, **details)
    record("parent.added", parent, by=by.pk, at=at)
    join(parent, pupil, **ties, by=by, at=at)
    return parent


@transaction.atomic
def change(parent: Parent, *, by: User, at: datetime, **details: Any) -> Parent:
    """Correct the name, the email address or the telephone.

    With another address all that the old one let in is shut out: see `keep_door`.
    """
    require(can_manage_people(by))
    row = _locked(parent)
    old = row.email
    changed = amend(row, **details)
    keep_door(row, new_address=old.lower() != row.email.lower(), at=at)
    record("parent.changed", row, by=by.pk, at=at, fields=changed)
    return row


@transaction.atomic
def join(
    parent: Parent,
    pupil: Pupil,
    *,
    kind: str,
    parental_responsibility: bool,
    no_contact: bool,
    by: User,
    at: datetime,
) -> Relation:
    """Make someone whom the school knows a parent or contact of this child, or again so.

    Raises `ValidationError` when the contact was erased or merged in the meantime.
    """
    require(can_manage_people(by))
    parent = _locked(parent)
    relation: Relation
    relation, _ = Relation.objects.update_or_create(
        school=pupil.school,
        pupil=pupil,
        parent=parent,
        defaults={
            "kind": kind,
            "parental_responsibility": parental_responsibility,
            "no_contact": no_contact,
            "ended_on": None,
        },
    )
    _end_sessions_under_order(relation, by=by)
    _record(relation, "relation.made", by=by, at=at)
    return relation


@transaction.atomic
def change_relation(relation: Relation, *, by: User, at: datetime, **ties: Any) -> Relation:
    """Change what the person is to the child, and what the law says; it counts at once."""
    require(can_manage_people(by))
    row: Relation = Relation.objects.select_for_update().get(pk=relation.pk)
    amend(row, **ties)
    _end_sessions_under_order(row, by=by)
    _record(row, "relation.changed", by=by, at=at)
    return row


@transaction.atomic
def end_relation(relation: Relation, *, on: date, by: User, at: datetime) -> Relation:
    """The person is nothing to the child any more, and sees nothing of the child from now on."""
    require(can_manage_people(by))
    row: Relation = Relation.objects.select_for_update().get(pk=relation.pk)
    amend(row, ended_on=on)
    _record(row, "relation.ended", by=by, at=at)
    return row


@transaction.atomic
def resume_relation(relation: Relation, *, by: User, at: datetime) -> Relation:
    """Take back the end of a relation."""
    require(can_manage_people(by))
    row: Relation = Relation.objects.select_for_update().get(pk=relation.pk)
    amend(row, ended_on=None)
    _record(row, "relation.resumed", by=by, at=at)
    return row


@transaction.atomic
def erase(parent: Parent, *, by: User, at: datetime) -> Parent:
    """Forget someone who is nothing to any child any more. It cannot be undone."""
    require(can_manage_people(by))
    row = _locked(parent)
    if Relation.objects.filter(parent=row).standing().exists():
        raise ValidationError("They still belong to a child here. End that first.")
    row.relations.all().delete()
    return blank(row, by=by, at=at)


def blank(parent: Parent, *, by: User, at: datetime) -> Parent:
    """Leave nothing of a parent but the number that their answers point to."""
    user = parent.user
    forget_mail_to(parent)
    amend(
        parent,
        first_name="",
        last_name="Erased",
        email="",
        phone="",
        language="",
        key="",
        user=None,
        erased_at=at,
    )
    codes.forget(parent)
    letters.forget(parent)
    forget_user(user, by=by)
    forget_said(parent)
    for forget in _forget_too:
        forget(parent)
    record("parent.erased", parent, by=by.pk, at=at)
    return parent


_forget_too: list[Callable[[Parent], None]] = []


def forget_parent_too(forget: Callable[[Parent], None]) -> None:
    """Let an area above let go of what names an erased parent, in the same transaction."""
    if forget not in _forget_too:
        _forget_too.append(forget)


def _end_sessions_under_order(relation: Relation, *, by: User) -> None:
    """Whoever may not have contact any more is signed out everywhere at once."""
    if relation.no_contact:
        end_sessions(relation.parent.user, by=by)


def keep_door(parent: Parent, *, new_address: bool, at: datetime) -> None:
    """Keep a parent's sign-in in step with the list, and shut out who came in by an old address.

    Whoever reads the old mailbox may have a session, a code underway or a passkey: all of them
    end. Who works here too is renamed where staff are.
    """
    if new_address:
        codes.stop(parent, at=at)
    user = parent.user
    if user is None or Staff.objects.filter(user=user, left_on=None).exists():
        return
    email = user.email  # not that of the contact, where somebody else signs in with it
    if new_address:
        email = parent.email or unreachable(parent)
        take_keys(user)
    rename_user(user, email=email, name=str(parent))


def _locked(parent: Parent) -> Parent:
    row: Parent | None = (
        Parent.objects.select_for_update().filter(pk=parent.pk, erased_at=None).first()
    )
    if row is None:
        raise ValidationError("This contact is no longer here.")
    return row


def _record(relation: Relation, verb: str, *, by: User, at: datetime) -> None:
    record(
        verb,
        relation,
        by=by.pk,
        at=at,
        pupil=relation.pupil_id,
        parent=relation.parent_id,
        parental_responsibility=relation.parental_responsibility,
        no_contact=relation.no_contact,
    )
