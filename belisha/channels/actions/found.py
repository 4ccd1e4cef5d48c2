"""Accounts that are not ours: written down, decided, followed up (D.iv).

A case of the next issue begins where `decide` says no; what stands here is its first part.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.channels.access import can_decide_found, can_follow_up, can_record_found
from belisha.channels.models import Account, FoundAccount, FoundStep
from belisha.channels.rules import same_account
from belisha.people.access import require
from belisha.people.actions.amend import amend
from belisha.people.models import School, User


@transaction.atomic
def record_found(*, details: Mapping[str, Any], by: User, at: datetime) -> FoundAccount:
    """Write down an account that is perhaps not ours. `details` are fields of `FoundAccount`."""
    require(can_record_found(by))
    if details["seen_on"] > timezone.localdate(at):
        raise ValidationError({"seen_on": "This day is still to come."})
    found: FoundAccount = FoundAccount.objects.create(
        school_id=by.school_id, recorded_at=at, recorded_by=by, **details
    )
    record("found_account.recorded", found, by=by.pk, at=at)
    return found


@transaction.atomic
def tell(school: School, *, details: Mapping[str, Any], at: datetime) -> FoundAccount:
    """The same by anyone, from the public page. Who tells is not kept."""
    found: FoundAccount = FoundAccount.objects.create(
        school=school,
        told_by=FoundAccount.ToldBy.PAGE,
        seen_on=timezone.localdate(at),
        recorded_at=at,
        **details,
    )
    record("found_account.told", found, by=None, at=at)
    return found


def matches(found: FoundAccount) -> list[Account]:
    """Our accounts that this seems to be, closed ones too."""
    return [
        one
        for one in Account.objects.filter(school_id=found.school_id)
        if same_account(
            found.service,
            found.name,
            found.url,
            of=one.service,
            called=one.name,
            lives_at=one.url,
        )
    ]


@transaction.atomic
def decide(
    found: FoundAccount, *, ours: bool, words: str, seen: bool | None, by: User, at: datetime
) -> FoundAccount:
    """Say whether it is ours after all; `words` say why, or what is done about it.

    It may be decided otherwise later. `seen` is the decision that whoever decides has read: raises
    `ValidationError` when somebody was quicker.
    """
    require(can_decide_found(by, timezone.localdate(at)))
    row: FoundAccount = FoundAccount.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if row.ours != seen:
        raise ValidationError("Somebody has decided already. Look again.")
    amend(row, ours=ours, decided_at=at, decided_by=by, closed_at=at if ours else None)
    _step(row, words, closes=ours, by=by, at=at)
    record("found_account.decided", row, by=by.pk, at=at, ours=ours)
    return row


@transaction.atomic
def follow_up(
    found: FoundAccount, *, words: str, closes: bool, by: User, at: datetime
) -> FoundStep:
    """Write down what was done about one that is not ours. The last step closes it."""
    require(can_follow_up(by))
    row: FoundAccount = FoundAccount.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if closes and row.ours is not False:
        raise ValidationError("The head decides first whether it is ours.")
    if closes and row.closed_at is None:
        amend(row, closed_at=at)
    elif not closes and row.closed_at:
        amend(row, closed_at=None if row.ours is False else row.closed_at)
    step = _step(row, words, closes=closes, by=by, at=at)
    record("found_account.followed_up", row, by=by.pk, at=at, closes=closes)
    return step


def _step(row: FoundAccount, words: str, *, closes: bool, by: User, at: datetime) -> FoundStep:
    step: FoundStep = FoundStep.objects.create(
        school_id=row.school_id, found=row, words=words, closes=closes, at=at, by=by
    )
    return step
