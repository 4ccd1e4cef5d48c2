"""Row numbers that any process can make, in the order of time, without asking the database."""

import itertools
import os
import secrets
import time
from datetime import UTC, datetime

_EPOCH_MS = 1_767_225_600_000  # 1 January 2026, UTC
_TAIL_BITS = 22
_tail = itertools.count(secrets.randbits(_TAIL_BITS))


def _begin_anew() -> None:
    """A child of a fork would go on counting where its parent stands, and meet its siblings."""
    global _tail
    _tail = itertools.count(secrets.randbits(_TAIL_BITS))


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_anew)


def new_id() -> int:
    """Return a 63-bit integer: 41 bits of milliseconds since 2026, 22 of a counter.

    The counter starts at a random place in each process, so two processes that make a row in the
    same millisecond meet with a chance of one in four million; a primary key refuses the second.
    """
    millis = time.time_ns() // 1_000_000 - _EPOCH_MS
    return millis << _TAIL_BITS | next(_tail) % (1 << _TAIL_BITS)


def made_at(id_: int) -> datetime:
    """When an id was made, to the millisecond, in UTC."""
    return datetime.fromtimestamp(((id_ >> _TAIL_BITS) + _EPOCH_MS) / 1000, UTC)


def new_ref() -> str:
    """Return 128 random bits as 22 letters for addresses: nothing can be guessed from it."""
    return secrets.token_urlsafe(16)
