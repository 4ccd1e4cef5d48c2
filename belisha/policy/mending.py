"""Mending the text that was found in a file, one clause at a time. Pure: items in, items out.

`at` is the place of an item in the list, from 0. A place that does not exist raises `IndexError`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from belisha.policy.outline import Item, plain, section_in

Items = tuple[Item, ...]
# A number that a piece of text begins with: (a), ii., 3.1, A.2, 4)
_NUMBER = re.compile(
    r"(\([A-Za-z0-9]{1,5}\)|[ivxlIVXL]{1,6}[.)]|[A-Z0-9]{1,3}(?:\.[A-Za-z0-9]{1,5})+\.?"
    r"|[0-9]{1,3}[.)]|[A-Za-z][.)])\s+(?=\S)"
)


def changed(items: Sequence[Item], at: int, item: Item) -> Items:
    """Put an item in the place of another."""
    _there(items, at)
    return (*items[:at], item, *items[at + 1 :])


def joined(items: Sequence[Item], at: int) -> Items:
    """Add the text of an item to the one before it, as a page break may have parted them."""
    _there(items, at - 1 if at else -1)
    before, item = items[at - 1], items[at]
    text = f"{before.text} {item.number} {item.text}"
    return (*items[: at - 1], replace(before, text=" ".join(text.split())), *items[at + 1 :])


def split(items: Sequence[Item], at: int) -> Items:
    """Make several items of one, at its empty lines. Each new piece takes its own number along."""
    _there(items, at)
    item = items[at]
    pieces = [piece.strip() for piece in re.split(r"\n\s*\n", item.text) if piece.strip()]
    if len(pieces) < 2:
        return tuple(items)
    parts = [replace(item, text=pieces[0])]
    for piece in pieces[1:]:
        number, text = number_off(piece)
        parts.append(replace(item, number=number, text=text))
    return (*items[:at], *parts, *items[at + 1 :])


def dropped(items: Sequence[Item], at: int) -> Items:
    """Leave an item out."""
    _there(items, at)
    return (*items[:at], *items[at + 1 :])


def made_heading(items: Sequence[Item], at: int) -> Items:
    """Make an item the heading of what follows it, as far as its own section went."""
    _there(items, at)
    item = items[at]
    heading = " ".join(f"{item.number} {item.text}".split())
    section = plain(item.number) or section_in(heading)
    after = list(items[at + 1 :])
    for place, one in enumerate(after):
        if one.heading != item.heading:
            break
        after[place] = replace(one, heading=heading, section=section)
    return (*items[:at], *after)


def renamed(items: Sequence[Item], at: int, heading: str) -> Items:
    """Give the whole section around an item another heading."""
    _there(items, at)
    heading = " ".join(heading.split())
    first = last = at
    while first and items[first - 1].heading == items[at].heading:
        first -= 1
    while last + 1 < len(items) and items[last + 1].heading == items[at].heading:
        last += 1
    section = section_in(heading)
    return tuple(
        replace(one, heading=heading, section=section) if first <= place <= last else one
        for place, one in enumerate(items)
    )


def number_off(text: str) -> tuple[str, str]:
    """Part a text from its own number: ``(a) Ask first`` is ``(a)`` and ``Ask first``."""
    found = _NUMBER.match(text)
    if not found:
        return "", text
    number = found.group(1)
    return number if number.startswith("(") else number.rstrip(".)"), text[found.end() :]


def _there(items: Sequence[Item], at: int) -> None:
    if not 0 <= at < len(items):
        raise IndexError(at)
