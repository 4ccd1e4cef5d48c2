"""PDF: letters on pages, put together to lines, columns and paragraphs again."""

import io
import logging
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTLine, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.contents import ends_with_page
from belisha.policy.importing.front import POLICY, goes_on_as_school, is_school, labelled, pairs_in
from belisha.policy.importing.grids import THIN, Box, Row, rows_in
from belisha.policy.importing.marks import mark_of, without_bullet
from belisha.policy.importing.rows import blocks_of_row
from belisha.policy.importing.unreadable import Unreadable

PAGES = 300
LETTERS = 2_000_000
_BOLD = re.compile(r"bold|black|heavy|demi|semib", re.IGNORECASE)
_INDENT = 14.0  # points of indentation that make a level
_SPACE = 10.0  # points between two cells that no post parts
_KEPT = re.compile(
    r"(?:^|[^\w])(?:self|anti|non|co|pre|post|cyber|e|on|off|well|ex|multi|inter|up|one|full|part|long|short|high"
    r"|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-$",
    re.I,
)
_UNENDED = re.compile(r"\b(?:the|an?|of|to|in|and|or|for|with|by|on|at|from|which|their)$")
BROKEN = "This PDF is damaged and cannot be read. Print it to a new PDF and try again."


@dataclass(frozen=True)
class _Letter:
    text: str
    x0: float
    x1: float
    y: float  # of the baseline, from the top of the page
    size: float
    bold: bool


@dataclass
class _Page:
    width: float
    height: float
    letters: list[_Letter]
    drawn: list[Box]


@dataclass(eq=False)
class _Line:
    """A line of text, the part of one that stands in a column, or a row of a table: then `cells`
    holds the lines of each cell."""

    letters: list[_Letter]
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
    cells: list[list["_Line"]] = field(default_factory=list)

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
        before: _Letter | None = None
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


class _Letters(PDFLayoutAnalyzer):
    """Takes the pages as they come, without pdfminer's own guess at their layout."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager, laparams=None)
        self.pages: list[_Page] = []

    def receive_layout(self, ltpage: LTPage) -> None:
        page = _Page(ltpage.width, ltpage.height, [], [])
        _collect(ltpage, page, ltpage.y1)
        self.pages.append(page)


def read_printed(data: bytes) -> list[Block]:
    """The blocks of a PDF; raises Unreadable."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages = _pages(data)
    letters = sum(len(page.letters) for page in pages)
    if letters < 20:
        raise Unreadable(
            "This PDF holds pictures of pages, not their text. Use the file that it was made from."
        )
    strange = sum("(cid:" in one.text for page in pages for one in page.letters)
    if strange > 0.3 * letters:
        raise Unreadable(
            "The letters of this PDF cannot be read. Use the file that it was made from."
        )
    lines = [_lines_and_rows(page, number) for number, page in enumerate(pages)]
    body = _without_furniture([_within_margins(*one) for one in zip(lines, pages, strict=True)])
    gutters = [_gutter(found, page.width) for found, page in zip(body, pages, strict=True)]
    usual = Counter(filter(None, gutters)).most_common(1)
    ordered = []
    for found, gutter in zip(body, gutters, strict=True):
        if gutter is None and usual and _fits(found, usual[0][0]):
            gutter = usual[0][0]
        ordered += _in_columns(found, gutter)
    if not usual:
        _with_margin(ordered)  # all pages have one margin, however short the lines of one
    return list(_blocks(ordered))


def _pages(data: bytes) -> list[_Page]:
    manager = PDFResourceManager(caching=True)
    device = _Letters(manager)
    interpreter = PDFPageInterpreter(manager, device)
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        if not document.is_extractable and document.encryption is None:
            raise Unreadable(BROKEN)
        for number, page in enumerate(PDFPage.create_pages(document)):
            if number >= PAGES:
                raise Unreadable(f"This PDF has more than {PAGES} pages. A policy is shorter.")
            interpreter.process_page(page)
            if sum(len(one.letters) for one in device.pages) > LETTERS:
                raise Unreadable("This PDF holds far more than a policy does.")
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise Unreadable(
            "This PDF is protected with a password. Save it without one and try again."
        ) from None
    except Unreadable:
        raise
    except Exception:  # pdfminer raises nearly anything on a file that is damaged
        raise Unreadable(BROKEN) from None
    if not device.pages:
        raise Unreadable(BROKEN)
    return device.pages


