"""Tables in print: the rules and posts that are drawn on a page, and the cells between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

THIN = 3.0  # points: what is thinner is a line
SHORTEST = 60.0  # points of a rule
HIGHEST = 130.0  # points of a row that only rules part from the next

Box = tuple[float, float, float, float]  # left, top, right, bottom
Line = tuple[float, float, float]  # where it stands, where it starts and ends


@dataclass(frozen=True)
class Row:
    """The space between two rules. `posts` are the lines in it from top to bottom, the left and the
    right end included; two of them where no post parts it."""

    top: float
    bottom: float
    posts: tuple[float, ...]

    @property
    def is_parted(self) -> bool:
        return len(self.posts) > 2


def rows_in(boxes: Iterable[Box]) -> list[Row]:
    """The rows of all tables of a page, given the boxes of what is drawn on it."""
    flat: list[Line] = []
    upright: list[Line] = []
    for left, top, right, bottom in boxes:
        if bottom - top <= THIN < right - left:
            flat.append(((top + bottom) / 2, left, right))
        elif right - left <= THIN < bottom - top:
            upright.append(((left + right) / 2, top, bottom))
    posts = _joined(upright)
    tables: list[list[Line]] = []
    for rule in sorted(one for one in _joined(flat) if one[2] - one[1] > SHORTEST):
        around = next((one for one in reversed(tables) if _is_part(rule, one, posts)), None)
        if around is None:
            tables.append([rule])
        else:
            around.append(rule)
    return [row for rules in tables for row in _rows(rules, posts)]


def _rows(rules: list[Line], posts: list[Line]) -> Iterable[Row]:
    _, left, right = rules[0]
    for (top, *_), (bottom, *_) in pairwise(rules):
        middle = (top + bottom) / 2
        between = sorted(
            x
            for x, start, end in posts
            if left + THIN < x < right - THIN and start - THIN <= middle <= end + THIN
        )
        row = Row(top, bottom, (left, *between, right))
        if row.is_parted or (len(rules) > 2 and bottom - top < HIGHEST):
            yield row


def _is_part(rule: Line, rules: list[Line], posts: list[Line]) -> bool:
    """Whether a rule is of a table: as long as its first, or from a post on where cells beside it
    are higher. The posts of a table, if it has any, must reach down to the rule."""
    place, left, right = rule
    _, start, end = rules[0]
    above = rules[-1][0]
    long = abs(left - start) < THIN and abs(right - end) < THIN
    within = [
        one
        for one in posts
        if start - THIN <= one[0] <= end + THIN and one[1] - THIN <= above <= one[2] + THIN
    ]
    if not within:
        return long
    reaching = [x for x, _, bottom in within if bottom >= place - THIN]
    return bool(reaching) and (
        long or any(abs(x - one) < THIN for x in reaching for one in rule[1:])
    )


def _joined(lines: list[Line]) -> list[Line]:
    """Lines that go on from each other as one: most programs draw each cell's side alone."""
    found: list[Line] = []
    for place, start, end in sorted(lines, key=lambda one: (round(one[0]), one[1])):
        last = found[-1] if found else None
        if last and abs(last[0] - place) < THIN / 2 and start <= last[2] + THIN:
            found[-1] = (last[0], last[1], max(last[2], end))
        else:
            found.append((place, start, end))
    return found
