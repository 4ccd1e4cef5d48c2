"""Title and front matter: taken out of the blocks, so that only the body is left."""

import re
from collections.abc import Callable

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.front import (
    COMMITMENT,
    POLICY,
    Front,
    is_date,
    is_heads_of_columns,
    is_of_a_cover,
    is_school,
    keys_of,
    labelled,
    pairs_in,
    rows_under,
    told_by,
    unquoted,
)
from belisha.policy.importing.marks import mark_of

COVER = 60  # blocks that can be front matter at most
END = 15  # blocks at the end that can be a note of approval
_CONTROL = re.compile(
    r"^(?:\d{1,2}\.?\s+)?(?:(?:document|version|policy|revision|amendment)s?\s+"
    r"(?:control|history|details|information|record|log|status|management|approval|review"
    r"|version)\b.*"
    r"|approvals?|sign-?off|(?:monitoring and )?review|amendments|change (?:history|log)|history"
    r"|control sheet)\s*:?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^(?:policy|guidance|procedures?)(?: (?:and|&) \w+)?(?: \d{4})?$", re.IGNORECASE
)
# A line below the title that only says whose policy it is.
_WHOSE = re.compile(
    r"^(?:(?:the )?(?:policy|policies|guidance|procedures?|statement)(?: (?:and|&) )?)+"
    r" (?:of|for|at) (?:the )?(?P<school>.+)$",
    re.IGNORECASE,
)
# What speaks of a policy but only as a heading within one.
_WITHIN = re.compile(
    r"^polic(?:y|ies)(?: (?:no\.?|number))? ?\d*$"
    r"|\b(?:this|these|related|other|linked|associated) (?:school )?polic"
    r"|^(?:policy )?(?:statement|aims?|objectives?|purpose|rationale|scope|introduction|background"
    r"|overview|foreword|summary|definitions)(?: of intent| (?:and|&) \w+)?$",
    re.IGNORECASE,
)
_STRONG = {
    *("review", "reviewed", "review_cycle", "approved_by", "approved", "issued", "written"),
    *("author", "checker", "checked", "version", "signed", "date"),
}


def split_off(
    blocks: list[Block], body: int, *, name: str = ""
) -> tuple[str, dict[str, str], list[Block]]:
    """Give the title, the front matter and the blocks of the body.

    `body` is where the text begins after a contents page, 0 where there is none; `name` is that of
    the file, the last resort for a title.
    """
    cover = _end_of_cover(blocks, body)
    title, at = _title(blocks[:cover] or blocks[:1], name)
    front = Front()
    rest: list[Block] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if place in at:
            place += 1
        elif place < cover:
            place = _of_cover(blocks, place, front, rest, title, fleeting=place < body)
        elif _CONTROL.match(block.text) or place >= len(blocks) - END:
            place = _of_control(blocks, place, front, rest)
        else:
            rest.append(block)
            place += 1
    repeated = [block for block in rest if not block.heading and _same(block.text, title)]
    if len(repeated) > 1 or any(not block.bold for block in repeated):  # a header that was kept
        rest = [block for block in rest if block not in repeated]
    found = front.found
    title = title or found.get("title", "")
    found.pop("title", None)
    found.pop("signed", None)
    if "commitment" not in found:
        for block in rest:
            if COMMITMENT.search(block.text) and 8 < len(block.text.split()) < 80:
                found["commitment"] = unquoted(block.text)
                break
    return title or name, found, rest


def _end_of_cover(blocks: list[Block], body: int) -> int:
    """Where the front matter ends at the latest."""
    place = body
    seen_heading = bool(body)
    while place < min(len(blocks), body + COVER):
        block = blocks[place]
        text = block.text
        if block.cells or pairs_in(block) or _CONTROL.match(text):
            place += 1
            continue
        if COMMITMENT.search(text) or is_date(text) or is_school(text) or is_of_a_cover(text):
            place += 1
            continue
        if body or block.number or block.bullet or len(text.split()) > 14:
            break
        mark = mark_of(text)
        if mark and mark.rest:
            break
        if (block.heading or block.bold) and seen_heading and not POLICY.search(text):
            break
        seen_heading = seen_heading or _can_be_title(text)
        place += 1
    return place


