"""Blocks made clean: artefacts out of the text, page furniture dropped, lines that broke mended."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.front import is_school, labelled
from belisha.policy.importing.marks import Mark, mark_of, numbered, without_bullet

_SPACES = re.compile(r"[ \u00a0\u2000-\u200a\u202f\u3000]+")
_UNSEEN = re.compile(
    r"[\u00ad\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff\x00-\x08\x0b-\x1f\x7f]"
)
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_ARTEFACTS = (
    (re.compile(r"^\[\^[\w-]+\]:\s*", re.M), ""),
    (re.compile(r"\^?\[\^?\d{1,3}\](?:_\[SEP\])?(?=[\s.,;:)’”\"]|$)|_?\[SEP\]|\^\d{1,2}\b"), ""),
    (re.compile(r"(?<=[\w.,;:!?)’”\"])[⁰¹²³⁴⁵⁶⁷⁸⁹]+"), ""),
    (re.compile(r"(?<=\w)\[\^[\w-]+\]"), ""),
    (re.compile(r"(?<=[\w.,;:])[\ue000-\uf8ff]"), ""),  # signs that only one font has
)
_MARKUP = (
    (re.compile(r"!\[[^\]\n]*\]\([^)\s]*\)"), ""),
    (
        re.compile(
            r"\[([^\]\n]+)\]\((?:#|https?:|mailto:|/|www)[^)\s]*(?:\s+\"[^\"]*\")?\)|\[([^\]\n]+)\]\(\)"
        ),
        r"\1\2",
    ),
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*", re.S), r"\1"),
    (re.compile(r"(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)", re.S), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"\*\*(?=\S)|(?<=\S)\*\*"), ""),
)
_PAGE = re.compile(
    r"^[\W_]*(?:p(?:age|g|\.)?\.?\s*)?\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?[\W_]*$"
    r"|^[\W_]*page\s*\d{1,4}(?:\s*(?:of|/|\|)\s*\d{1,4})?[\W_]*(?:\|.*)?$"
    r"|^.{0,80}[|–—-]?\s*\bpage\s+\d{1,4}\s+of\s+\d{1,4}[\W_]*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\bpage\b|[|•–—-]\s*\d{1,3}$|^\d{1,3}\s*[|•–—-]", re.IGNORECASE)
_BACK = re.compile(r"^\W*(?:back|return|go) to (?:the )?(?:top|contents)(?: of page)?\W*$", re.I)
_RULE = re.compile(r"^[\s\-_=*~.–—·•|+:#<>]+$")
COVER = 8  # paragraphs that a cover has at most
ENDS = (".", "!", "?", ":", ";", "…", ".”", ".’", '."', ".'", ".)", "?”")


def tidied(blocks: Iterable[Block], *, marked_up: bool = False) -> list[Block]:
    """The blocks that say something. `marked_up` is for plain text, which may hold Markdown."""
    clean = [
        one
        for place, block in enumerate(blocks)
        for one in _parted(_clean(block, marked_up), is_cover=place < COVER)
    ]
    clean = [block for block in clean if block.text or block.cells or block.number]
    return _mended(_without_furniture(clean))


def clean_text(text: str, *, marked_up: bool = False) -> str:
    """A text without what only a printer or a word processor needs. Breaks and tabs remain."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _UNSEEN.sub("", text.replace("\x0b", "\n").replace("\x0c", "\n"))
    if marked_up:
        for pattern, instead in _MARKUP:
            text = pattern.sub(instead, text)
    for pattern, instead in _ARTEFACTS:
        text = pattern.sub(instead, text)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def is_unfinished(text: str) -> bool:
    """Whether a text stops in the middle of a sentence, as far as its last mark tells."""
    return not text.rstrip().endswith(ENDS)


def begins_small(text: str) -> bool:
    return text[:1].islower()


def _clean(block: Block, marked_up: bool) -> Block:
    text = clean_text(block.text, marked_up=marked_up)
    cells = tuple(clean_text(cell, marked_up=marked_up) for cell in block.cells)
    if (_RULE.match(text) or _BACK.match(text)) and not block.number:
        text = ""
    bold = block.bold or (
        marked_up and bool(re.match(r"^\s*(?:\*\*|__)[^*_]+(?:\*\*|__)\s*[:.]?\s*$", block.text))
    )
    return replace(block, text=text, cells=cells if any(cells) else (), bold=bold)


def _parted(block: Block, *, is_cover: bool) -> Iterator[Block]:
    """Lines within a paragraph are paragraphs of their own where each has a number or a bullet, and
    on a cover where one is the name of the school."""
    lines = block.text.split("\n")
    if is_cover and any(map(is_school, block.cells)) and not labelled(block.cells[0]):
        yield from (replace(block, text=cell, cells=()) for cell in block.cells if cell)
        return
    if block.cells or len(lines) == 1:
        yield _with_bullet(block)
        return
    cover = (
        is_cover and len(lines) <= 4 and any(map(is_school, lines)) and all(map(_is_entry, lines))
    )
    groups = [[lines[0]]]
    for line in lines[1:]:
        if (
            cover
            or _opens(line)
            or _is_pair(line)
            or (_is_pair(groups[-1][-1]) and not begins_small(line))
        ):
            groups.append([line])
        else:
            groups[-1].append(line)
    for place, group in enumerate(groups):
        text = " ".join(group)
        yield _with_bullet(
            replace(block, text=text)
            if not place
            else replace(block, text=text, number="", bullet=False)
        )


