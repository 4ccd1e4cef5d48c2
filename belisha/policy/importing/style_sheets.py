"""What a page's own style sheet says of lists: their kind of number, and what stands around it."""

import re
from dataclasses import dataclass

from lxml import etree

from belisha.policy.importing.marks import written

STYLES = {
    "lower-roman": "i",
    "upper-roman": "I",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "decimal": "1",
}
PLAIN = ("none", "disc", "circle", "square")
_LIST_STYLE = re.compile(
    rf"list-style(?:-type)?\s*:[^;]*?\b({'|'.join((*STYLES, *PLAIN))})\b", re.IGNORECASE
)
_CONTENT = re.compile(r"\bcontent\s*:\s*([^;]*)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"^([a-z][a-z0-9]*|\*)?((?:[.#][\w-]+)*)$", re.IGNORECASE)
_BEFORE = re.compile(r"::?(?:before|marker)$", re.IGNORECASE)
_PIECE = re.compile(r"""(["'])(.*?)\1|(counters?)\(([^)]*)\)""")
MOST = 2000  # rules that are looked at


@dataclass(frozen=True)
class _Rule:
    parts: tuple[str, ...]  # the simple selectors, the element's own last
    before: bool
    said: str


class StyleSheet:
    """The rules of a page that speak of lists. Later ones win; how exact one is does not count."""

    def __init__(self, root: etree._Element) -> None:
        text = "\n".join(str(one.text or "") for one in root.iter("style"))
        found = _RULE.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.S))[:MOST]
        self._rules = [
            _Rule(tuple(re.split(r"[\s>]+", _BEFORE.sub("", one))), bool(_BEFORE.search(one)), said)
            for selectors, said in found
            if _LIST_STYLE.search(said) or _CONTENT.search(said)
            for one in (each.strip() for each in selectors.split(","))
            if one
        ]

    def list_style(self, element: etree._Element) -> str:
        """``lower-roman``, ``disc``; empty where nothing says so."""
        own = _LIST_STYLE.search(element.get("style", ""))
        found = own or self._last(element, _LIST_STYLE, before=False)
        return found[1].lower() if found else ""

    def number_of(self, item: etree._Element, counts: list[int]) -> str:
        """What is printed before an item where counters say it; `counts` are those of its lists."""
        found = self._last(item, _CONTENT, before=True)
        if not found or "counter" not in found[1]:
            return ""
        pieces = _PIECE.findall(found[1])
        single = [each for each in pieces if each[2] == "counter"]
        printed, place = "", len(counts) - len(single)
        for _, text, kind, arguments in pieces:
            if not kind:
                printed += text
                continue
            words = [word.strip(" \"'") for word in arguments.split(",")]
            style = STYLES.get(words[-1].lower(), "1")
            if kind == "counters":
                between = words[1] if len(words) > 1 else "."
                printed += between.join(written(count, style) for count in counts)
            else:
                printed += written(counts[place], style) if 0 <= place < len(counts) else ""
                place += 1
        return printed.strip()

    def _last(
        self, element: etree._Element, pattern: re.Pattern[str], *, before: bool
    ) -> re.Match[str] | None:
        for rule in reversed(self._rules):
            found = pattern.search(rule.said) if rule.before == before else None
            if found and _fits(element, rule.parts):
                return found
        return None


def _fits(element: etree._Element, parts: tuple[str, ...]) -> bool:
    if not _is(element, parts[-1]):
        return False
    above = element.iterancestors()
    return all(any(_is(one, part) for one in above) for part in reversed(parts[:-1]))


def _is(element: etree._Element, selector: str) -> bool:
    found = _SIMPLE.match(selector)
    if not found or not isinstance(element.tag, str):
        return False
    names = {f".{name}" for name in element.get("class", "").split()} | {f"#{element.get('id')}"}
    wanted = re.findall(r"[.#][\w-]+", found[2])
    return found[1] in (None, "*", element.tag) and names.issuperset(wanted)
