"""What people choose for themselves, and their private calendar addresses."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.audit.actions import record
from belisha.people.actions.amend import amend
from belisha.people.actions.limits import Door
from belisha.people.models import CalendarAddress, Choices, User

# Programs look every quarter of an hour at most, and one person has a few of them.
ONE_ADDRESS = Door("a calendar address", 60, timedelta(hours=1))
ADDRESSES_FROM_NETWORK = Door("calendar addresses from one network", 600, timedelta(hours=1))


@transaction.atomic
def choose(user: User, *, digest: bool, slash_key: bool, at: datetime) -> Choices:
    """Keep what a person chose for themselves. The first mail comes on the next school day."""
    row: Choices = Choices.objects.get_or_create(school=user.school, user=user)[0]
    begins = digest and not row.digest
    settled = timezone.localdate(at) if begins else row.digested_on
    if amend(row, digest=digest, slash_key=slash_key, digested_on=settled):
        record("choices.made", row, by=user.pk, at=at, digest=digest, slash_key=slash_key)
    return row


@transaction.atomic
def make_address(user: User, *, at: datetime) -> str:
    """Make the token of a calendar address and return it, once: 256 bits. An earlier one stops."""
    _revoke(user, at)
    token = secrets.token_urlsafe(32)
    row = CalendarAddress.objects.create(
        school=user.school, user=user, hash=_hash(token), made_at=at
    )
    record("calendar-address.made", row, by=user.pk, at=at)
    return token


@transaction.atomic
def revoke_address(user: User, *, at: datetime) -> None:
    """The address opens nothing from now on."""
    for row in CalendarAddress.objects.filter(user=user, revoked_at=None):
        record("calendar-address.revoked", row, by=user.pk, at=at)
    _revoke(user, at)


def holder_of(token: str) -> User | None:
    """Whose calendar an address opens; None when there is none, or its holder is gone.

    The address is the whole right, so it is looked for in all schools.
    """
    with scopes_disabled():
        rows = CalendarAddress.objects.filter(hash=_hash(token), revoked_at=None)
        row: CalendarAddress | None = rows.select_related("user__school").first()
    if row is None:
        return None
    with scope(school=row.user.school):
        return row.user if row.user.is_active and row.user.belongs else None


def _revoke(user: User, at: datetime) -> None:
    CalendarAddress.objects.filter(user=user, revoked_at=None).update(revoked_at=at)


def _hash(token: str) -> str:
    return hashlib.sha256(f"belisha.calendar:{token}".encode()).hexdigest()
