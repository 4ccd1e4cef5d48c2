"""Pages of a PDF, as pictures.

The same program counts and draws them, so both mean the same pages. It is imported before a process
gives up its files, and then needs none: the PDF stays in memory. Nothing but what is seen on a page
is in its picture: no text, no link, no other layer.
"""

from __future__ import annotations

import typst

from .unreadable import Unreadable, locked

MOST_PAGES = 50
LONGEST = 2000  # pixels of the longer side, whatever size a page says that it has
_PIECE = 256 * 1024
_NO_SUCH_PAGE = "does not exist"
# Bytes come to typst only as text, so as lists of numbers; in pieces, which are soon let go.
_SOURCE = b"""
#set page(margin: 0pt, width: auto, height: auto, fill: white)
#let piece(n) = bytes(json(bytes(sys.inputs.at(str(n)))))
#let pdf = range(int(sys.inputs.pieces)).map(piece).join()
#let paper(..size) = image(pdf, format: "pdf", page: int(sys.inputs.page), ..size)
#context {
  let natural = measure(paper())
  let part = 1000pt / calc.max(natural.width, natural.height)
  if sys.inputs.draw == "yes" {
    paper(width: natural.width * part, height: natural.height * part)
  }
}
"""
_COMPILER = typst.Compiler(_SOURCE, ignore_system_fonts=True)


def count(data: bytes) -> int:
    """How many pages a PDF has. Raises Unreadable, also when they are more than `MOST_PAGES`."""
    pieces = _pieces(data)
    if _has(pieces, MOST_PAGES + 1):
        raise Unreadable(
            "too-many-pages",
            f"This PDF has more than {MOST_PAGES} pages. Add screenshots of those that matter.",
        )
    low, high = 1, MOST_PAGES  # the last page is one of these
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _has(pieces, middle) else (low, middle - 1)
    return low


def drawn(data: bytes, page: int) -> bytes:
    """A PNG of a page, counted from 1. Raises Unreadable."""
    try:
        return _compiled(_pieces(data), page, draw=True)
    except typst.TypstError as error:
        raise locked() from error


def _has(pieces: dict[str, str], page: int) -> bool:
    try:
        _compiled(pieces, page, draw=False)
    except typst.TypstError as error:
        if _NO_SUCH_PAGE in error.message and page > 1:
            return False
        raise locked() from error
    return True


def _pieces(data: bytes) -> dict[str, str]:
    some = [data[at : at + _PIECE] for at in range(0, len(data), _PIECE)]
    numbers = {str(n): str(list(piece)) for n, piece in enumerate(some)}
    return numbers | {"pieces": str(len(some))}


def _compiled(pieces: dict[str, str], page: int, *, draw: bool) -> bytes:
    asked = pieces | {"page": str(page), "draw": "yes" if draw else "no"}
    ppi = LONGEST * 72 / 1000
    png = _COMPILER.compile(_SOURCE, format="png", ppi=ppi, sys_inputs=asked)
    assert isinstance(png, bytes)
    return png
