"""An account: written down, changed, asked for, renewed, closed, opened again (C.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.channels.access import (
    can_apply,
    can_look_after,
    can_say_used,
    can_see_factor,
    runs_association_only,
)
from belisha.channels.models import Account, AccountPerson, Closing, Seen
from belisha.channels.rules import RunBy
from belisha.channels.standing import CLAUSE, Entry, entry_of
from belisha.people.access import require
from belisha.people.actions.amend import amend
from belisha.people.models import Staff, User
from belisha.policy.actions.approvals import ask_head
from belisha.policy.models import HeadRequest

Part = AccountPerson.Part


@dataclass(frozen=True)
class People:
    """Who is to look after an account and post there. `names` are of the parents' association."""

    administrators: Sequence[Staff] = ()
    names: Sequence[str] = ()
    posters: Sequence[Staff] = ()


@transaction.atomic
def write_down(
    *, details: Mapping[str, Any], people: People, owned: bool, by: User, at: datetime
) -> Account:
    """Begin an application: a draft, of which nothing counts. `details` are fields of `Account`;
    `owned` says that the recovery address is the school's. Raises `ValidationError` when the
    account stands in the register already.
    """
    require(can_apply(by) and _may_be_run_by(by, details["run_by"]))
    account = Account(school_id=by.school_id, made_at=at, made_by=by, **details)
    account.owned_by = by if owned and account.recovery else None
    _save_once(account)
    _set_people(account, people, at)
    _see(account, Seen.What.PEOPLE, by, at)
    record("account.written_down", account, by=by.pk, at=at, service=account.service)
    return account


@transaction.atomic
def change(
    account: Account, *, details: Mapping[str, Any], owned: bool, by: User, at: datetime
) -> Account:
    """Change what an account is. What the head agreed to must be agreed to anew, the gate sees to
    that; who looks after it is changed in `actions.people`.

    Who confirmed that the recovery address is the school's stands there as long as the address.
    """
    row = locked(account)
    require(can_look_after(by, row) and _may_be_run_by(by, details["run_by"]))
    _refuse_closed(row)
    before = row.owned_by if row.recovery == details["recovery"] else None
    now_by = by if owned and details["recovery"] else None
    changed = amend(row, owned_by=before or now_by)
    for name, value in details.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.append(name)
    _save_once(row)
    record("account.changed", row, by=by.pk, at=at, fields=sorted(changed))
    return row


@transaction.atomic
def ask(account: Account, *, by: User, at: datetime, why: str = "") -> HeadRequest:
    """Ask the head, for the first time, after a change, or to renew the yes.

    Raises `ValidationError` when something is missing, or nothing is to be asked.
    """
    row = locked(account)
    require(can_look_after(by, row))
    entry = entry_of(row, timezone.localdate(at))
    _refuse_closed(row)
    if entry.missing:
        raise ValidationError([str(need) for need in entry.missing])
    if entry.waits:
        raise ValidationError("The head is asked already.")
    if not entry.can_be_asked:
        raise ValidationError(f"The head has agreed. Renew it from 30 days before {entry.due_on}.")
    return put_to_head(entry, by=by, at=at, why=why)


def put_to_head(entry: Entry, *, by: User, at: datetime, why: str = "") -> HeadRequest:
    """The request itself. It names nobody: who looks after the account is shown beside it, and is
    erased with the account."""
    account = entry.account
    what = "Renew" if entry.agreed else "Use"
    return ask_head(
        HeadRequest.Kind.ACCOUNT,
        account.ref,
        digest=entry.digest,
        title=f"{what} {account.name} on {account.service_name}"[:160],
        words="\n".join(
            [
                f"Account: {account.name} on {account.service_name}",
                f"For: {account.purpose}",
                f"Seen by: {_audience(account)}",
                f"Comments: {account.get_comments_display()}",
                f"Run by: {account.get_run_by_display()}",
                f"Looked at again: {account.get_review_every_display()}",
            ]
        ),
        clause=CLAUSE,
        by=by,
        at=at,
        why=why,
    )


