"""Print in columns: the white space that parts a page, and the lines on each side of it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from belisha.policy.importing.printed_lines import Letter, Line, lines_in, with_margin


def in_reading_order(pages: Sequence[list[Line]], widths: Sequence[float]) -> list[Line]:
    """All lines as they are read, given those of each page and how wide it is."""
    gutters = [_gutter(lines, width) for lines, width in zip(pages, widths, strict=True)]
    usual = Counter(filter(None, gutters)).most_common(1)
    ordered = []
    for lines, gutter in zip(pages, gutters, strict=True):
        if gutter is None and usual and _fits(lines, usual[0][0]):
            gutter = usual[0][0]
        ordered += _in_columns(lines, gutter)
    if not usual:
        with_margin(ordered)  # all pages have one margin, however short the lines of one
    return ordered


def _in_columns(lines: list[Line], gutter: float | None) -> list[Line]:
    """The lines of a page as they are read: the left column before the right one."""
    if gutter is None:
        return with_margin(lines)
    ordered: list[Line] = []
    held: list[Line] = []
    for line in lines:
        within = line.x1 <= gutter or gutter <= line.x0
        if not within and (line.cells or _crosses(line, gutter)):
            ordered += [*_by_side(held, gutter), line]
            held = []
            line.right = line.x1
        else:
            held.append(line)
    return [*ordered, *_by_side(held, gutter)]


def _by_side(lines: list[Line], gutter: float) -> list[Line]:
    return [line for side in _sides(lines, gutter) for line in with_margin(side)]


def _sides(lines: list[Line], gutter: float) -> Iterator[list[Line]]:
    """Lines made anew on each side of a gutter: those of two columns need not stand level."""
    for column in (0, 1):
        rows = [line for line in lines if line.cells and (line.x0 >= gutter) == bool(column)]
        letters = [
            one
            for line in lines
            for one in line.letters
            if not line.cells and (one.x0 >= gutter) == bool(column)
        ]
        made = [*rows, *(lines_in(letters, lines[0].page) if letters else [])]
        for line in made:
            line.column = column
        yield sorted(made, key=lambda line: line.y)


def _crosses(line: Line, gutter: float) -> bool:
    before = [one for one in _inked(line) if one.x0 < gutter]
    after = [one for one in _inked(line) if one.x1 > gutter]
    if not before or not after:
        return False
    last, first = max(before, key=lambda one: one.x1), min(after, key=lambda one: one.x0)
    return first.x0 - last.x1 < 0.8 * min(last.size, first.size)


def _gutter(lines: list[Line], width: float) -> float | None:
    """Where the white space between two columns of text is, or None for one column."""
    lines = [line for line in lines if not line.cells]
    best: tuple[int, float] | None = None
    for step in range(40, 61):
        x = width * step / 100
        parted = [line for line in lines if not _crosses(line, x)]
        crossing = len(lines) - len(parted)
        if len(lines) < 8 or crossing > 0.35 * len(lines) or (best and crossing >= best[0]):
            continue
        sides = list(_sides(parted, x))
        filled = sum(map(_is_filled, sides))
        # A last column may be short: then no line at all may cross.
        if filled == 2 or (filled and not crossing and min(map(len, sides)) > 2):
            best = (crossing, x)
    return best[1] if best else None


def _fits(lines: list[Line], gutter: float) -> bool:
    """Whether the gutter of other pages parts the lines of a page that are too few to show one."""
    both = sum(_parts(line, gutter) for line in lines)
    return both > 1 and not any(_crosses(line, gutter) for line in lines)


def _inked(line: Line) -> list[Letter]:
    return [one for one in line.letters if one.text.strip()]


def _parts(line: Line, x: float) -> bool:
    return line.x0 < x < line.x1 and not _crosses(line, x)


def _is_filled(lines: list[Line]) -> bool:
    """Whether one side is running text and not the cells of a table."""
    if len(lines) < 6:
        return False
    left = min(line.x0 for line in lines)
    longest = max(line.x1 for line in lines) - left
    long = sum(line.x1 - left > 0.75 * longest for line in lines)
    usual = Counter(round(line.x0 / 4) for line in lines).most_common(1)[0][1]
    return longest > 90 and long >= max(4, 0.2 * len(lines)) and usual >= 0.3 * len(lines)
