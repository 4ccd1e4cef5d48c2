"""PDF: letters on pages, put together to lines, columns and paragraphs again."""

import io
import logging
import re
from collections import Counter

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve, LTLine, LTPage
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.front import POLICY, is_school, pairs_in
from belisha.policy.importing.grids import THIN, Box
from belisha.policy.importing.printed_columns import in_reading_order
from belisha.policy.importing.printed_lines import Letter, Line, Page, begins, lines_of
from belisha.policy.importing.printed_paragraphs import blocks_in
from belisha.policy.importing.unreadable import Unreadable

PAGES = 300
LETTERS = 2_000_000
_BOLD = re.compile(r"bold|black|heavy|demi|semib", re.IGNORECASE)
BROKEN = "This PDF is damaged and cannot be read. Print it to a new PDF and try again."


class _Letters(PDFLayoutAnalyzer):
    """Takes the pages as they come, without pdfminer's own guess at their layout."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager, laparams=None)
        self.pages: list[Page] = []

    def receive_layout(self, ltpage: LTPage) -> None:
        page = Page(ltpage.width, ltpage.height, [], [])
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
    lines = [lines_of(page, number) for number, page in enumerate(pages)]
    body = _without_furniture([_within_margins(*one) for one in zip(lines, pages, strict=True)])
    ordered = in_reading_order(body, [page.width for page in pages])
    return list(blocks_in(ordered))


def _pages(data: bytes) -> list[Page]:
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


def _collect(container: LTContainer[LTComponent], page: Page, top: float, depth: int = 0) -> None:
    for one in container:
        if isinstance(one, LTChar):
            _, b, _, d, _, y = one.matrix
            text = one.get_text()
            if abs(b) > 0.1 * abs(d or 1) or not text:
                continue  # written upwards
            size = round(abs(one.size), 1)
            page.letters.append(
                Letter(
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


# --- what every page repeats ----------------------------------------------------------------------


def _without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
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


def _within_margins(lines: list[Line], page: Page) -> list[Line]:
    """Drop what stands alone in the upper or lower margin, also where no other page repeats it."""
    if len(lines) < 3:
        return lines
    first, second = lines[:2]
    names = is_school(first.text) or POLICY.search(first.text)
    if first.y < 0.07 * page.height and _is_apart(first, second) and not names:
        lines = lines[1:]
    above, last = lines[-2:]
    return lines[:-1] if last.y > 0.92 * page.height and _is_apart(last, above) else lines


def _is_apart(line: Line, other: Line) -> bool:
    stands_out = line.size > 1.1 * other.size or (line.bold and not other.bold)
    far = abs(line.y - other.y) > 2.5 * line.size and not stands_out
    says = len(line.text.split()) > 14 or line.text.endswith((".", ";"))
    return far and not says and not pairs_in(Block(line.text)) and begins(line) != "strong"


def _edges(lines: list[Line]) -> list[Line]:
    """The three lines at the top and the three at the bottom of a page, but no items of lists."""
    edges = lines if len(lines) <= 6 else [*lines[:3], *lines[-3:]]
    return [line for line in edges if begins(line) != "strong"]


def _places(line: Line) -> set[tuple[str, int]]:
    """A line and its height on the page: as it is, and with its number counted from that page."""

    def shown(found: re.Match[str]) -> str:
        distance = int(found[0]) - line.page
        return f"#{distance}" if abs(distance) <= 6 else found[0]

    text = re.sub(r"\b(?:of|/)\s*\d{1,3}\b", "of", line.text)
    text = "#" if re.fullmatch(r"[ivxl]{1,6}", text) else re.sub(r"\b\d{1,3}\b", shown, text)
    return {(text, round(line.y / 4)), (line.text, round(line.y / 4))}
