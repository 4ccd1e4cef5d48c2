"""Which list does a number belong to? Every number is given to the list that it goes on with."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.marks import Mark, mark_of, numbered

NO_LIST = 6.0


@dataclass(eq=False)
class Piece:
    """A block, and what is known of its number: `run` is the list that it counts in."""

    block: Block
    listed: bool = False  # a contents page names it
    plain: bool = False  # its number is not to be read: it only names a section
    mark: Mark | None = None
    run: "Run | None" = None

    @property
    def text(self) -> str:
        return self.mark.rest if self.run and self.mark else self.block.text

    @property
    def printed(self) -> str:
        """The whole line as printed."""
        block = self.block
        return re.sub(r"\s+", " ", f"{block.number} {block.text}").strip()


@dataclass(eq=False)
class Run:
    """One list: its numbers look alike and count on."""

    shape: str
    before: tuple[str, ...]
    style: str
    last: int
    members: list[Piece] = field(default_factory=list)
    is_headings: bool = False


def count(pieces: list[Piece]) -> None:
    """Give every piece that has a number its mark and its run."""
    for piece in pieces:
        if not piece.plain and not piece.block.cells:
            piece.mark = _mark(piece.block)
    _doubt(pieces)
    open_runs: list[Run] = []
    compound: dict[tuple[str, tuple[str, ...]], Run] = {}
    for piece in pieces:
        if piece.mark is None:
            if piece.block.heading and not piece.block.bullet:
                _rank_down(open_runs)
        elif piece.mark.before:
            _join_compound(piece, compound)
        else:
            _join(piece, open_runs)


def _mark(block: Block) -> Mark | None:
    return numbered(block.number, block.text) if block.number else mark_of(block.text)


def _doubt(pieces: list[Piece]) -> None:
    """Take away marks that may be words and that no neighbour counts with."""
    values: dict[tuple[str, tuple[str, ...], str], set[int]] = defaultdict(set)
    for piece in pieces:
        if piece.mark:
            for style, value in piece.mark.readings:
                values[piece.mark.shape, piece.mark.before, style].add(value)
    for piece in pieces:
        mark = piece.mark
        if not mark or piece.block.number:
            continue
        near = any(
            {value - 1, value + 1} & values[mark.shape, mark.before, style]
            for style, value in mark.readings
        )
        stands_out = piece.block.heading or piece.block.bold or piece.listed
        if (mark.weak and not near and not stands_out) or not mark.rest:
            if mark.rest or not mark.label:
                piece.mark = None
        elif mark.shape.startswith("11") and not near and mark.readings[0][1] > 20:
            piece.mark = None  # a time of day


def _join_compound(piece: Piece, runs: dict[tuple[str, tuple[str, ...]], Run]) -> None:
    mark = piece.mark
    assert mark
    key = (mark.shape, mark.before)
    run = runs.get(key)
    readings = dict(mark.readings)
    if run is None or not (run.style in readings and readings[run.style] > run.last - 1):
        style, value = mark.readings[0]
        run = runs[key] = Run(mark.shape, mark.before, style, value)
    run.last = readings[run.style]
    run.members.append(piece)
    piece.run = run


def _rank_down(open_runs: list[Run]) -> None:
    """After a heading only the outermost list goes on for certain."""
    del open_runs[3:]


def _join(piece: Piece, open_runs: list[Run]) -> None:
    mark = piece.mark
    assert mark
    best: tuple[float, Run | None, str, int] = (NO_LIST, None, "", 0)
    for style, value in mark.readings:
        for depth, run in enumerate(reversed(open_runs)):
            if run.shape != mark.shape or run.style != style:
                continue
            cost = _step(value - run.last) + 0.1 * depth + _distance(piece, run)
            best = min(best, (cost, run, style, value), key=lambda one: one[0])
        new = _beginning(piece, mark, value) + (
            0.2 if style.startswith("letter") and value > 1 else 0
        )
        best = min(best, (new, None, style, value), key=lambda one: one[0])
    cost, found, style, value = best
    if cost >= NO_LIST:
        if not piece.block.number:
            return
        style, value = mark.readings[0] if mark.readings else ("other", 1)
    if found is None:
        while open_runs and open_runs[-1].members[-1].block.level > piece.block.level:
            open_runs.pop()
        found = Run(mark.shape, (), style, value)
        open_runs.append(found)
    else:
        del open_runs[open_runs.index(found) + 1 :]
    found.last = value
    found.members.append(piece)
    piece.run = found


def _step(distance: int) -> float:
    """What it costs to go on by so many."""
    if distance == 1:
        return 0.0
    if distance in (2, 3):
        return 2.0
    return 4.0 if 0 <= distance < 8 else NO_LIST


def _beginning(piece: Piece, mark: Mark, value: int) -> float:
    """What it costs to begin a list here."""
    if value == 1:
        return 1.0
    if piece.block.number or (mark.label and value < 40):
        return 3.5
    if mark.readings[0][0] == "1" and value < 100 and not mark.weak:
        return 4.0
    return NO_LIST if mark.weak and not (piece.block.bold or piece.block.heading) else 5.0


def _distance(piece: Piece, run: Run) -> float:
    """How unlike the last of a list a piece looks."""
    one, other = piece.block, run.members[-1].block
    unlike = 0.8 * min(abs(one.level - other.level), 2)
    unlike += 0.9 * (one.bold != other.bold)
    unlike += 1.5 * (bool(one.heading) != bool(other.heading) or one.heading != other.heading)
    unlike += 0.9 * (abs(one.size - other.size) > 0.08)
    unlike += 0.5 * (bool(one.number) != bool(other.number))
    unlike += 1.5 * (piece.listed != run.members[-1].listed)
    unlike += 0.4 * (one.bullet != other.bullet)
    unlike += 0.6 * (is_sentence(piece) != is_sentence(run.members[-1]))
    return unlike


def is_sentence(piece: Piece) -> bool:
    """Whether a text reads like a sentence rather than like a name."""
    text = piece.mark.rest if piece.mark else piece.block.text
    return len(text.split()) > 8 or text.endswith((".", ";", ",", ":"))
