"""Print: letters on a page, put together to lines and to rows of tables."""

import re
import statistics
from collections import Counter
from dataclasses import dataclass, field

from belisha.policy.importing.grids import THIN, Box, Row, rows_in
from belisha.policy.importing.marks import mark_of, without_bullet

_SPACE = 10.0  # points between two cells that no post parts


@dataclass(frozen=True)
class Letter:
    text: str
    x0: float
    x1: float
    y: float  # of the baseline, from the top of the page
    size: float
    bold: bool


@dataclass
class Page:
    width: float
    height: float
    letters: list[Letter]
    drawn: list[Box]


@dataclass(eq=False)
class Line:
    """A line of text, the part of one that stands in a column, or a row of a table: then `cells`
    holds the lines of each cell."""

    letters: list[Letter]
    page: int
    x0: float = 0.0
    x1: float = 0.0
    y: float = 0.0
    size: float = 0.0
    bold: bool = False
    text: str = ""
    inner: float = 0.0  # where the text begins after a number or a bullet
    column: int = 0
    right: float = 0.0  # the right margin of its column
    cells: list[list["Line"]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.letters.sort(key=lambda one: one.x0)
        inked = [one for one in self.letters if one.text.strip()] or self.letters
        self.x0 = inked[0].x0
        self.x1 = max(one.x1 for one in inked)
        weights: Counter[float] = Counter()
        for one in self.letters:
            weights[one.size] += one.text != " "
        self.size = weights.most_common(1)[0][0]
        ours = [one for one in self.letters if one.size == self.size] or self.letters
        self.y = statistics.median(one.y for one in ours)
        seen = [one for one in self.letters if one.text.strip() and one.text not in "•–-"]
        self.bold = bool(seen) and all(one.bold for one in seen)
        self._set_text()

    def _set_text(self) -> None:
        parts: list[str] = []
        before: Letter | None = None
        self.inner = self.x0
        for one in self.letters:
            if (
                one.size < 0.78 * self.size
                and one.y < self.y - 0.2 * self.size
                and (re.match(r"[\d*†‡]", one.text))
            ):
                continue  # the raised number of a footnote
            if before is not None:
                gap = one.x0 - before.x1
                if gap > 0.9 * self.size and not (parts and parts[-1] == "\t"):
                    while parts and parts[-1] == " ":
                        parts.pop()
                    parts.append("\t")
                elif gap > 0.16 * self.size and parts and parts[-1] not in (" ", "\t"):
                    parts.append(" ")
            if one.text != " " or (parts and parts[-1] not in (" ", "\t")):
                parts.append(one.text)
            if one.text != " ":
                before = one
        self.text = "".join(parts).strip()
        self._find_inner()

    def _find_inner(self) -> None:
        """Where the text begins after a number, also where only a space parts them."""
        rest = without_bullet(self.text)
        if rest is None:
            mark = mark_of(self.text)
            rest = mark.rest if mark else None
        if not rest:
            return
        skip = sum(not letter.isspace() for letter in self.text) - sum(
            not letter.isspace() for letter in rest
        )
        shown = [one for one in self.letters for _ in one.text if one.text.strip()]
        if 0 < skip < len(shown):
            self.inner = shown[skip].x0


def lines_of(page: Page, number: int) -> list[Line]:
    """The lines of one page, with each row of a table as one."""
    left = page.letters
    found: list[Line] = []
    for row in rows_in(page.drawn):
        inside = [one for one in left if _is_inside(one, row)]
        cells = [with_margin(lines_in(cell, number)) for cell in _cells(row, inside)]
        if sum(map(bool, cells)) < 2 or (not row.is_parted and any(_is_list(one) for one in cells)):
            continue
        held = set(map(id, inside))
        left = [one for one in left if id(one) not in held]
        found.append(Line(inside, number, cells=cells))
    return sorted([*lines_in(left, number), *found], key=lambda line: line.y)


def _is_inside(one: Letter, row: Row) -> bool:
    return row.top < one.y < row.bottom + THIN and row.posts[0] - THIN < one.x0 < row.posts[-1]


def _cells(row: Row, letters: list[Letter]) -> list[list[Letter]]:
    """The letters of a row by cells: between its posts, or where white space goes through it."""
    ends = list(row.posts[1:])
    if not row.is_parted:
        inked = sorted((one for one in letters if one.text.strip()), key=lambda one: one.x0)
        ends, reach = [], inked[0].x1 if inked else 0.0
        for one in inked:
            if one.x0 - reach > _SPACE:
                ends.append(one.x0 - 1)
            reach = max(reach, one.x1)
        ends.append(row.posts[-1])
    cells: list[list[Letter]] = [[] for _ in ends]
    for one in letters:
        middle = (one.x0 + one.x1) / 2
        at = next((place for place, end in enumerate(ends) if middle < end), len(ends) - 1)
        cells[at].append(one)
    return cells


def _is_list(lines: list[Line]) -> bool:
    return sum(begins(line) == "strong" for line in lines) > 1


def lines_in(letters: list[Letter], page: int) -> list[Line]:
    """The letters of one page by their baselines, from the top. What is set twice counts once."""
    rows: list[list[Letter]] = []
    seen: set[tuple[str, int, int]] = set()
    for one in sorted(letters, key=lambda one: (round(one.y, 1), one.x0)):
        place = (one.text, round(one.x0), round(one.y))
        if place in seen and one.text.strip():
            continue
        seen.add(place)
        row = next((row for row in reversed(rows[-4:]) if _is_of(row, one)), None)
        if row is None:
            rows.append([one])
        else:
            row.append(one)
    return [Line(row, page) for row in rows if any(one.text.strip() for one in row)]


def _is_of(row: list[Letter], one: Letter) -> bool:
    """Whether a letter stands on the line of others. What is raised belongs to the larger ones."""
    biggest = max(row, key=lambda other: other.size)
    away = abs(biggest.y - one.y)
    if away < 0.45 * min(biggest.size, one.size):
        return True
    reach = max(biggest.size, one.size)
    return away < 0.45 * reach and any(
        other.x0 - reach < one.x1 and one.x0 < other.x1 + reach for other in row
    )


def with_margin(lines: list[Line]) -> list[Line]:
    """Say where the right margin is: a little left of the longest lines'."""
    if lines:
        right = max(line.x1 for line in lines)
        for line in lines:
            line.right = right
    return lines


def begins(line: Line) -> str:
    """Whether a line begins with a bullet or a number, certainly or perhaps."""
    if without_bullet(line.text) is not None and not line.text.startswith(("-", "–", "—", "*")):
        return "strong"
    if without_bullet(line.text) is not None:
        return "weak"
    mark = mark_of(line.text)
    if not mark or (mark.rest[:1].islower() and mark.weak and not mark.before):
        return ""
    if mark.printed.isalpha() and mark.printed.islower() and mark.rest[:1].isupper():
        return "strong"
    if mark.weak or mark.label or not mark.rest:
        return "weak"
    small = mark.rest[:1].islower() and not mark.printed.startswith("(")
    return "weak" if small else "strong"
