"""From a flat list of blocks to the outline of a document: one engine for every format."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.contents import are_alike, without_contents
from belisha.policy.importing.counting import Piece, Run, count
from belisha.policy.importing.heads import split_off
from belisha.policy.importing.marks import mark_of
from belisha.policy.importing.tidying import begins_small, tidied
from belisha.policy.outline import Item, Outline

_DOES = re.compile(
    r"\b(?:must|should|shall|will|may|can|cannot|is|are|was|were|has|have|had|need|needs|do|does|ensure|ensures"
    r"|use|uses|cover|covers|include|includes|apply|applies|keep|make|report|ask|follow|not|never|always|agree|understand|expect|expects)\b",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"\b(?:must|should|shall|will|may|can|cannot|is|are|has|have|need|needs)\b", re.I
)
_PARTS = {"section", "part", "chapter", "appendix", "annex", "annexe", "schedule"}
_SMALL = set("a an the of and in on for to by or with within at our from as &".split())
_OPPOSED = re.compile(
    r"^(?:.* )?(?:not|never|\w+n['’]t|unacceptable|inappropriate|unsafe)(?: [\w ]+)?[:.]?$", re.I
)
_COUNT = re.compile(r"^(?:no\.?|number|#|ref(?:erence)?\.?|rule|clause|item)$", re.I)
ENOUGH = 0.5
LONGEST = 200  # letters of a heading


def outline_of(blocks: Iterable[Block], *, name: str = "", marked_up: bool = False) -> Outline:
    """The title, front matter and clauses of a document. `name` is that of its file."""
    body, names, start = without_contents(tidied(blocks, marked_up=marked_up))
    title, front, rest = split_off(body, start, name=name)
    pieces = [Piece(block) for block in rest]
    names = names + _introduced(pieces)
    for piece in pieces:
        piece.listed = (
            not piece.plain
            and _could_be_heading(piece.block)
            and any(are_alike(one, piece.printed) for one in names)
        )
    count(pieces)
    headings = _headings(pieces)
    return Outline(title, tuple(_items(pieces, headings, title)), front)


def _introduced(pieces: list[Piece]) -> list[str]:
    """Names of sections in a list that only announces them; its entries count for nothing."""
    names: list[str] = []
    place = 0
    while place < len(pieces):
        end = _end_of_list(pieces, place)
        if end - place >= 2 and _announces(pieces, place, end):
            for piece in pieces[place:end]:
                piece.plain = True
                names.append(piece.printed)
        place = max(end, place + 1)
    return names


def _end_of_list(pieces: list[Piece], start: int) -> int:
    """Where a list of short entries ends: before one that looks otherwise or begins anew."""
    end, seen = start, set[str]()
    while end < len(pieces) and _can_announce(pieces[end].block):
        block = pieces[end].block
        mark = mark_of(pieces[end].printed)
        if block.bullet != pieces[start].block.bullet or (mark and mark.printed in seen):
            break
        if mark:
            seen.add(mark.printed)
        end += 1
    return end


def _can_announce(block: Block) -> bool:
    listed = block.bullet or bool(block.number) or mark_of(block.text) is not None
    return listed and not block.heading and not block.cells and len(block.text.split()) <= 25


def _announces(pieces: list[Piece], start: int, end: int) -> bool:
    at = end
    found: list[int] = []
    for piece in pieces[start:end]:
        for place in range(at, len(pieces)):
            other = pieces[place]
            if _could_be_heading(other.block) and _is_named_by(piece, other):
                found.append(place)
                at = place + 1
                break
    gaps = [after - before for before, after in pairwise(found)]
    return len(found) >= max(2, 0.8 * (end - start)) and sum(gaps) > 1.5 * len(gaps)


def _is_named_by(entry: Piece, other: Piece) -> bool:
    mark = mark_of(other.printed)
    name = mark.rest if mark else other.printed
    return not begins_small(name) and are_alike(entry.printed, other.printed)


def _could_be_heading(block: Block) -> bool:
    words = len(block.text.split())
    if not (block.number or block.heading or mark_of(block.text)) and block.text.endswith("."):
        return words <= 8
    return not block.bullet and not block.cells and words <= 30


# --- what is a heading ----------------------------------------------------------------------------


def _headings(pieces: list[Piece]) -> set[int]:
    """The places of all headings."""
    after: list[Piece | None] = [*pieces[1:], None][: len(pieces)]
    scores: dict[int, float] = {}
    runs: dict[int, Run] = {}
    following: dict[int, Run | None] = {}
    for piece, later in zip(pieces, after, strict=True):
        if piece.run:
            scores[id(piece)] = _score(piece, later)
            following[id(piece)] = later.run if later else None
            runs[id(piece.run)] = piece.run
    families: dict[str, list[float]] = defaultdict(list)
    for run in runs.values():
        families[run.shape if run.before else str(id(run))] += [
            scores[id(member)] for member in run.members
        ]
    for run in runs.values():
        own = [scores[id(member)] for member in run.members]
        mean = sum(own) / len(own)
        if run.before and len(own) < 3:
            family = families[run.shape]
            mean = (mean + sum(family) / len(family)) / 2
        # Headings have something below them: what only follows itself is a list.
        bare = sum(following[id(member)] is run for member in run.members)
        styled = any(_of_style(member.block) for member in run.members)
        run.is_headings = mean >= ENOUGH and (styled or 2 * bare < len(own))
    styled = any(piece.block.heading for piece in pieces) or (
        sum(_stands_out(piece.block) for piece in pieces) >= 2
    )
    mostly_bold = sum(piece.block.bold for piece in pieces) > 0.5 * len(pieces)
    return {
        place
        for place, piece in enumerate(pieces)
        if len(piece.printed) <= LONGEST
        and (
            _is_numbered_heading(piece, scores[id(piece)])
            if piece.run
            else _is_heading(pieces, place, styled=styled, mostly_bold=mostly_bold)
        )
    }


def _stands_out(block: Block) -> bool:
    return (block.bold or block.size > 1.1) and len(block.text.split()) <= 14 and not block.bullet


def _is_numbered_heading(piece: Piece, score: float) -> bool:
    if piece.run is None:
        return False
    if piece.run.is_headings:
        return score > -3.5
    # One that is set as a heading among clauses is one nevertheless.
    return bool(piece.block.heading and score >= 3 and len(piece.text.split()) <= 12)


def _score(piece: Piece, following: Piece | None) -> float:
    """How much a numbered line looks like a heading."""
    text, block = piece.text, piece.block
    words = len(text.split())
    score = 1.0 if words <= 6 else 0.5 if words <= 12 else -1.0 if words <= 20 else -3.0
    if text.endswith((";", ",")):
        score -= 2.0
    elif text.endswith((".", ":")):
        score -= 1.0
    if _DUTY.search(text):
        score -= 1.5
    elif _DOES.search(text):
        score -= 0.5
    if _is_capitals(text):
        score += 2.0
    elif _is_titled(text):
        score += 1.0
    if begins_small(text):
        score -= 1.5
    says = text.endswith((".", ":")) and words > 4  # a style of headings may hold clauses
    score += _of_style(block) - 2.0 * (says and bool(block.heading)) + 3.0 * piece.listed
    if block.number and not _of_style(block):
        score -= 1.5  # an item of a list that the format counts
    if block.bullet:
        score -= 2.0
    mark = piece.mark
    if mark and mark.label in _PARTS:
        score += 2.0
    elif mark and mark.label:
        score -= 1.0
    if mark and mark.readings and mark.readings[0][0].endswith("upper") and not mark.before:
        score += 0.5
    return score + _followed(piece, following)


def _of_style(block: Block) -> float:
    score = 3.0 if block.heading else 0.0
    score += 2.0 if block.bold else 0.0
    return score + (2.0 if block.size > 1.1 else 0.0)


def _followed(piece: Piece, following: Piece | None) -> float:
    if following is None:
        return -1.0
    if following.run is piece.run:
        return -2.0
    if following.run and following.mark and piece.mark:
        if following.mark.before and following.mark.before[-1] == piece.mark.bare.removesuffix(
            ".0"
        ).strip("()."):
            return 2.0  # 1 and then 1.1
        return 0.5 if following.mark.readings[:1] and following.mark.readings[0][1] == 1 else -1.0
    if following.block.bullet:
        return 0.5 if piece.text.endswith(":") else 1.0
    return 1.5


def _is_heading(pieces: list[Piece], place: int, *, styled: bool, mostly_bold: bool) -> bool:
    """Whether a line without a number is a heading."""
    piece = pieces[place]
    block, text = piece.block, piece.block.text
    words = len(text.split())
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    if block.bullet or block.cells or piece.plain or not text or block.number:
        return False
    if block.heading or block.title:
        return words <= 30
    if following is None or words > 20 or not re.search(r"[A-Za-z]{2}", text):
        return False
    if piece.listed and words <= 25:
        return True
    if following.block.heading and any(one.block.heading for one in pieces[:place]):
        return False  # else nothing would stand below it
    if text.endswith((",", ";")) or begins_small(text):
        return False
    if _is_capitals(text) and words <= 14:
        return True
    if (block.bold and not mostly_bold) or block.size > 1.12:
        if _DUTY.search(text) and text.endswith((":", ".")):
            return False
        return words <= 14 and not (text.endswith(".") and words > 6)
    return not styled and _is_bare_heading(pieces, place)


def _is_bare_heading(pieces: list[Piece], place: int) -> bool:
    """Where nothing is set apart, a heading is a short line that is no sentence, before a text."""
    text = pieces[place].block.text
    following = pieces[place + 1]
    before = pieces[place - 1] if place else None
    words = text.split()
    if len(words) > 9 or not text[:1].isupper() or text.endswith((".", ":", "!")):
        return False
    if (
        _DUTY.search(text)
        and not text.endswith("?")
        and not re.match(r"(?:how|what|who|when|why|where)\b", text, re.I)
    ):
        return False
    if pieces[place].block.level:
        return False
    if before and not before.run and not before.block.bullet and before.text.endswith((",", ":")):
        return False
    return (
        following.run is not None
        or following.block.bullet
        or bool(following.block.cells)
        or (len(following.text.split()) > len(words))
    )


def _is_capitals(text: str) -> bool:
    letters = [mark for mark in text if mark.isalpha()]
    return len(letters) >= 4 and all(mark.isupper() for mark in letters)


def _is_titled(text: str) -> bool:
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", text) if word.lower() not in _SMALL]
    return len(words) >= 2 and all(word[0].isupper() for word in words)


# --- the items ------------------------------------------------------------------------------------


def _items(pieces: Sequence[Piece], headings: set[int], title: str) -> Iterable[Item]:
    heading = section = ""
    above: list[tuple[Run, int]] = []
    shown = None  # the numbered item before, with how deep it is set
    waiting = False  # a heading that is only a number: its name follows
    columns: tuple[str, ...] = ()
    for place, piece in enumerate(pieces):
        block = piece.block
        if place in headings and not _says_all(pieces, headings, place):
            line = piece.printed
            if waiting and not piece.run:
                heading, waiting = f"{heading} {line}", False
            else:
                heading = line
                mark = piece.mark if piece.run else None
                section = mark.bare.strip("()[]") if mark else ""
                waiting = bool(mark and mark.label and not mark.rest)
            above, shown = [], None
            continue
        waiting = False
        if _names_columns(block) and _has_rows(pieces, place):
            columns = block.cells
            continue
        columns = columns if len(block.cells) == len(columns) else ()
        text = re.sub(r"\s+", " ", _row(block, columns) if block.cells else piece.text).strip()
        if block.cells and (mark := mark_of(f"{block.cells[0]} X")) and mark.rest == "X":
            yield Item(
                mark.printed, heading, _row(replace(block, cells=block.cells[1:])), section, 1
            )
            continue
        if not text:
            continue
        if piece.run and piece.mark:
            level = _level(piece, above)
            shown = (level, block.level)
            yield Item(piece.mark.printed, heading, text, section, level)
        elif block.bullet or piece.plain:
            text = piece.printed if piece.plain else text
            level = max(block.level, 1)
            if shown:
                level = max(shown[0] + block.level - shown[1], 1)
            yield Item("", heading, text, section, level)
        else:
            if block.level == 0:
                shown = None
            yield Item("", heading, text, section, block.level)


def _says_all(pieces: Sequence[Piece], headings: set[int], place: int) -> bool:
    """Whether what looks like a heading has nothing below it, and so must be a clause itself."""
    piece = pieces[place]
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    if not piece.run or piece.block.heading or piece.block.bold or piece.listed:
        return False
    return following is None or (following.run is piece.run and place + 1 in headings)


def _level(piece: Piece, above: list[tuple[Run, int]]) -> int:
    """How many lists stand around a numbered item, its own among them."""
    run = piece.run
    assert run and piece.mark
    for place, (other, level) in enumerate(above):
        if other is run:
            del above[place + 1 :]
            return level
    if run.before:
        kept = [pair for pair in above if len(pair[0].before) < len(run.before)]
        above[:] = [pair for pair in kept if pair[0].before or _is_over(pair[0], run)]
    else:
        while above and above[-1][0].members[-1].block.level > piece.block.level:
            above.pop()
        if (
            above
            and piece.block.number
            and above[-1][0].members[-1].block.level >= piece.block.level
        ):
            above.pop()
    level = above[-1][1] + 1 if above else 1
    above.append((run, level))
    return level


def _is_over(outer: Run, inner: Run) -> bool:
    return any(
        member.mark and member.mark.printed.strip("()") == ".".join(inner.before)
        for member in outer.members
    )


def _names_columns(block: Block) -> bool:
    """Whether a row says what stands below: ``We will | We will not``, ``No. | Rule``."""
    short = len(block.cells) > 1 and all(len(cell.split()) <= 6 for cell in block.cells)
    opposed = len(block.cells) == 2 and _OPPOSED.search(block.cells[1]) is not None
    return block.names or (short and (opposed or bool(_COUNT.match(block.cells[0]))))


def _has_rows(pieces: Sequence[Piece], place: int) -> bool:
    """Whether rows stand below a row of names, or clauses that a narrow table makes."""
    following = pieces[place + 1] if place + 1 < len(pieces) else None
    if following is None or _names_columns(following.block):
        return False
    names = pieces[place].block.cells
    if following.block.cells:
        return len(following.block.cells) == len(names)
    return len(names) == 2 and following.run is not None and bool(_COUNT.match(names[0]))


def _row(block: Block, columns: Sequence[str] = ()) -> str:
    """A row of a table as a text, with the names of its columns."""
    cells = [re.sub(r"\s+", " ", cell) for cell in block.cells if cell]
    if columns:
        named = zip(columns, block.cells, strict=True)
        return " | ".join(f"{name}: {cell}".strip(": ") for name, cell in named if cell)
    if len(cells) == 2 and not cells[0].endswith((".", ":", "?", "!")):
        return ": ".join(cells)
    return (" " if len(cells) == 2 else " | ").join(cells)
