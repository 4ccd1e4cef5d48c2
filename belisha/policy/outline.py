"""The shape of a policy's text: a title, its front matter, and clauses in their order.

An import makes an outline from a file, the shipped policies are kept as one, a version of a
document is stored as one, and the page, the print and the comparison of versions read one.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Item:
    """One clause, paragraph or bullet, as it stands in the document.

    `number` is printed before it (``ii``, ``1.1``, ``(a)``, ``A.2``), empty for a paragraph or a
    plain bullet; `heading` is the section that it stands in, with the section's own number.
    `section` is that number alone (``B`` of ``B. Staff in a personal capacity``), or empty.
    `level` is 0 for text directly under the heading, and one more for each list around it.
    """

    number: str
    heading: str
    text: str
    section: str = ""
    level: int = 0


@dataclass(frozen=True)
class Outline:
    """A whole document. `front` holds what was found of the front matter, by its usual names:
    author, checker, approved_by, approved, issued, review, and what else the document calls them.
    """

    title: str
    items: tuple[Item, ...]
    front: Mapping[str, str] = field(default_factory=dict)


def addresses(items: Iterable[Item]) -> list[str]:
    """Give each item an address that no other item has, fit for an anchor: ``B.ii``, ``1.1``.

    A number that names its section already stands alone. What has no number is counted within its
    section: ``B.p1``, ``B.p2``. A number that comes twice gets ``~2``.
    """
    given: list[str] = []
    unnumbered: dict[str, int] = {}
    times: dict[str, int] = {}
    headings: list[str] = []
    above: list[tuple[int, str]] = []
    for item in items:
        if item.heading not in headings:
            headings.append(item.heading)
        section = plain(item.section) or f"s{headings.index(item.heading) + 1}"
        while above and above[-1][0] >= item.level:
            above.pop()
        number = plain(item.number)
        if not number:
            unnumbered[section] = unnumbered.get(section, 0) + 1
            address = f"{section}.p{unnumbered[section]}"
        elif number.startswith(f"{section}.") or _is_whole(number, section):
            address = number
        else:
            address = f"{above[-1][1] if above else section}.{number}"
        times[address] = times.get(address, 0) + 1
        if number:
            above.append((item.level, address))
        given.append(address if times[address] == 1 else f"{address}~{times[address]}")
    return given


def plain(number: str) -> str:
    """A printed number without its brackets and last stop: ``(a)`` is ``a``, ``ii.`` is ``ii``."""
    return "".join(mark for mark in number.strip() if mark.isalnum() or mark in ".-").strip(".")


def _is_whole(number: str, section: str) -> bool:
    """Whether a number such as ``3.1`` or ``A.2`` needs no section before it."""
    return "." in number and not section.startswith("s")


MOST_ITEMS = 2000
# The longest that is kept of each part of an item, and of a title, in letters.
LONGEST = {"number": 20, "heading": 200, "section": 20, "text": 20_000, "address": 60, "title": 120}


def why_not_kept(outline: Outline) -> str:
    """Return why this outline makes no document, for the person who mends it; or nothing."""
    if not outline.title.strip():
        return "Give the document a title."
    if len(outline.title) > LONGEST["title"]:
        return f"The title is too long. It has room for {LONGEST['title']} letters."
    if not outline.items:
        return "There is no text in it."
    if len(outline.items) > MOST_ITEMS:
        return f"It has more than {MOST_ITEMS} clauses. Bring it in as several documents."
    for item, address in zip(outline.items, addresses(outline.items), strict=True):
        if why_not := _why_no_item(item, address):
            return why_not
    return ""


def _why_no_item(item: Item, address: str) -> str:
    where = f"{item.number} {item.text}".strip()[:40]
    if not item.text.strip():
        return f"A clause has no text: {item.number or item.heading or 'without a number'}."
    parts = {"number": item.number, "heading": item.heading, "text": item.text}
    for name, words in parts.items():
        if len(words) > LONGEST[name]:
            return f"The {name} is too long. It has room for {LONGEST[name]} letters: “{where}…”"
    if len(address) > LONGEST["address"] or len(item.section) > LONGEST["section"]:
        return f"The number of its section is too long: “{where}…”"
    return ""


def section_in(heading: str) -> str:
    """Return the number that a heading begins with: ``B`` of ``B. Staff``, or nothing."""
    first, _, rest = heading.strip().partition(" ")
    number = plain(first)
    marked = first.endswith((".", ")", ":")) or any(mark.isdigit() for mark in number)
    short = len(number) <= 8 and (len(number) == 1 or not number.isalpha() or number.islower())
    return number if rest and marked and number and short else ""


def fingerprint(outline: Outline, front: Iterable[str] = ()) -> str:
    """Return 64 letters that differ when any word, number, heading or place differs."""
    said = [
        [outline.title, *front],
        *([one.number, one.heading, one.section, one.level, one.text] for one in outline.items),
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
