"""A case on paper: facts, an index with pages, sections, and evidence with its SHA-256, as PDF.

No database: words and pictures come as arguments. They reach typst in memory, never as its language
and never on the disk. The PDF is tagged (PDF/UA-1).
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from belisha.people.letters.typesetting import typeset

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Entry:
    head: str
    words: str


@dataclass(frozen=True)
class Section:
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Shown:
    """A JPEG with its width and height in pixels. `words` stand above it."""

    jpeg: bytes
    width: int
    height: int
    words: str = ""


@dataclass(frozen=True)
class Exhibit:
    """A piece of evidence: a picture of it, or one of each page that is shown."""

    number: int
    name: str
    sha256: str
    words: str
    received: str
    note: str
    seen: str = ""
    shown: tuple[Shown, ...] = ()


def bundle_of(
    *,
    title: str,
    school: str,
    facts: Sequence[tuple[str, str]],
    sections: Sequence[Section],
    exhibits: Sequence[Exhibit],
    mark: str,
) -> bytes:
    """Set a case on A4. The same arguments give the same bytes. `mark` stands on each page."""
    data = {
        "title": title,
        "school": school,
        "mark": mark,
        "facts": [list(fact) for fact in facts],
        "sections": [
            {
                "title": one.title,
                "entries": [[entry.head, entry.words.splitlines()] for entry in one.entries],
            }
            for one in sections
        ],
        "exhibits": [
            {
                "title": f"Evidence {one.number}: {one.name}",
                "facts": [
                    fact
                    for fact in (
                        ["Received", one.received],
                        ["Seen", one.seen],
                        ["SHA-256", one.sha256],
                        ["What is seen", one.words],
                        ["Here", one.note],
                    )
                    if fact[1]
                ],
                "shown": [
                    {
                        "svg": _drawn(each),
                        "shape": each.width / each.height,
                        "words": each.words,
                        "alt": f"{one.words or f'Evidence {one.number}'} {each.words}".strip(),
                    }
                    for each in one.shown
                ],
            }
            for one in exhibits
        ],
    }
    return typeset(HERE / "bundle.typ", data)


def _drawn(one: Shown) -> str:
    """The JPEG within a drawing, since typst takes pictures from memory only as text."""
    size = f'width="{one.width}" height="{one.height}"'
    image = f'<image {size} href="data:image/jpeg;base64,{b64encode(one.jpeg).decode()}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{image}</svg>'
