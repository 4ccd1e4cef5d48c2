"""Figures for governors: numbers only, and none so small that it points at somebody. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEWEST = 5
FEW = f"fewer than {FEWEST}"


@dataclass(frozen=True)
class Line:
    label: str
    cells: tuple[str, ...]


def table(
    counted: Iterable[tuple[str, str]], rows: Sequence[tuple[str, str]], columns: Sequence[str]
) -> list[Line]:
    """Lines of numbers from pairs of row and column, and a last line that adds them up.

    `rows` are keys with their labels. A number below `FEWEST` that is not 0 is not told. Nor is a
    sum with such a number in it: the others taken from it would tell.
    """
    counts = Counter(counted)
    lines = []
    for key, label in rows:
        cells = tuple(_shown(counts[key, column]) for column in columns)
        lines.append(Line(label, cells))
    sums = []
    for column in columns:
        numbers = [counts[key, column] for key, _ in rows]
        hidden = any(0 < number < FEWEST for number in numbers)
        sums.append("not told" if hidden else str(sum(numbers)))
    return [*lines, Line("Together", tuple(sums))]


def _shown(number: int) -> str:
    return FEW if 0 < number < FEWEST else str(number)
