"""The numbers that Word prints before paragraphs, from its definitions of lists."""

import re
from dataclasses import dataclass, field

from lxml import etree

from belisha.policy.importing.marks import written
from belisha.policy.importing.packages import child, children, value

_STYLES = {
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
LEVELS = 9


@dataclass(frozen=True)
class Level:
    style: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # 0 never; else only after a level below this one
    plain: bool = False  # all numbers in it are Arabic
    of_style: str = ""


@dataclass
class _List:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """Counts the paragraphs of every list of one document."""

    def __init__(self, root: etree._Element | None, list_of_style: dict[str, str]) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        links: dict[str, str] = {}
        for one in children(root, "abstractNum"):
            name = value(one, "abstractNumId") or ""
            self._levels[name] = {_place(level): _level(level) for level in children(one, "lvl")}
            if link := value(child(one, "numStyleLink")):
                links[name] = link
        for one in children(root, "num"):
            found = _List(value(child(one, "abstractNumId")) or "")
            for override in children(one, "lvlOverride"):
                place = _place(override)
                if (start := value(child(override, "startOverride"))) is not None:
                    found.starts[place] = _whole(start, 1)
                if (level := child(override, "lvl")) is not None:
                    found.levels[place] = _level(level)
            self._lists[value(one, "numId") or ""] = found
        for name, style in links.items():
            linked = self._lists.get(list_of_style.get(style, ""))
            if linked and linked.abstract in self._levels:
                self._levels[name] = self._levels[linked.abstract]

    def place_of_style(self, number: str, style: str) -> int | None:
        """The level of a list that belongs to a style of paragraphs."""
        levels = self._all_levels(number)
        return next((place for place, level in levels.items() if level.of_style == style), None)

    def next(self, number: str, place: int) -> tuple[str, bool]:
        """Count one more paragraph: what is printed before it, and whether that is a bullet."""
        levels = self._all_levels(number)
        if not levels:
            return "", False
        place = max(0, min(place, LEVELS - 1))
        level = levels.get(place, Level())
        self._count(number, place, levels)
        if level.style == "bullet":
            return "", True
        if level.style == "none":
            return "", False
        counts = self._counts[self._lists[number].abstract]

        def shown(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            other = levels.get(at, Level())
            return _shown(counts[at] or 0, "decimal" if level.plain else other.style)

        return re.sub(r"%([1-9])", shown, level.text).strip(), False

    def _all_levels(self, number: str) -> dict[int, Level]:
        found = self._lists.get(number)
        return {**self._levels.get(found.abstract, {}), **found.levels} if found else {}

    def _count(self, number: str, place: int, levels: dict[int, Level]) -> None:
        found = self._lists[number]
        counts = self._counts.setdefault(found.abstract, [None] * LEVELS)
        for at in range(place):
            if counts[at] is None:
                counts[at] = found.starts.get(at, levels.get(at, Level()).start)
        begun = (number, place) in self._begun
        if place in found.starts and not begun:
            counts[place] = found.starts[place]
        else:
            last = counts[place]
            start = found.starts.get(place, levels.get(place, Level()).start)
            counts[place] = start if last is None else last + 1
        self._begun.add((number, place))
        for at in range(place + 1, LEVELS):
            restart = levels.get(at, Level()).restart
            if restart is None or place < restart:
                counts[at] = None


def _level(element: etree._Element) -> Level:
    restart = value(child(element, "lvlRestart"))
    plain = child(element, "isLgl")
    return Level(
        style=value(child(element, "numFmt")) or "decimal",
        text=value(child(element, "lvlText")) or "",
        start=_whole(value(child(element, "start")), 1),
        restart=None if restart is None else _whole(restart, 0),
        plain=plain is not None and value(plain) not in ("0", "false", "off"),
        of_style=value(child(element, "pStyle")) or "",
    )


def _place(element: etree._Element) -> int:
    return max(0, min(_whole(value(element, "ilvl"), 0), LEVELS - 1))


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return max(0, min(int(text or ""), 99_999))
    except ValueError:
        return otherwise


def _shown(count: int, style: str) -> str:
    if style in _STYLES:
        return written(count, _STYLES[style])
    if style == "decimalZero":
        return f"{count:02d}"
    return "" if style in ("none", "bullet") else str(count)
