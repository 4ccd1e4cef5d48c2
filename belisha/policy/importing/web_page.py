"""HTML: paragraphs, headings, tables, and lists with the numbers that a browser would print."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.html
from lxml import etree

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.marks import written
from belisha.policy.importing.plain_text import decoded
from belisha.policy.importing.rows import blocks_of_row
from belisha.policy.importing.style_sheets import PLAIN, STYLES, StyleSheet
from belisha.policy.importing.unreadable import Unreadable

DEEPEST = 200
_SKIPPED = {
    *("script", "style", "head", "template", "noscript", "iframe", "object", "svg", "nav"),
    "footer",
    *("select", "button", "textarea", "audio", "video", "canvas", "del", "title"),
}
_BLOCKS = set(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption "
    "figure form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table"
    " tbody "
    "td tfoot th thead tr ul".split()
)
_ROLES = ("navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "doc-backlink")
_FURNITURE = re.compile(
    r"(?:^|\s)(?:(?:site|page|main|global|top|primary)[-_]?)?"
    r"(?:cookies?|breadcrumbs?|skip|nav|navigation|navbar|menu|sidebar|share|footer)"
    r"(?:[-_](?:banner|consent|notice|bar|links?|list|menu|content|wrapper|container))*(?=\s|$)",
    re.IGNORECASE,
)
_CONTENTS = re.compile(
    r"\b(?:toc|msotoc\d|table-of-contents|contents-list|page-contents)\b", re.IGNORECASE
)


@dataclass
class _Counting:
    """An open list. `step` is -1 where it counts down; `style` is empty for bullets."""

    style: str = ""
    next: int = 1
    step: int = 1
    last: int = 1


@dataclass
class _State:
    """What stands around the text being gathered."""

    lists: list[_Counting] = field(default_factory=list)
    number: str = ""
    bullet: bool = False
    heading: int = 0
    contents: bool = False
    strong: int = 0
    text: list[str] = field(default_factory=list)
    bold: int = 0
    shown: int = 0


def read_web_page(data: bytes) -> list[Block]:
    """The blocks of a page; raises Unreadable."""
    return blocks_of_html(_text_of(data))


def blocks_of_html(text: str) -> list[Block]:
    """The blocks of HTML that is already text; raises Unreadable."""
    parser = lxml.html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        raise Unreadable("There is no text in this page.") from None
    return list(_Page(root).read())


def _text_of(data: bytes) -> str:
    named = re.search(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,20})""", data[:4096], re.I)
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(data)