@transaction.atomic
def see_factor(account: Account, *, by: User, at: datetime) -> Seen:
    """Say that one has seen the second step of its sign-in. Whoever looks after it cannot."""
    row = locked(account)
    require(can_see_factor(by, row))
    _refuse_closed(row)
    return _see(row, Seen.What.FACTOR, by, at)


@transaction.atomic
def say_used(account: Account, *, by: User, at: datetime) -> Seen:
    """Say that the account is used."""
    row = locked(account)
    require(can_say_used(by, row))
    _refuse_closed(row)
    return _see(row, Seen.What.USE, by, at)


@transaction.atomic
def close(account: Account, *, why: str, by: User, at: datetime) -> Closing:
    """Close an account: from now on it may not be used. Raises when somebody was quicker."""
    row = locked(account)
    require(can_look_after(by, row))
    _refuse_closed(row)
    closing: Closing = Closing.objects.create(
        school_id=row.school_id, account=row, why=why, at=at, by=by
    )
    record("account.closed", row, by=by.pk, at=at)
    return closing


@transaction.atomic
def reopen(account: Account, *, by: User, at: datetime) -> Account:
    """Open it again. The head's old yes does not come back with it."""
    row = locked(account)
    require(can_look_after(by, row))
    closing = Closing.objects.open().filter(account=row).first()
    if closing is None:
        raise ValidationError("This account is open already.")
    amend(closing, reopened_at=at, reopened_by=by)
    record("account.reopened", row, by=by.pk, at=at)
    return row


@transaction.atomic
def throw_away(account: Account, *, by: User, at: datetime) -> None:
    """Throw a draft away that the head was never asked about."""
    row = locked(account)
    require(can_look_after(by, row))
    if HeadRequest.objects.about(HeadRequest.Kind.ACCOUNT, row.ref).exists():
        raise ValidationError("The head was asked about it. Close it instead.")
    record("account.thrown_away", row, by=by.pk, at=at)
    row.delete()


def _audience(account: Account) -> str:
    youngest = f", from {account.pupils_from_name}" if account.pupils_from is not None else ""
    return f"{account.get_audience_display()}{youngest}"


def locked(account: Account) -> Account:
    """The row as it is now. All who do something to one account stand in one line."""
    row: Account = Account.objects.select_for_update().get(pk=account.pk)
    return row


def _see(account: Account, what: Seen.What, by: User, at: datetime) -> Seen:
    row: Seen = Seen.objects.create(
        school_id=account.school_id, account=account, what=what, at=at, by=by
    )
    record("account.seen", account, by=by.pk, at=at, what=what)
    return row


def _set_people(account: Account, people: People, at: datetime) -> None:
    for part, staff in ((Part.ADMINISTRATOR, people.administrators), (Part.POSTS, people.posters)):
        for one in staff:
            add_person(account, part, at=at, staff=one)
    for name in people.names:
        add_person(account, Part.ADMINISTRATOR, at=at, called=name)


def add_person(
    account: Account, part: str, *, at: datetime, staff: Staff | None = None, called: str = ""
) -> AccountPerson:
    """Somebody looks after it, or posts there, from now on. Who does already is left as is."""
    row: AccountPerson
    row, _ = AccountPerson.objects.get_or_create(
        school_id=account.school_id,
        account=account,
        part=part,
        staff=staff,
        called=called,
        until_at=None,
        defaults={"from_at": at},
    )
    return row


def _may_be_run_by(by: User, run_by: str) -> bool:
    return not runs_association_only(by) or run_by == RunBy.ASSOCIATION


def _save_once(account: Account) -> None:
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        raise ValidationError(
            {"name": "This account stands in the register already. Look at those closed, too."}
        ) from None


def _refuse_closed(account: Account) -> None:
    if Closing.objects.open().filter(account=account).exists():
        raise ValidationError("This account is closed. Open it again first.")