def _collect(container: LTContainer[LTComponent], page: _Page, top: float, depth: int = 0) -> None:
    for one in container:
        if isinstance(one, LTChar):
            _, b, _, d, _, y = one.matrix
            text = one.get_text()
            if abs(b) > 0.1 * abs(d or 1) or not text:
                continue  # written upwards
            size = round(abs(one.size), 1)
            page.letters.append(
                _Letter(
                    text.replace("\u00a0", " ").replace("\u00ad", "-"),
                    one.x0,
                    one.x1,
                    top - y,
                    size,
                    _is_bold(one.fontname),
                )
            )
        elif isinstance(one, LTCurve):
            page.drawn += _drawn(one, top)
        elif isinstance(one, LTContainer) and depth < 20:
            _collect(one, page, top, depth + 1)


def _drawn(one: LTCurve, top: float) -> list[Box]:
    """The lines of a shape: itself where it is thin, or its four sides where they are drawn."""
    left, up, right, down = one.x0, top - one.y1, one.x1, top - one.y0
    if isinstance(one, LTLine) or not one.stroke or min(right - left, down - up) <= THIN:
        return [(left, up, right, down)]
    sides = [(left, up, right, up), (left, down, right, down)]
    return [*sides, (left, up, left, down), (right, up, right, down)]


def _is_bold(name: str) -> bool:
    return bool(_BOLD.search(name)) or name.endswith(("-B", ",B", "-BI"))


# --- lines ----------------------------------------------------------------------------------------


def _lines_and_rows(page: _Page, number: int) -> list[_Line]:
    """The lines of one page, with each row of a table as one."""
    left = page.letters
    found: list[_Line] = []
    for row in rows_in(page.drawn):
        inside = [one for one in left if _is_inside(one, row)]
        cells = [_with_margin(_lines(cell, number)) for cell in _cells(row, inside)]
        if sum(map(bool, cells)) < 2 or (not row.is_parted and any(_is_list(one) for one in cells)):
            continue
        held = set(map(id, inside))
        left = [one for one in left if id(one) not in held]
        found.append(_Line(inside, number, cells=cells))
    return sorted([*_lines(left, number), *found], key=lambda line: line.y)


def _is_inside(one: _Letter, row: Row) -> bool:
    return row.top < one.y < row.bottom + THIN and row.posts[0] - THIN < one.x0 < row.posts[-1]


def _cells(row: Row, letters: list[_Letter]) -> list[list[_Letter]]:
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
    cells: list[list[_Letter]] = [[] for _ in ends]
    for one in letters:
        middle = (one.x0 + one.x1) / 2
        at = next((place for place, end in enumerate(ends) if middle < end), len(ends) - 1)
        cells[at].append(one)
    return cells


def _is_list(lines: list[_Line]) -> bool:
    return sum(_begins(line) == "strong" for line in lines) > 1


def _lines(letters: list[_Letter], page: int) -> list[_Line]:
    """The letters of one page by their baselines, from the top. What is set twice counts once."""
    rows: list[list[_Letter]] = []
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
    return [_Line(row, page) for row in rows if any(one.text.strip() for one in row)]


def _is_of(row: list[_Letter], one: _Letter) -> bool:
    """Whether a letter stands on the line of others. What is raised belongs to the larger ones."""
    biggest = max(row, key=lambda other: other.size)
    away = abs(biggest.y - one.y)
    if away < 0.45 * min(biggest.size, one.size):
        return True
    reach = max(biggest.size, one.size)
    return away < 0.45 * reach and any(
        other.x0 - reach < one.x1 and one.x0 < other.x1 + reach for other in row
    )


# --- what every page repeats ----------------------------------------------------------------------


def _without_furniture(pages: list[list[_Line]]) -> list[list[_Line]]:
    """Drop headers, footers and numbers of pages."""
    times: Counter[tuple[str, int]] = Counter()
    for lines in pages:
        times.update({place for line in _edges(lines) for place in _places(line)})
    often = max(2, 0.4 * sum(bool(lines) for lines in pages))
    return [
        [
            line
            for line in lines
            if line not in _edges(lines) or max(times[one] for one in _places(line)) < often
        ]
        for lines in pages
    ]


def _within_margins(lines: list[_Line], page: _Page) -> list[_Line]:
    """Drop what stands alone in the upper or lower margin, also where no other page repeats it."""
    if len(lines) < 3:
        return lines
    first, second = lines[:2]
    names = is_school(first.text) or POLICY.search(first.text)
    if first.y < 0.07 * page.height and _is_apart(first, second) and not names:
        lines = lines[1:]
    above, last = lines[-2:]
    return lines[:-1] if last.y > 0.92 * page.height and _is_apart(last, above) else lines


