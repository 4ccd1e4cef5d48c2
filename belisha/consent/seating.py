"""Who sits where at an event that is filmed, so that nobody is singled out (P.v).

The camera sees the first seats of each row and not the last ones. Who may not be in the picture
sits in those last seats, and so do at least as many who may: neither a seat nor a row tells
anything of a child. Pure. The lots are those of a school year, so that two sheets of one class,
laid side by side, tell no more than one of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from typing import Generic, TypeVar

T = TypeVar("T")
FEWEST, USUAL, MOST = 4, 8, 16  # seats in a row


@dataclass(frozen=True)
class Seats(Generic[T]):
    """Rows from the front. The camera sees the first `seen` seats of each and not the others."""

    rows: tuple[tuple[tuple[T, ...], tuple[T, ...]], ...]
    seen: int
    beside: int


def seat(
    children: Sequence[T],
    may: Callable[[T], bool],
    *,
    width: int,
    lot: str,
    key: Callable[[T], str],
) -> Seats[T] | None:
    """Seat children in rows of `width`; `may` says who may be in the picture.

    The seats beside the camera are as many in each row, and never none: an empty place there would
    tell, too. None when too few may be in the picture for the others to hide among: then nobody
    films.
    """

    def drawn(child: T) -> str:
        return sha256(f"{lot}:{key(child)}".encode()).hexdigest()

    everyone = sorted(children, key=drawn)
    covered = [child for child in everyone if not may(child)]
    free = [child for child in everyone if may(child)]
    rows = ceil(len(everyone) / width)
    beside = max(ceil(2 * len(covered) / rows), 1) if rows else 0
    fill = beside * rows - len(covered)
    if fill >= len(free):
        return None
    outside, inside = sorted(covered + free[:fill], key=drawn), sorted(free[fill:], key=drawn)
    seen = ceil(len(inside) / rows)
    return Seats(
        tuple(
            (
                tuple(inside[row::rows]),
                tuple(outside[row * beside : (row + 1) * beside]),
            )
            for row in range(rows)
        ),
        seen,
        beside,
    )
