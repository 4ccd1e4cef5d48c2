"""Finding in a list those whom the school knows without their number. Knows no database."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
R = TypeVar("R", bound=Hashable)


def same_ones(
    rows: Mapping[R, Collection[Hashable]], read: Mapping[K, Collection[Hashable]]
) -> dict[K, R]:
    """Pair what was read with the row that alone bears a mark which it alone bears too.

    Marks are what tells someone, such as a name with a class. Whoever could be two is nobody: to
    take two for one is worse than to ask again.
    """
    bearers: defaultdict[Hashable, list[R]] = defaultdict(list)
    for row, marks in rows.items():
        for mark in marks:
            bearers[mark].append(row)
    wanted = Counter(mark for marks in read.values() for mark in set(marks))
    pairs: dict[K, R] = {}
    for key, marks in read.items():
        found = {
            bearers[mark][0] for mark in marks if wanted[mark] == 1 and len(bearers[mark]) == 1
        }
        if len(found) == 1:
            pairs[key] = found.pop()
    claims = Counter(pairs.values())
    return {key: row for key, row in pairs.items() if claims[row] == 1}