def _is_apart(line: _Line, other: _Line) -> bool:
    stands_out = line.size > 1.1 * other.size or (line.bold and not other.bold)
    far = abs(line.y - other.y) > 2.5 * line.size and not stands_out
    says = len(line.text.split()) > 14 or line.text.endswith((".", ";"))
    return far and not says and not pairs_in(Block(line.text)) and _begins(line) != "strong"


def _edges(lines: list[_Line]) -> list[_Line]:
    """The three lines at the top and the three at the bottom of a page, but no items of lists."""
    edges = lines if len(lines) <= 6 else [*lines[:3], *lines[-3:]]
    return [line for line in edges if _begins(line) != "strong"]


def _places(line: _Line) -> set[tuple[str, int]]:
    """A line and its height on the page: as it is, and with its number counted from that page."""

    def shown(found: re.Match[str]) -> str:
        distance = int(found[0]) - line.page
        return f"#{distance}" if abs(distance) <= 6 else found[0]

    text = re.sub(r"\b(?:of|/)\s*\d{1,3}\b", "of", line.text)
    text = "#" if re.fullmatch(r"[ivxl]{1,6}", text) else re.sub(r"\b\d{1,3}\b", shown, text)
    return {(text, round(line.y / 4)), (line.text, round(line.y / 4))}


# --- columns --------------------------------------------------------------------------------------


def _in_columns(lines: list[_Line], gutter: float | None) -> list[_Line]:
    """The lines of a page as they are read: the left column before the right one."""
    if gutter is None:
        return _with_margin(lines)
    ordered: list[_Line] = []
    held: list[_Line] = []
    for line in lines:
        within = line.x1 <= gutter or gutter <= line.x0
        if not within and (line.cells or _crosses(line, gutter)):
            ordered += [*_by_side(held, gutter), line]
            held = []
            line.right = line.x1
        else:
            held.append(line)
    return [*ordered, *_by_side(held, gutter)]


def _by_side(lines: list[_Line], gutter: float) -> list[_Line]:
    return [line for side in _sides(lines, gutter) for line in _with_margin(side)]


def _sides(lines: list[_Line], gutter: float) -> Iterator[list[_Line]]:
    """Lines made anew on each side of a gutter: those of two columns need not stand level."""
    for column in (0, 1):
        rows = [line for line in lines if line.cells and (line.x0 >= gutter) == bool(column)]
        letters = [
            one
            for line in lines
            for one in line.letters
            if not line.cells and (one.x0 >= gutter) == bool(column)
        ]
        made = [*rows, *(_lines(letters, lines[0].page) if letters else [])]
        for line in made:
            line.column = column
        yield sorted(made, key=lambda line: line.y)


def _with_margin(lines: list[_Line]) -> list[_Line]:
    """Say where the right margin is: a little left of the longest lines'."""
    if lines:
        right = max(line.x1 for line in lines)
        for line in lines:
            line.right = right
    return lines


def _crosses(line: _Line, gutter: float) -> bool:
    before = [one for one in _inked(line) if one.x0 < gutter]
    after = [one for one in _inked(line) if one.x1 > gutter]
    if not before or not after:
        return False
    last, first = max(before, key=lambda one: one.x1), min(after, key=lambda one: one.x0)
    return first.x0 - last.x1 < 0.8 * min(last.size, first.size)


def _gutter(lines: list[_Line], width: float) -> float | None:
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


def _fits(lines: list[_Line], gutter: float) -> bool:
    """Whether the gutter of other pages parts the lines of a page that are too few to show one."""
    both = sum(_parts(line, gutter) for line in lines)
    return both > 1 and not any(_crosses(line, gutter) for line in lines)


def _inked(line: _Line) -> list[_Letter]:
    return [one for one in line.letters if one.text.strip()]


def _parts(line: _Line, x: float) -> bool:
    return line.x0 < x < line.x1 and not _crosses(line, x)


def _is_filled(lines: list[_Line]) -> bool:
    """Whether one side is running text and not the cells of a table."""
    if len(lines) < 6:
        return False
    left = min(line.x0 for line in lines)
    longest = max(line.x1 for line in lines) - left
    long = sum(line.x1 - left > 0.75 * longest for line in lines)
    usual = Counter(round(line.x0 / 4) for line in lines).most_common(1)[0][1]
    return longest > 90 and long >= max(4, 0.2 * len(lines)) and usual >= 0.3 * len(lines)


# --- paragraphs -----------------------------------------------------------------------------------


