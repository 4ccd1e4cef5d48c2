"""Pictures on paper: contact sheets and sheets for a wall, as PDF (clause P.ii).

No database: pictures arrive as the JPEGs of safe copies, so whoever must be hidden is. They and the
words reach typst in memory, never as its language and never on the disk. The PDF is tagged
(PDF/UA-1), and each picture has words that stand for it.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import typst

from belisha.people.letters.typesetting import FONTS, typeset
from belisha.photos.rules import Layout

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Frame:
    """One picture: its JPEG, its number in the album, first names below it, words for it."""

    data: bytes
    width: int
    height: int
    number: int
    alt: str
    names: str = ""


def sheet_of(
    frames: Sequence[Frame], layout: Layout, *, title: str, school: str, mark: str
) -> bytes:
    """Set the pictures on A4, so many to a page as the layout says, each page with the mark.

    `mark` says what the sheet is for, until when, and under which ref it is found again.
    """
    data = {
        "title": title,
        "school": school,
        "mark": mark,
        "across": layout.across,
        "down": layout.down,
        "frames": [
            {
                "svg": _drawn(one),
                "width": one.width,
                "height": one.height,
                "number": one.number,
                "alt": one.alt,
                "names": one.names,
            }
            for one in frames
        ],
    }
    return _set("sheet.typ", data)


def marked(frame: Frame, *, words: str) -> bytes:
    """Return the picture as a PNG with words on a band below it, in the reader's language."""
    data = {"svg": _drawn(frame), "width": frame.width, "height": frame.height, "words": words}
    png: bytes = typst.compile(
        HERE / "marked.typ",
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="png",
        ppi=72,  # a point is a pixel
        sys_inputs={"data": json.dumps(data)},
    )
    return png


def _drawn(frame: Frame) -> str:
    """The JPEG within a drawing, since typst takes pictures from memory only as text.

    Its bytes stand in the PDF as they are.
    """
    data = b64encode(frame.data).decode()
    size = f'width="{frame.width}" height="{frame.height}"'
    image = f'<image {size} href="data:image/jpeg;base64,{data}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{image}</svg>'


def _set(template: str, data: dict[str, object]) -> bytes:
    return typeset(HERE / template, data)
