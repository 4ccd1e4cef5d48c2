"""Contents pages: found and dropped. What they list tells later what a heading is."""

import re

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.marks import mark_of, numbered

_TITLE = re.compile(
    r"^(?:(?:table|list) of contents|contents(?: page)?|index|in this (?:policy|document))\s*:?$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?<!\w)(?:p\.?\s?|page\s)?(?:\d{1,3}|[ivxlc]{1,5})$", re.IGNORECASE)
_LEADER = re.compile(r"\.{3}|(?:\.\s){3}|…|_{3}|·{3}|-{4}|\t")
_SMALL = set("a an the of and in on for to by or with within at our".split())
FEWEST = 3
_FILL = " .\t…_·-"


def without_contents(blocks: list[Block]) -> tuple[list[Block], list[str], int]:
    """Give the blocks without contents pages, the names that these listed, and where the first
    block after the contents page stands (0 where there is none)."""
    kept: list[Block] = []
    names: list[str] = []
    body = place = 0
    while place < len(blocks):
        length = _contents_at(blocks, place) if place < 150 else 0
        if length:
            listed = blocks[place : place + length]
            names += [name for block in listed if (name := name_in(block)) and not _is_title(block)]
            place += length
            body = len(kept)
        else:
            kept.append(blocks[place])
            place += 1
    return kept, names, body


def name_in(block: Block) -> str:
    """What a line of a contents page names, without its leader and page."""
    text = "\t".join(block.cells) if block.cells else block.text
    name, _, page = _apart(text)
    return f"{block.number} {name if page else text.rstrip(_FILL)}".strip()


def _apart(text: str) -> tuple[str, str, str]:
    """A line's name, what fills the space after it, and the page at its end (or nothing)."""
    page = _PAGE.search(text)
    rest = text[: page.start()] if page else text
    name = rest.rstrip(_FILL)
    fill = rest[len(name) :]
    return (name, fill, page[0]) if page and fill not in ("", ".") else (text, "", "")


def are_alike(one: str, other: str) -> bool:
    """Whether a contents page's name and a heading speak of the same section."""
    words, others = _words(one), _words(other)
    if not words or not others:
        return False
    if words == others:
        return True
    first, second = set(words), set(others)
    one_mark, other_mark = mark_of(one), mark_of(other)
    if one_mark and other_mark and one_mark.printed != other_mark.printed:
        return False
    # With the same number before it, a heading may be much longer than its short form.
    longer = 5 if one_mark and other_mark else 2
    shared, least = len(first & second), min(len(first), len(second))
    return least >= 3 and shared >= 0.8 * least and max(len(first), len(second)) <= longer * least


def _words(text: str) -> list[str]:
    mark = mark_of(text)
    rest = mark.rest if mark and mark.rest else text
    return [word for word in re.findall(r"[^\W_]+", rest.casefold()) if word not in _SMALL]


def _contents_at(blocks: list[Block], place: int) -> int:
    """How many blocks from here are a contents page; 0 when it is none."""
    if blocks[place].contents:
        end = place
        while end < len(blocks) and (blocks[end].contents or ends_with_page(blocks[end].text)):
            end += 1
        return end - place
    if _is_title(blocks[place]):
        return _length(blocks, place + 1) + 1 if _length(blocks, place + 1) else 0
    run = place
    while run < len(blocks) and not blocks[run].cells and ends_with_page(blocks[run].text):
        run += 1
    return run - place if run - place >= FEWEST else _names_what_follows(blocks, place)


def _names_what_follows(blocks: list[Block], place: int) -> int:
    """How many lines from here only name the sections that come then, the first of them at once."""
    if not _short(blocks[place]) or (place and blocks[place - 1].text.endswith((":", ","))):
        return 0
    first = _words(name_in(blocks[place]))
    ends = range(place + 2, min(place + 40, len(blocks)))
    end = next((at for at in ends if first and _words(_shown(blocks[at])) == first), 0)
    if not end or (end - place < FEWEST and not blocks[end].heading):
        return 0
    at = end - 1
    for block in blocks[place:end]:
        name = _words(name_in(block))
        below = range(at + 1, len(blocks))
        found = (
            one for one in below if _opens(blocks[one]) and _words(_shown(blocks[one])) == name
        )
        at = next(found, 0)
        if not at or block.text.endswith((":", ";", ".")):
            return 0
    return end - place if at - end > 1.5 * (end - place - 1) else 0


def _opens(block: Block) -> bool:
    """Whether a block can open a section."""
    return _short(block) and not block.bullet and not block.text.endswith((":", ";", "."))


def _length(blocks: list[Block], start: int) -> int:
    if start < len(blocks) and blocks[start].contents:
        return _contents_at(blocks, start)
    if paged := _paged(blocks, start):
        return paged
    end = start
    names: list[str] = []
    while end < len(blocks) and len(blocks[end].text) < 160 and not blocks[end].cells:
        name = name_in(blocks[end])
        if names and are_alike(names[0], name) and len(names) > 1:
            break
        if not any(are_alike(name, _shown(later)) for later in blocks[end + 1 :] if _short(later)):
            break
        names.append(name)
        end += 1
    return end - start if len(names) >= 2 else 0


def _paged(blocks: list[Block], start: int) -> int:
    """The lines after the word Contents that end with a page. A long name may take two lines."""
    end = start
    pages = 0
    while end < len(blocks):
        if _has_page(blocks[end]):
            pages += 1
        elif not (
            end + 1 < len(blocks)
            and len(blocks[end].text) < 160
            and not blocks[end].text.endswith((".", ":"))
            and _has_page(blocks[end + 1])
        ):
            break
        end += 1
    return end - start if pages >= 2 else 0


def ends_with_page(text: str) -> bool:
    """Whether dots or a tab lead to the number of a page."""
    name, fill, page = _apart(text)
    return bool(name and page and _LEADER.search(fill))


def _has_page(block: Block) -> bool:
    if block.cells:
        return len(block.cells) in (2, 3) and bool(
            re.match(r"^(?:p\.?\s?)?\d{1,3}$", block.cells[-1])
        )
    if len(block.text) > 160:
        return False
    name, fill, page = _apart(block.text)
    return bool(name and fill) and (page.isdigit() or bool(_LEADER.search(fill)))


def _is_title(block: Block) -> bool:
    return bool(_TITLE.match(block.text)) and not block.cells


def _short(block: Block) -> bool:
    return 0 < len(block.text) <= 200 and not block.cells


def _shown(block: Block) -> str:
    mark = numbered(block.number, block.text) if block.number else None
    return f"{block.number} {block.text}" if mark else block.text