def _title(blocks: list[Block], name: str) -> tuple[str, set[int]]:
    """The title and the places where it stands."""
    short = [
        (place, block)
        for place, block in enumerate(blocks)
        if 1 <= len(block.text.split()) <= 16
        and len(block.text) <= 120
        and not block.cells
        and not block.bullet
        and not block.number
        and not pairs_in(block)
        and not (mark_of(block.text) and not POLICY.search(block.text))
        and not is_date(block.text)
        and not _CONTROL.match(block.text)
        and not _whose(block.text)
        and not COMMITMENT.search(block.text)
        and re.search(r"[A-Za-z]{3}", block.text)
    ]
    for block in blocks:
        for keys, _, value in pairs_in(block):
            if keys == ["title"] and value and POLICY.search(value):
                return value, {at for at, one in short if _same(one.text, value)}
    sizes = [block.size for _, block in short if _can_be_title(block.text)]
    largest = max(sizes, default=0.0)
    wanted: list[Callable[[Block], bool]] = [
        lambda block: block.title and not is_school(block.text),
        lambda block: block.heading == 1 and _names_policy(block.text),
        lambda block: block.size > 1.3 and _names_policy(block.text),
        lambda block: _names_policy(block.text) and block.text[-1:] not in ".:;,",
        lambda block: block.size == largest > 1.3 and _can_be_title(block.text),
        lambda block: block.heading == 1 and _can_be_title(block.text),
        lambda block: (block.size > 1.3 or block.bold) and _can_be_title(block.text),
        lambda block: block.title,
    ]
    for fits in wanted:
        for place, block in short:
            if fits(block):
                above = blocks[place - 1] if place else block
                # A line that only says "Policy" stands below the title's own.
                under = _GOES_ON.match(block.text) and above.size > 1.1 * block.size
                return _whole_title(blocks, place - 1 if under else place)
    first = next((one for one in short if not is_school(one[1].text)), None)
    if first and first[0] <= 2 and first[1].text[-1:] not in ".:;,":
        return _whole_title(blocks, first[0])
    return "", set()


def _names_policy(text: str) -> bool:
    return bool(POLICY.search(text)) and not _WITHIN.search(text)


def _can_be_title(text: str) -> bool:
    return not is_school(text) and not _WITHIN.search(text)


def _whole_title(blocks: list[Block], place: int) -> tuple[str, set[int]]:
    """A title set on two lines, and where it comes again."""
    first = last = place
    while first and _is_one_title(blocks[first - 1], blocks[first]):
        first -= 1
    while last + 1 < len(blocks) and _is_one_title(blocks[last], blocks[last + 1]):
        last += 1
    title = " ".join(block.text for block in blocks[first : last + 1])
    at = set(range(first, last + 1))
    title = re.sub(r"\s+", " ", title).strip(" *_")
    again = {other for other, one in enumerate(blocks) if _same(one.text, title)}
    return title, at | again


def _is_one_title(one: Block, other: Block) -> bool:
    """Whether a title goes on from one line to the next."""
    if not _goes_with(one, other):
        return False
    return (
        (one.title and other.title)
        or (one.size > 1.3 and other.size > 1.3)
        or bool(_GOES_ON.match(other.text))
        or one.text.lower().endswith((" of", " for", " and", " the", "&"))
    )


def _goes_with(one: Block, other: Block) -> bool:
    return (
        not other.cells
        and not one.cells
        and one.heading == other.heading
        and abs(one.size - other.size) < 0.2
        and not any(is_school(block.text) or is_date(block.text) for block in (one, other))
        and not any(pairs_in(block) or COMMITMENT.search(block.text) for block in (one, other))
        and len(f"{one.text} {other.text}") <= 120
    )


def _same(one: str, other: str) -> bool:
    first, second = (re.sub(r"\W+", " ", text).strip().casefold() for text in (one, other))
    return first == second


def _of_cover(
    blocks: list[Block], place: int, front: Front, rest: list[Block], title: str, *, fleeting: bool
) -> int:
    """Take one block of the cover; give the place of the next. `fleeting` drops odd lines."""
    block = blocks[place]
    if _has_columns(blocks, place):
        return _history(blocks, place, front)
    if pairs := pairs_in(block) or _lone_label(blocks, place):
        return _take(blocks, place, pairs, front)
    text = block.text
    if block.cells and not _strange_pair(blocks, place):
        if not fleeting:
            rest.append(block)
        return place + 1
    if _CONTROL.match(text) and place + 1 < len(blocks) and _is_of_front(blocks[place + 1]):
        return place + 1
    if found := _strange_pair(blocks, place):
        front.found.setdefault(*found)
    elif COMMITMENT.search(text) and len(text.split()) > 8 and not block.heading:
        front.found.setdefault("commitment", unquoted(text))
    elif is_date(text):
        front.add("date", text)
    elif school := text if is_school(text) else _whose(text):
        front.found.setdefault("school", school)
    elif is_of_a_cover(text) or _same(text, title):
        pass
    elif (beside := _beside_title(text, title)) is not None:
        if is_school(beside):
            front.found.setdefault("school", beside)
    elif not fleeting or (len(text.split()) > 12 and not block.heading):
        rest.append(block)
    return place + 1


def _whose(text: str) -> str:
    """The school of ``Policy and procedures of Oak School``, or nothing."""
    found = _WHOSE.match(text)
    return found["school"] if found and is_school(found["school"]) else ""


