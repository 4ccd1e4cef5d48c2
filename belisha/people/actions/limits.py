"""How often a door may be tried: kept in the database, so exact over processes.

Call these outside any transaction that may be undone, or a failure would not count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from belisha.people.models import Limit


@dataclass(frozen=True)
class Door:
    """What one key may do at a door: `times` at once, which come back evenly in `every`."""

    name: str
    times: int
    every: timedelta

    @property
    def step(self) -> timedelta:
        """How long until one try comes back."""
        return self.every // self.times


Try = tuple[Door, str]  # at which door, and by which key

_HOUR, _TEN_MINUTES = timedelta(hours=1), timedelta(minutes=10)
# Asking for a code. A stranger who asks in someone's name from elsewhere does not shut them out.
ASK_FROM_HERE = Door("ask for an address from one network", 5, _HOUR)
ASK_FOR_ADDRESS = Door("ask for an address", 15, _HOUR)
ASK_FROM_NETWORK = Door("ask from one network", 600, _HOUR)  # a school of 300 families
# Typing one. Each mailed code dies of five wrong tries by itself (`codes.MOST_TRIES`).
STRANGE_CODE = Door("a code that nobody asked for here", 20, _TEN_MINUTES)
WRONG_LETTER = Door("a wrong letter code from one browser", 10, _TEN_MINUTES)
WRONG_LETTER_NETWORK = Door("a wrong letter code from one network", 100, _TEN_MINUTES)
# Wrong passwords. A stranger who tries elsewhere in someone's name does not shut them out at once.
PASSWORD_FROM_HERE = Door("a wrong password for an address from one network", 5, _TEN_MINUTES)
PASSWORD_FOR_ADDRESS = Door("a wrong password for an address", 30, _HOUR)
PASSWORD_FROM_NETWORK = Door("a wrong password from one network", 100, _TEN_MINUTES)
# Wrong codes and passkeys of somebody whose password was right, or who is signed in already.
STEP_FROM_HERE = Door("a wrong second step of one person from one network", 5, _TEN_MINUTES)
STEP_OF_ONE = Door("a wrong second step of one person", 30, _HOUR)
# A passkey in place of all that cannot be guessed; to look at one costs work.
PASSKEY_FROM_NETWORK = Door("a wrong passkey from one network", 100, _TEN_MINUTES)
# A forgotten password. Each makes a mail, known here or not.
FORGOTTEN_ADDRESS = Door("a forgotten password of an address", 5, _HOUR)
FORGOTTEN_NETWORK = Door("a forgotten password from one network", 60, _HOUR)


@transaction.atomic
def take(door: Door, key: str, *, at: datetime) -> datetime | None:
    """Take one try. None when it is there; else the time at which the next one will be."""
    row = _locked(door, key, at)
    full_at = max(row.full_at, at) + door.step
    if full_at > at + door.every:
        return full_at - door.every
    row.full_at = full_at
    row.save(update_fields=["full_at"])
    return None


@transaction.atomic
def give_back(door: Door, key: str, *, at: datetime) -> None:
    """Put a try back that turned out right, where only wrong ones count."""
    row = _locked(door, key, at)
    row.full_at -= door.step
    row.save(update_fields=["full_at"])


def take_each(tries: Iterable[Try], *, at: datetime) -> datetime | None:
    """Take one try at each of these doors. None when all were there; else when all will be."""
    waits = [take(door, key, at=at) for door, key in tries]
    return max(filter(None, waits), default=None)


def give_each_back(tries: Iterable[Try], *, at: datetime) -> None:
    for door, key in tries:
        give_back(door, key, at=at)


def network_of(request: HttpRequest) -> str:
    """The address that asks, as far as one household or school has it: in IPv6 its network."""
    asking = ip_address(get_adapter().get_client_ip(request))
    if isinstance(asking, IPv6Address):
        return str(ip_network((asking, 64), strict=False))
    return str(asking)


def forget_full(at: datetime) -> None:
    """Delete the buckets that have long been full again: they say no more than none."""
    Limit.objects.filter(full_at__lt=at - timedelta(days=1)).delete()


def _locked(door: Door, key: str, at: datetime) -> Limit:
    hashed = salted_hmac("belisha.limit", f"{door.name}:{key}", algorithm="sha256").hexdigest()
    rows = Limit.objects.select_for_update()
    row, _ = rows.get_or_create(hash=hashed, defaults={"full_at": at})
    return row
