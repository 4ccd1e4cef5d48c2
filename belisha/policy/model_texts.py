"""The policies that are shipped, in our own words, ready to be adapted.

They lie in `model/` as Markdown of one shape, one line to a paragraph, an empty line between::

    # Title

    commitment: the safeguarding commitment

    ## B. Heading

    An introduction without a number.

    B.ii The text of a clause.
"""

import re
from functools import cache
from pathlib import Path

from belisha.policy.controls import CONTROLS
from belisha.policy.outline import Item, Outline

MODEL_KEYS = ("social-media", "online-safety", "mobile-phones", "acceptable-use", "anti-bullying")

_FOLDER = Path(__file__).parent / "model"
_FRONT = ("commitment",)
_HEADING = re.compile(r"## (([A-Z]|\d{1,2})\. \S.*)")
_CLAUSE = re.compile(r"(([A-Z]|\d{1,2})\.(?:[ivx]+|\d{1,2})) (\S.*)")


@cache
def model_outline(key: str) -> Outline:
    """The model text of a policy, one of `MODEL_KEYS`. Raises `KeyError` for any other."""
    if key not in MODEL_KEYS:
        raise KeyError(key)
    return parse((_FOLDER / f"{key}.md").read_text(encoding="utf-8"))


def clause_text(control_id: str) -> str:
    """The full words of the model policy for a control. Raises `KeyError` for no control."""
    return _texts()[control_id]


def parse(text: str) -> Outline:
    """Read a text of the fixed shape. Raises `ValueError`, with the number of the line, for any
    other.
    """
    title, heading, section = "", "", ""
    front: dict[str, str] = {}
    items: list[Item] = []
    before = ""
    for count, line in enumerate(text.splitlines(), start=1):
        name, _, words = line.partition(": ")
        if not line:
            pass
        elif before:
            raise ValueError(f"Line {count}: an empty line is missing before it.")
        elif line.startswith("# ") and not title:
            title = line.removeprefix("# ")
        elif found := _HEADING.fullmatch(line):
            heading, section = found[1], found[2]
        elif line.startswith(("#", " ", "-", "*")) or not title:
            raise ValueError(f"Line {count}: this is neither a heading nor a clause.")
        elif section:
            items.append(_item(line, heading, section, {item.number for item in items}, count))
        elif name in _FRONT and name not in front:
            front[name] = words
        else:
            raise ValueError(f"Line {count}: nothing of this name stands before the text.")
        before = line
    if not items or set(front) != set(_FRONT):
        raise ValueError("The title, the commitment or the text is missing.")
    return Outline(title, tuple(items), front)


def _item(line: str, heading: str, section: str, taken: set[str], count: int) -> Item:
    found = _CLAUSE.fullmatch(line)
    if not found:
        return Item("", heading, line, section)
    if found[2] != section or found[1] in taken:
        raise ValueError(f"Line {count}: the number {found[1]} does not belong here.")
    return Item(found[1], heading, found[3], section)


@cache
def _texts() -> dict[str, str]:
    clauses = {item.number: item.text for item in model_outline("social-media").items}
    return {id_: clauses[id_] for id_ in CONTROLS}