class _Page:
    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._state = _State()
        self._sheet = StyleSheet(root)
        etree.strip_elements(root, "script", "style", with_tail=False)
        self._letters = sum(map(len, _texts(root)))

    def read(self) -> Iterator[Block]:
        yield from self._walk(self._root, 0)
        yield from self._flush()

    def _walk(self, element: etree._Element, depth: int) -> Iterator[Block]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED or _is_hidden(element) or self._is_furniture(element):
            return
        if depth > DEEPEST:
            self._say(" ".join(_texts(element)))
            return
        if tag == "br":
            self._state.text.append("\n")
        elif tag in ("sup", "a") and _is_note(element):
            return
        elif tag == "table":
            yield from self._flush()
            yield from self._table(element, depth)
        elif tag == "dl":
            yield from self._flush()
            yield from self._pairs(element, depth)
        elif tag in _BLOCKS:
            yield from self._flush()
            yield from self._block(element, tag, depth)
            yield from self._flush()
        else:
            strong = tag in ("b", "strong") or _is_bold(element)
            self._state.strong += strong
            yield from self._inside(element, depth)
            self._state.strong -= strong

    def _inside(self, element: etree._Element, depth: int) -> Iterator[Block]:
        self._say(element.text or "", keep=element.tag == "pre")
        for one in element:
            yield from self._walk(one, depth + 1)
            self._say(one.tail or "", keep=element.tag == "pre")

    def _block(self, element: etree._Element, tag: str, depth: int) -> Iterator[Block]:
        state = self._state
        kept = (state.heading, state.contents, state.number, state.bullet)
        is_list = tag in ("ol", "ul", "menu")
        if (_is_named(element, _CONTENTS) and self._is_part(element)) or (
            is_list and _leads_within(element)
        ):
            state.contents = True
        if re.fullmatch(r"h[1-6]", tag):
            state.heading = int(tag[1])
        if is_list:
            state.lists.append(self._counting(element, tag))
        elif tag == "li":
            self._begin_item(element)
        strong = tag == "th" or _is_bold(element)
        state.strong += strong
        yield from self._inside(element, depth)
        yield from self._flush()
        state.strong -= strong
        if is_list:
            state.lists.pop()
        state.heading, state.contents = kept[0], kept[1]
        state.number, state.bullet = ("", False) if tag == "li" or is_list else kept[2:]
        if tag not in ("li", "ol", "ul", "menu"):
            # The number of an item belongs to the first of its paragraphs only.
            state.number, state.bullet = ("", False) if self._used else kept[2:]

    def _is_furniture(self, element: etree._Element) -> bool:
        """What stands around the text of every page of a site."""
        if element.get("role") in _ROLES or element.get("title") in ("header", "footer"):
            return True
        if element.tag == "aside" and (_is_linked(element) or self._is_outside(element)):
            return True
        if element.tag in ("td", "div", "p", "center") and _leads_about(element):
            return True
        return _is_named(element, _FURNITURE) and self._is_part(element)

    def _is_outside(self, element: etree._Element) -> bool:
        """Whether the page says where its text stands, and an element stands elsewhere."""
        text = {"main", "article"}
        within = any(one.tag in text for one in element.iterancestors())
        return not within and next(self._root.iter(*text), None) is not None

    def _is_part(self, element: etree._Element) -> bool:
        """Whether an element is but a part of the page, however it is called."""
        return 2 * sum(map(len, _texts(element))) < self._letters

    _used = False

    def _begin_item(self, element: etree._Element) -> None:
        state = self._state
        self._used = False
        if not state.lists:
            state.number, state.bullet = "", True
            return
        counting = state.lists[-1]
        given = element.get("value", "")
        if re.fullmatch(r"-?\d{1,6}", given.strip()):
            counting.next = int(given)
        counting.last = counting.next
        counting.next += counting.step
        state.number = self._sheet.number_of(element, [one.last for one in state.lists])
        if counting.style and not state.number:
            own = STYLES.get(self._sheet.list_style(element)) or element.get("type")
            state.number = f"{written(counting.last, own or counting.style)}."
        state.bullet = not state.number

    def _counting(self, element: etree._Element, tag: str) -> _Counting:
        named = self._sheet.list_style(element)
        style = STYLES.get(named) or element.get("type", "1")
        style = style if style in ("1", "a", "A", "i", "I") else "1"
        backwards = element.get("reversed") is not None
        start = element.get("start", "").strip()
        if re.fullmatch(r"-?\d{1,6}", start):
            first = int(start)
        else:
            first = sum(one.tag == "li" for one in element) if backwards else 1
        if tag != "ol" or named in PLAIN:
            style = ""
        return _Counting(style, first, -1 if backwards else 1)

    def _say(self, text: str, *, keep: bool = False) -> None:
        state = self._state
        if not keep:
            text = re.sub(r"[ \t\r\n\f]+", " ", text)
        if text:
            count = len(text.strip())
            state.text.append(text)
            state.shown += count
            state.bold += count if state.strong else 0

    def _flush(self) -> Iterator[Block]:
        state = self._state
        text = "".join(state.text).strip()
        bold = bool(state.shown) and state.bold >= state.shown
        state.text, state.bold, state.shown = [], 0, 0
        if not text:
            return
        yield Block(
            text,
            number=state.number,
            bullet=state.bullet,
            level=len(state.lists),
            heading=state.heading,
            bold=bold,
            contents=state.contents,
        )
        if state.number or state.bullet:
            state.number, state.bullet = "", False
        self._used = True

    def _table(self, table: etree._Element, depth: int) -> Iterator[Block]:
        for row in table.iter("tr"):
            if next(row.iterancestors("table")) is not table:
                continue
            cells = [one for one in row if one.tag in ("td", "th") and not self._is_furniture(one)]
            names = all(cell.tag == "th" for cell in cells)
            yield from blocks_of_row([self._apart(cell, depth) for cell in cells], names=names)

    def _pairs(self, element: etree._Element, depth: int) -> Iterator[Block]:
        held: list[Block] = []
        for one in element.iter("dt", "dd"):
            blocks = self._apart(one, depth)
            if one.tag == "dt":
                yield from held
                held = blocks
            else:
                yield from blocks_of_row([held, blocks])
                held = []
        yield from held

    def _apart(self, element: etree._Element, depth: int) -> list[Block]:
        """The blocks of a cell, which no list around the table numbers."""
        kept, self._state = self._state, _State()
        try:
            return [*self._inside(element, depth + 1), *self._flush()]
        finally:
            self._state = kept


def _is_bold(element: etree._Element) -> bool:
    return bool(re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", element.get("style", ""), re.I))


def _is_hidden(element: etree._Element) -> bool:
    style = element.get("style", "")
    return element.get("hidden") is not None or bool(
        re.search(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", style, re.I)
    )


def _is_note(element: etree._Element) -> bool:
    """A footnote's mark: a raised number, or a link to one."""
    text = "".join(_texts(element)).strip()
    if element.tag == "a" and not re.match(r"#(?:fn|_?ftn|footnote|note)", element.get("href", "")):
        return False
    return bool(re.fullmatch(r"[\[(]?(?:\d{1,3}|[*†‡])[\])]?", text))


def _is_named(element: etree._Element, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(f"{element.get('class', '')} {element.get('id', '')}"))


def _leads_within(element: etree._Element) -> bool:
    """Whether a list holds nothing but links to places of its own page."""
    items = list(element.iter("li"))
    return len(items) >= 2 and all(_is_linked(item, "#") for item in items)


def _leads_about(element: etree._Element) -> bool:
    """Whether an element holds only links to other pages of the same site: a menu without name."""
    links = [one.get("href") or "" for one in element.iter("a")]
    own = len(links) > 2 and not any(re.match(r"#|[a-z]+:", link, re.I) for link in links)
    return own and _is_linked(element)


def _is_linked(element: etree._Element, to: str = "") -> bool:
    """Whether nearly all that an element says, its headings apart, are links."""
    links = [one for one in element.iter("a") if (one.get("href") or "").startswith(to)]
    own, linked = (
        sum(len(text.strip()) for one in each for text in _texts(one))
        for each in ([element], links)
    )
    named = sum(len(text.strip()) for one in element.iter("h2", "h3", "h4") for text in _texts(one))
    return bool(links) and linked >= 0.8 * (own - named)


def _texts(element: etree._Element) -> list[str]:
    return [str(text) for text in element.itertext()]