def _beside_title(text: str, title: str) -> str | None:
    """What else a line says that repeats the title, or None when it does not."""
    at = text.casefold().find(title.casefold()) if title else -1
    if at < 0 or len(text.split()) > len(title.split()) + 9 or text.endswith("."):
        return None
    return f"{text[:at]} {text[at + len(title) :]}".strip(" –—-|:•")


def _strange_pair(blocks: list[Block], place: int) -> tuple[str, str] | None:
    """A line such as ``Statutory lead: A. Person``, or a row, beside those whose labels we know."""
    cells = [cell.rstrip(" :") for cell in blocks[place].cells]
    text = ": ".join(cells) if len(cells) == 2 and all(cells) else blocks[place].text
    found = re.match(r"^([A-Z][^:\n.]{1,40}?)\s*:\s+(\S.{0,80})$", text)
    near = [blocks[at] for at in (place - 1, place + 1) if 0 <= at < len(blocks)]
    if found and not blocks[place].number and any(pairs_in(one) for one in near):
        return keys_of(found[1]), found[2]
    return None


def _of_control(blocks: list[Block], place: int, front: Front, rest: list[Block]) -> int:
    """Front matter in the body: a section of document control, or a note at the end."""
    block = blocks[place]
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    if _CONTROL.match(block.text) and not block.cells and not pairs_in(block):
        if following and _lone_label(blocks, place + 1):
            return place + 1
        if following and _is_of_front(following):
            place += 1
            while place < len(blocks) and _is_of_front(blocks[place]):
                if _has_columns(blocks, place):
                    place = _history(blocks, place, front)
                else:
                    place = _take(blocks, place, pairs_in(blocks[place]), front)
            return place
    elif _has_columns(blocks, place):
        return _history(blocks, place, front)
    elif pairs := _lone_label(blocks, place):
        return _take(blocks, place, pairs, front)
    elif _is_of_front(block) and not block.bullet:
        return _take(blocks, place, pairs_in(block), front)
    # A date below is that of a signature, or of nothing that we know.
    front.last = "signed" if "".join(block.cells or block.text)[:4].lower() == "sign" else ""
    rest.append(block)
    return place + 1


def _has_columns(blocks: list[Block], place: int) -> bool:
    """Whether a row names the columns of the rows below it."""
    heads = blocks[place]
    below = blocks[place + 1].cells if place + 1 < len(blocks) else ()
    return is_heads_of_columns(heads) and len(below) == len(heads.cells) and not labelled(below[0])


def _is_of_front(block: Block) -> bool:
    pairs = pairs_in(block)
    return is_heads_of_columns(block) or (
        bool(pairs)
        and all(keys and set(keys) <= _STRONG for keys, _, _ in pairs)
        and not any(value.endswith(".") and len(value.split()) > 4 for _, _, value in pairs)
    )


def _take(
    blocks: list[Block], place: int, pairs: list[tuple[list[str], str, str]], front: Front
) -> int:
    """Keep the pairs of one block. A label alone has its value on the next line."""
    for keys, label, value in pairs:
        for key, told in told_by(keys, label, value):
            front.add(key, told)
        if not keys and value and label:
            front.found.setdefault(keys_of(label), value)
    keys, _, value = pairs[-1]
    following = blocks[place + 1] if place + 1 < len(blocks) else None
    if keys and not value and following and _can_be_value(following):
        for key in keys:
            front.add(key, following.text)
        return place + 2
    return place + 1


def _lone_label(blocks: list[Block], place: int) -> list[tuple[list[str], str, str]]:
    """A label on a line of its own, as tables saved as text have them: another is near it."""
    near = [at for at in (place, place - 2, place + 2) if 0 <= at < len(blocks) - 1]
    labels = {at: labelled(blocks[at].text) for at in near if not blocks[at].cells}
    are = [at for at, keys in labels.items() if keys and set(keys) <= _STRONG]
    if place not in are or len(are) < 2 or not _can_be_value(blocks[place + 1]):
        return []
    return [(labels[place], blocks[place].text, "")]


def _can_be_value(block: Block) -> bool:
    return (
        not (block.cells or block.bullet or block.number or block.heading or pairs_in(block))
        and len(block.text.split()) <= 8
        and not block.text.endswith((".", ":"))
        and not labelled(block.text)
        and not mark_of(block.text)
    )


def _history(blocks: list[Block], place: int, front: Front) -> int:
    heads = blocks[place]
    end = place + 1
    while (
        end < len(blocks)
        and len(blocks[end].cells) == len(heads.cells)
        and not (is_heads_of_columns(blocks[end]))
    ):
        end += 1
    for key, value in rows_under(heads, blocks[place + 1 : end]).items():
        front.found.setdefault(key, value)
    return end