def _is_entry(line: str) -> bool:
    return len(line.split()) <= 12 and is_unfinished(line)


def _opens(line: str) -> bool:
    mark = mark_of(line)
    if mark and mark.shape == "1 ":
        return False
    return (
        bool(mark and (not mark.weak or mark.rest[:1].isupper()))
        or without_bullet(line) is not None
    )


def _is_pair(line: str) -> bool:
    return bool(re.match(r"^[A-Z][A-Za-z /&’']{2,32}\s?:(?:\s+\S|$)", line)) and len(line) < 90


def _with_bullet(block: Block) -> Block:
    if block.heading and not block.bullet:
        return block
    inner = without_bullet(block.text) if not block.number else None
    if inner is None:
        return block
    return replace(block, text=inner, bullet=True, level=max(block.level, 1))


def _without_furniture(blocks: list[Block]) -> list[Block]:
    """Drop page numbers, and short lines that come again and again, perhaps with a page in them."""
    times = Counter(_skeleton(block) for block in blocks if _is_short(block))
    kept, seen = [], set()
    for block in blocks:
        listed = block.cells or block.number
        if not listed and _PAGE.match(block.text) and not _is_lone_number(block):
            continue
        skeleton = _skeleton(block)
        if _is_short(block) and times[skeleton] >= 3 and re.search(r"\d|#", skeleton):
            if skeleton in seen or "#" in skeleton:
                continue
            seen.add(skeleton)
        kept.append(block)
    return _without_lone_numbers(kept)


def _is_lone_number(block: Block) -> bool:
    return bool(re.match(r"^\d{1,3}[.)]?$", block.text))


def _without_lone_numbers(blocks: list[Block]) -> list[Block]:
    """A number alone on its line belongs to the text after it, or is that of a page."""
    kept: list[Block] = []
    waiting: Block | None = None
    for place, block in enumerate(blocks):
        mark = mark_of(block.text) if not block.cells and not block.number else None
        if mark and not mark.rest and not mark.label and len(block.text) <= 12:
            waiting = block if _counts(block.text, blocks, place) else None
            continue
        if waiting and not block.cells and not block.number and not mark:
            block = replace(
                block,
                text=f"{waiting.text}\t{block.text}",
                level=max(waiting.level, block.level),
                bold=block.bold,
                bullet=block.bullet,
            )
        elif waiting and waiting.text.endswith(".") and kept and _stops_short(kept[-1]):
            # It counts nothing: ``under`` and on the next line ``18.``
            kept[-1] = replace(kept[-1], text=f"{kept[-1].text} {waiting.text}")
        waiting = None
        kept.append(block)
    return kept


def _stops_short(block: Block) -> bool:
    return is_unfinished(block.text) and len(block.text.split()) > 5 and not block.heading


def _counts(number: str, blocks: list[Block], place: int) -> bool:
    """Whether a lone number is one of a list: a bare ``4`` needs another close by."""
    if not number.isdigit():
        return True
    near = {block.text for block in blocks[max(0, place - 4) : place + 5]}
    return bool({str(int(number) - 1), str(int(number) + 1)} & near)


def _is_short(block: Block) -> bool:
    """Whether a block can be what every page repeats: short, no heading and no item of a list."""
    listed = block.number or block.bullet or block.cells or block.heading or mark_of(block.text)
    return bool(block.text) and len(block.text) <= 90 and not listed


def _skeleton(block: Block) -> str:
    """A line with ``#`` for its page, where it has one: ``Year 3`` is no page, ``Oak | 3`` is."""
    text = block.text.casefold()
    return re.sub(r"\d+", "#", text) if _COUNTED.search(text) else text


def _mended(blocks: list[Block]) -> list[Block]:
    """Join what a page break or a stray bullet has parted in the middle of a sentence."""
    joined: list[Block] = []
    for place, block in enumerate(blocks):
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if joined and _goes_on(joined[-1], block, following):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {block.text}")
        else:
            joined.append(block)
    return joined


def _goes_on(before: Block, block: Block, following: Block | None) -> bool:
    if block.cells or before.cells or block.number or block.heading or before.heading:
        return False
    if before.title or block.contents or before.contents or not begins_small(block.text):
        return False
    mark, neighbours = mark_of(block.text), (_mark(before), following and _mark(following))
    if not is_unfinished(before.text) or (mark and (not mark.weak or mark.rest[:1].isupper())):
        return False
    if mark and any(other and other.shape == mark.shape for other in neighbours):
        return False  # a list that counts in small letters
    if not block.bullet:
        return len(before.text.split()) > 3 or before.bullet
    # A bullet in small letters is usual, unless it stands alone in a list that counts.
    ours = _mark(before)
    if ours is None or (following and following.bullet and _mark(following) is None):
        return False
    theirs = _mark(following) if following else None
    if theirs is None:
        return True
    return theirs.shape == ours.shape or theirs.shape.strip("{}") == ours.shape.strip("{}")


def _mark(block: Block) -> Mark | None:
    return numbered(block.number, block.text) if block.number else mark_of(block.text)
