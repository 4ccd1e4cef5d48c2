"""Print: lines put together to the paragraphs, headings and items that a page breaks them from."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.contents import ends_with_page
from belisha.policy.importing.front import goes_on_as_school, is_school, labelled
from belisha.policy.importing.marks import mark_of, without_bullet
from belisha.policy.importing.printed_lines import Line, begins
from belisha.policy.importing.rows import blocks_of_row

_INDENT = 14.0  # points of indentation that make a level
_KEPT = re.compile(
    r"(?:^|[^\w])(?:self|anti|non|co|pre|post|cyber|e|on|off|well|ex|multi|inter|up|one|full|part|long|short|high"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-$",
    re.I,
)
_UNENDED = re.compile(r"\b(?:the|an?|of|and|or|which|their|our|its|this)$")


@dataclass
class _Paragraph:
    lines: list[Line] = field(default_factory=list)
    is_spaced: bool = False  # whether there is more space above it than between lines

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def hang(self) -> float:
        """Where its lines begin after the first."""
        return self.last.x0 if len(self.lines) > 1 else self.lines[0].inner


def blocks_in(lines: list[Line]) -> Iterator[Block]:
    if not lines:
        return
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    usual = weights.most_common(1)[0][0]
    pitch = _pitch(lines)
    words = _whole_words(lines)
    edges: dict[tuple[int, int], float] = {}
    for line in lines:
        key = (line.page, line.column)
        edges[key] = min(edges.get(key, line.x0), line.x0)
    base = min(edges.values())
    paragraphs: list[_Paragraph] = []
    for line in lines:
        if paragraphs and _goes_on(paragraphs[-1], line, pitch):
            paragraphs[-1].lines.append(line)
        else:
            before = paragraphs[-1].last if paragraphs else None
            spaced = before is not None and line.y - before.y > 1.2 * _usual(line, pitch)
            paragraphs.append(_Paragraph([line], spaced))
    for paragraph in paragraphs:
        first = paragraph.lines[0]
        if first.cells:
            yield from blocks_of_row([list(blocks_in(cell)) for cell in first.cells])
            continue
        left = edges[first.page, first.column] if first.column else base
        yield _block(paragraph, left, usual, words)


def _whole_words(lines: list[Line]) -> Counter[str]:
    """How often each word stands whole on a line."""
    words: Counter[str] = Counter()
    broken = False
    for line in lines:
        found = re.findall(r"[a-z]+(?:-[a-z]+)*", line.text.lower())
        ends = line.text.endswith("-")
        words.update(found[broken : -1 if ends else None])
        broken = ends
    return words


def _pitch(lines: list[Line]) -> dict[float, float]:
    """The usual distance between two lines of one paragraph, by the size of the letters."""
    gaps: dict[float, list[float]] = {}
    for before, after in pairwise(lines):
        if (
            before.page == after.page
            and before.column == after.column
            and before.size == after.size
        ):
            gap = after.y - before.y
            if 0.8 * after.size < gap < 2.6 * after.size:
                gaps.setdefault(after.size, []).append(round(gap, 1))
    return {size: _smallest_usual(found) for size, found in gaps.items()}


def _smallest_usual(gaps: list[float]) -> float:
    """The least distance that comes often."""
    counts = Counter(gaps)
    often = max(2, 0.15 * len(gaps))
    return min((gap for gap, count in counts.items() if count >= often), default=min(gaps))


def _goes_on(paragraph: _Paragraph, line: Line, pitch: dict[float, float]) -> bool:
    """Whether a line belongs to the paragraph before it."""
    before, mark = paragraph.last, begins(line)
    if before.cells or line.cells or abs(line.size - before.size) > 0.08 * before.size:
        return False
    if ends_with_page(before.text) or (line.page == 0 and _is_of_cover(before, line)):
        return False
    is_open, is_alike = _is_open(before, line), _is_alike(paragraph, line)
    ended = before.text.endswith((".", ":", ";", "!", "?"))
    listed = ended or not is_open or _is_of_one_list(paragraph, line)
    if mark == "strong" or (mark and listed):
        return False
    small = line.text[:1].islower()
    if before.bold != line.bold and (_is_whole_bold(paragraph) or line.bold):
        capital = not small and (before.bold or not _UNENDED.search(before.text))
        if mark or capital or not (is_open and is_alike):
            return False
    if line.page != before.page or line.column != before.column:
        unfinished = not ended and not before.text.endswith("”")
        return unfinished and (small or is_open) and not before.bold
    gap, usual = line.y - before.y, _usual(line, pitch)
    if gap < 0 or gap > (1.08 if ended else 1.2) * usual:
        return False
    if mark and line.inner > line.x0 and abs(line.x0 - paragraph.hang) > 2:
        return False
    # Where space parts the clauses, a line without it goes on with one, however short the last.
    soft = paragraph.is_spaced and ended and not mark and begins(paragraph.lines[0]) == "strong"
    return is_alike and (soft or is_open)


def _is_of_one_list(paragraph: _Paragraph, line: Line) -> bool:
    ours, theirs = mark_of(line.text), mark_of(paragraph.lines[0].text)
    return bool(ours and theirs and ours.shape == theirs.shape)


def _usual(line: Line, pitch: dict[float, float]) -> float:
    return pitch.get(line.size, 1.25 * line.size)


def _is_of_cover(before: Line, line: Line) -> bool:
    """Whether two lines of a first page tell different things of the document."""
    label, colon, _ = line.text.partition(":")
    named = is_school(before.text) and not goes_on_as_school(before.text, line.text)
    new = bool(colon and labelled(label)) and not _UNENDED.search(before.text)
    return named or new


def _is_whole_bold(paragraph: _Paragraph) -> bool:
    return all(line.bold for line in paragraph.lines)


def _is_alike(paragraph: _Paragraph, line: Line) -> bool:
    """Whether a line begins where those of the paragraph do. The middle of a page is alike, too."""
    first = paragraph.lines[0]
    if len(paragraph.lines) > 1:
        return abs(line.x0 - paragraph.hang) < 3 or _is_centred(paragraph, line)
    near_hang = abs(line.x0 - first.inner) < 4 or abs(line.x0 - first.x0) < 4
    return (
        near_hang
        or _is_centred(paragraph, line)
        or (first.inner == first.x0 and 0 < first.x0 - line.x0 < 40)
        or (first.inner > first.x0 and first.x0 - 2 < line.x0 < first.inner + 20)
    )


def _is_centred(paragraph: _Paragraph, line: Line) -> bool:
    before, first = paragraph.last, paragraph.lines[0]
    away = abs((before.x0 + before.x1) - (line.x0 + line.x1))
    return first.inner == first.x0 and away < max(4, 0.6 * line.size)


def _is_open(before: Line, line: Line) -> bool:
    """Whether the next word would not have fitted on the line before, or it ends on none."""
    word = line.text.split()[0] if line.text.split() else ""
    wide = sum(one.x1 - one.x0 for one in line.letters if one.text.strip()) / max(
        1, sum(len(one.text) for one in line.letters if one.text.strip())
    )
    if before.text.endswith("-") or _UNENDED.search(before.text):
        return True
    return before.x1 + wide * (len(word) + 0.5) > before.right - 0.4 * line.size


def _block(paragraph: _Paragraph, left: float, usual: float, words: Counter[str]) -> Block:
    first = paragraph.lines[0]
    text = first.text
    for line in paragraph.lines[1:]:
        text = _joined(text, line.text, words)
    if first.size < 0.92 * usual:
        text = re.sub(r"^[\d*†‡]{1,2}\s?(?=[A-Z])", "", text)  # the mark of a footnote
    listed = without_bullet(text) is not None or mark_of(text) is not None
    level = max(0, min(round((first.x0 - left) / _INDENT), 8)) if listed else 0
    return Block(
        text,
        level=level,
        bold=_is_whole_bold(paragraph),
        size=round(first.size / usual, 2),
    )


def _joined(before: str, after: str, words: Counter[str]) -> str:
    if before.endswith(("-", "\u2010")) and len(before) > 1 and before[-2].isalpha():
        head = re.search(r"[A-Za-z]+$", before[:-1])
        tail = re.match(r"[A-Za-z]+", after)
        if head and tail and (after[:1].islower() or f"{head[0]}{tail[0]}".isupper()):
            one, other = head[0].lower(), tail[0].lower()
            both = words[one] and words[other]
            kept = not words[one + other] and (both or bool(_KEPT.search(before)))
            keep = words[f"{one}-{other}"] > 0 or kept
            return before + after if keep else before[:-1] + after
        return before + after
    if before.endswith(("/", "–")) and not before.endswith(" –"):
        return before + after
    return f"{before} {after}"
