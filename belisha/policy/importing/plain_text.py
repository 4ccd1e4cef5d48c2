"""Plain text: lines that a margin broke are joined, and indentation tells how deep a list is."""

import re
from collections.abc import Iterator
from itertools import pairwise

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.contents import ends_with_page
from belisha.policy.importing.marks import mark_of, without_bullet
from belisha.policy.importing.unreadable import Unreadable

NARROW = 110  # a text whose lines are no longer than this was broken by a margin
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_INDENT = re.compile(r"^[ \t]+")
_UNDERLINE = re.compile(r"^(?:={3,}|-{3,})$")
_PAIR = re.compile(r"^[A-Z][A-Za-z /&’'()-]{1,40}:(?:\s|$)")


def decoded(data: bytes) -> str:
    """The text of a file, whatever its encoding; raises Unreadable when it is none."""
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "cp1252", "latin-1"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = sum(mark < " " and mark not in "\n\r\t\f\v" for mark in text)
        if strange > len(text) // 500:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    raise Unreadable("This is not a document that Belisha can read. Save it as DOCX or PDF.")


def read_plain_text(data: bytes) -> list[Block]:
    """The paragraphs of a text."""
    return list(blocks_in(decoded(data)))


def blocks_in(text: str) -> Iterator[Block]:
    lines = [_INDENT.sub(lambda one: one[0].expandtabs(4), line) for line in text.split("\n")]
    filled = [len(line) for line in lines if line.strip() and not ends_with_page(line.strip())]
    width = max(filled, default=0)
    broken = bool(filled) and width <= NARROW and _is_broken(lines, width)
    apart = _are_apart(lines)
    held: list[str] = []
    for line in lines:
        if not line.strip():
            yield from _block(held)
            held = []
        elif held and _UNDERLINE.match(line.strip()) and len(held) == 1:
            yield Block(held[0].strip(), heading=1 if line.strip()[0] == "=" else 2)
            held = []
        elif held and _goes_on(held, line, width if broken else 0, apart=apart):
            held.append(line)
        else:
            yield from _block(held)
            held = [line]
    yield from _block(held)


def _is_broken(lines: list[str], width: int) -> bool:
    """Whether a margin broke the lines: long ones stop within a sentence that the next goes on."""
    within = sum(
        len(line.rstrip()) > 0.7 * width
        and not line.rstrip().endswith((".", ":", ";", "!", "?"))
        and after.strip()[:1].islower()
        and mark_of(after.strip()) is None
        for line, after in pairwise(lines)
    )
    return width > 40 and within >= 2


def _are_apart(lines: list[str]) -> bool:
    """Whether a blank line stands before nearly every number."""
    blank = [not before.strip() for before, line in pairwise(lines) if mark_of(line.strip())]
    return len(blank) > 2 and sum(blank) > 0.8 * len(blank)


def _goes_on(held: list[str], line: str, width: int, *, apart: bool) -> bool:
    """Whether a line belongs to the paragraph of the lines before."""
    before, text = held[-1], line.strip()
    if _HEADING.match(text) or without_bullet(text) is not None or "|" in text[:1]:
        return False
    if _HEADING.match(held[0].strip()):
        return False
    mark, first = mark_of(text), mark_of(without_bullet(held[0].strip()) or held[0].strip())
    if mark and first and mark.shape == first.shape:
        return False
    if mark and not (mark.weak and (mark.rest[:1].islower() or mark.shape == "1 ")):
        return False
    if mark and not (width and _is_filled(before, text, width)):
        return False
    clause = first and not first.weak and len(held[0].split()) > 6
    if apart and clause and not mark and before.rstrip().endswith("."):
        return True
    if not width:
        return text[:1].islower() and not before.rstrip().endswith((".", ":", ";", "!", "?"))
    if _PAIR.match(text) and not _is_filled(before, text, width):
        return False
    return _is_filled(before, text, width)


def _is_filled(before: str, after: str, width: int) -> bool:
    """Whether the next word would not have fitted on the line before."""
    return len(before.rstrip()) + 1 + len(after.split()[0]) > width - 6


def _block(held: list[str]) -> Iterator[Block]:
    if not held:
        return
    first = held[0]
    text = re.sub(r"(?<=\w)-\n(?=\w)", "-", "\n".join(line.strip() for line in held))
    text = text.replace("\n", " ")
    depth = min((len(first) - len(first.lstrip())) // 4, 5)
    if found := _HEADING.match(text):
        yield Block(found[2], heading=len(found[1]))
    elif text.startswith("|") and text.endswith("|") and text.count("|") > 2:
        cells = tuple(cell.strip() for cell in text.strip("|").split("|"))
        if not all(re.fullmatch(r":?-{2,}:?", cell) for cell in cells):
            yield Block("", cells=cells)
    else:
        inner = without_bullet(text)
        listed = inner is not None or mark_of(text) is not None
        level = depth + (inner is not None) if listed else 0
        yield Block(text, level=level)