@dataclass
class _Paragraph:
    lines: list[_Line] = field(default_factory=list)
    is_spaced: bool = False  # whether there is more space above it than between lines

    @property
    def last(self) -> _Line:
        return self.lines[-1]

    @property
    def hang(self) -> float:
        """Where its lines begin after the first."""
        return self.last.x0 if len(self.lines) > 1 else self.lines[0].inner


def _blocks(lines: list[_Line]) -> Iterator[Block]:
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
            yield from blocks_of_row([list(_blocks(cell)) for cell in first.cells])
            continue
        left = edges[first.page, first.column] if first.column else base
        yield _block(paragraph, left, usual, words)


def _whole_words(lines: list[_Line]) -> Counter[str]:
    """How often each word stands whole on a line."""
    words: Counter[str] = Counter()
    broken = False
    for line in lines:
        found = re.findall(r"[a-z]+(?:-[a-z]+)*", line.text.lower())
        ends = line.text.endswith("-")
        words.update(found[broken : -1 if ends else None])
        broken = ends
    return words


def _pitch(lines: list[_Line]) -> dict[float, float]:
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


def _goes_on(paragraph: _Paragraph, line: _Line, pitch: dict[float, float]) -> bool:
    before = paragraph.last
    if before.cells or line.cells or abs(line.size - before.size) > 0.08 * before.size:
        return False
    other_weight = before.bold != line.bold and (_is_whole_bold(paragraph) or line.bold)
    begins = _begins(line)
    capital = not line.text[:1].islower() and not _UNENDED.search(before.text)
    if other_weight and (
        begins or capital or not (_is_open(before, line) and _is_alike(paragraph, line))
    ):
        return False
    if ends_with_page(before.text) or (line.page == 0 and _is_of_cover(before, line)):
        return False
    ended = before.text.endswith((".", ":", ";", "!", "?"))
    parted = line.page != before.page or line.column != before.column
    if parted:
        if begins and (begins == "strong" or ended or not _is_open(before, line)):
            return False
        if begins and _is_of_one_list(paragraph, line):
            return False
        small = line.text[:1].islower()
        unfinished = not before.text.rstrip().endswith((".", ":", ";", "!", "?", "”"))
        return unfinished and (small or _is_open(before, line)) and not before.bold
    gap = line.y - before.y
    usual = _usual(line, pitch)
    if gap < 0 or gap > (1.08 if ended else 1.2) * usual:
        return False
    if begins == "strong" or (begins and (ended or not _is_open(before, line))):
        return False
    if begins and _is_of_one_list(paragraph, line):
        return False
    if begins and line.inner > line.x0 and abs(line.x0 - paragraph.hang) > 2:
        return False
    # Where space parts the clauses, a line without it goes on with one, however short the last.
    soft = paragraph.is_spaced and ended and not begins and _begins(paragraph.lines[0]) == "strong"
    return _is_alike(paragraph, line) and (soft or _is_open(before, line))


def _is_of_one_list(paragraph: _Paragraph, line: _Line) -> bool:
    ours, theirs = mark_of(line.text), mark_of(paragraph.lines[0].text)
    return bool(ours and theirs and ours.shape == theirs.shape)


def _usual(line: _Line, pitch: dict[float, float]) -> float:
    return pitch.get(line.size, 1.25 * line.size)


def _is_of_cover(before: _Line, line: _Line) -> bool:
    """Whether two lines of a first page tell different things of the document."""
    label, colon, _ = line.text.partition(":")
    named = is_school(before.text) and not goes_on_as_school(before.text, line.text)
    new = bool(colon and labelled(label)) and not _UNENDED.search(before.text)
    return named or new


def _is_whole_bold(paragraph: _Paragraph) -> bool:
    return all(line.bold for line in paragraph.lines)


def _is_alike(paragraph: _Paragraph, line: _Line) -> bool:
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


def _is_centred(paragraph: _Paragraph, line: _Line) -> bool:
    before, first = paragraph.last, paragraph.lines[0]
    away = abs((before.x0 + before.x1) - (line.x0 + line.x1))
    return first.inner == first.x0 and away < max(4, 0.6 * line.size)


def _is_open(before: _Line, line: _Line) -> bool:
    """Whether the next word would not have fitted on the line before, or it ends on none."""
    word = line.text.split()[0] if line.text.split() else ""
    wide = sum(one.x1 - one.x0 for one in line.letters if one.text.strip()) / max(
        1, sum(len(one.text) for one in line.letters if one.text.strip())
    )
    if before.text.endswith("-") or _UNENDED.search(before.text):
        return True
    return before.x1 + wide * (len(word) + 0.5) > before.right - 0.4 * line.size


def _begins(line: _Line) -> str:
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
