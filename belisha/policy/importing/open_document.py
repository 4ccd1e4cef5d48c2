"""ODT: paragraphs as a word processor shows them, with the numbers of lists computed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.marks import written
from belisha.policy.importing.packages import (
    DEEPEST,
    Package,
    child,
    children,
    local,
    parsed,
    value,
)
from belisha.policy.importing.rows import blocks_of_row
from belisha.policy.importing.unreadable import Unreadable

LEVELS = 10
_SIZE = 12.0
_SKIPPED = {
    *("tracked-changes", "annotation", "annotation-end", "change", "change-start", "change-end"),
    *(
        "note-citation",
        "bookmark",
        "sequence-decls",
        "forms",
        "soft-page-break",
        "image",
        "desc",
        "title",
    ),
}
_CONTENTS = {
    "table-of-content",
    "illustration-index",
    "table-index",
    "alphabetical-index",
    "user-index",
}


@dataclass(frozen=True)
class _Level:
    """How one level of a list is numbered; `style` is empty for none and a bullet for a bullet."""

    style: str = ""
    bullet: bool = False
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1
    form: str = ""


@dataclass
class _Style:
    name: str = ""
    parent: str = ""
    list_style: str = ""
    bold: bool | None = None
    size: float | None = None
    share: float | None = None
    heading: int = 0


@dataclass
class _List:
    style: str
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass
class _Said:
    text: list[str] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    bold: int = 0
    shown: int = 0


def read_open_document(package: Package) -> list[Block]:
    """The blocks of an ODT; raises Unreadable."""
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise Unreadable(
            "This file is protected with a password. Save it without one and try again."
        )
    content = package.xml("content.xml")
    if content is None:
        raise Unreadable("There is no text in this file.")
    return _OpenDocument(content, package.xml("styles.xml")).read()


def read_flat_open_document(data: bytes) -> list[Block]:
    """The blocks of an ODT kept as one XML file; raises Unreadable."""
    return _OpenDocument(parsed(data), None).read()


class _OpenDocument:
    def __init__(self, content: etree._Element, styles: etree._Element | None) -> None:
        body = child(content, "body", "text")
        if body is None:
            raise Unreadable(
                "This is not a text document. Save it as a text document and try again."
            )
        self._body = body
        self._styles: dict[str, _Style] = {}
        self._list_styles: dict[str, dict[int, _Level]] = {}
        self._outline: dict[int, _Level] = {}
        self._outline_counts: list[int | None] = [None] * LEVELS
        self._lists: dict[str, _List] = {}
        self._last: dict[str, _List] = {}
        for root in (styles, content):
            if root is not None:
                self._read_styles(root)

    def read(self) -> list[Block]:
        found = list(self._walk(self._body, 0))
        weights: Counter[float] = Counter()
        for block in found:
            weights[block.size] += len(block.text)
        usual = weights.most_common(1)[0][0] if weights else _SIZE
        return [replace(block, size=round(block.size / (usual or 1), 2)) for block in found]

    def _read_styles(self, root: etree._Element) -> None:
        for one in root.iter("{*}list-style", "{*}outline-style"):
            levels = {}
            for level in one:
                at = _whole(value(level, "level"), 1) - 1
                kind = local(level)
                if kind in ("list-level-style-number", "outline-level-style"):
                    levels[at] = _Level(
                        style=(value(level, "num-format") or "")[:1],
                        before=value(level, "num-prefix") or "",
                        after=value(level, "num-suffix") or "",
                        start=_whole(value(level, "start-value"), 1),
                        shown=_whole(value(level, "display-levels"), 1),
                        form=value(level, "num-list-format") or "",
                    )
                elif kind in ("list-level-style-bullet", "list-level-style-image"):
                    levels[at] = _Level(bullet=True)
            if local(one) == "outline-style":
                self._outline = levels
            else:
                self._list_styles[value(one, "name") or ""] = levels
        for one in root.iter("{*}style"):
            letters = child(one, "text-properties")
            weight, size = value(letters, "font-weight"), value(letters, "font-size") or ""
            number = re.match(r"[\d.]+", size)
            self._styles[value(one, "name") or ""] = _Style(
                name=(value(one, "display-name") or value(one, "name") or "").lower(),
                parent=value(one, "parent-style-name") or "",
                list_style=value(one, "list-style-name") or "",
                bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
                size=float(number[0]) if number and size.endswith("pt") else None,
                share=float(number[0]) / 100 if number and size.endswith("%") else None,
                heading=_whole(value(one, "default-outline-level"), 0),
            )

    def _chain(self, name: str | None) -> list[_Style]:
        found: list[_Style] = []
        while name in self._styles and len(found) < 20:
            found.append(self._styles[name])
            name = found[-1].parent
        return found

    # --- blocks -----------------------------------------------------------------------------------

    def _walk(
        self, element: etree._Element, depth: int, *, contents: bool = False
    ) -> Iterator[Block]:
        if depth > DEEPEST:
            raise Unreadable("This file is nested too deeply to be a policy.")
        for one in element:
            kind = local(one)
            if kind in ("p", "h"):
                yield from self._paragraph(one, depth, contents=contents)
            elif kind == "list":
                yield from self._list(one, depth, 0, None, contents=contents)
            elif kind == "table":
                yield from self._table(one, depth)
            elif kind in _CONTENTS:
                yield from self._walk(one, depth + 1, contents=True)
            elif kind not in _SKIPPED and kind != "table-of-content-source":
                yield from self._walk(one, depth + 1, contents=contents)

    def _paragraph(
        self,
        element: etree._Element,
        depth: int,
        *,
        contents: bool = False,
        number: str = "",
        bullet: bool = False,
        level: int = 0,
        in_list: bool = False,
    ) -> Iterator[Block]:
        chain = self._chain(value(element, "style-name"))
        said = _Said()
        bold = next((style.bold for style in chain if style.bold is not None), False)
        self._gather(element, said, bool(bold), depth)
        heading = 0
        if local(element) == "h":
            heading = _whole(value(element, "outline-level"), 1) or 1
            if not in_list and value(element, "is-list-header") != "true":
                number = self._outline_number(heading - 1)
        else:
            heading = next((style.heading for style in chain if style.heading), 0)
        names = {style.name.replace("_20_", " ") for style in chain}
        text = "".join(said.text)
        if text.strip() or number:
            yield Block(
                text,
                number=number,
                bullet=bullet,
                level=level,
                heading=heading,
                title="title" in names,
                bold=bool(said.shown) and said.bold >= said.shown,
                size=_size_of(chain),
                contents=contents or any(re.match(r"contents \d", one) for one in names),
            )
        for box in said.boxes:
            yield from self._walk(box, depth + 1)
        for note in said.notes:
            yield from self._walk(note, depth + 1)

    def _gather(self, element: etree._Element, said: _Said, bold: bool, depth: int) -> None:
        if depth > DEEPEST:
            return
        self._say(said, element.text, bold)
        for one in element:
            kind = local(one)
            if kind == "s":
                said.text.append(" " * min(_whole(value(one, "c"), 1), 20))
            elif kind == "tab":
                said.text.append("\t")
            elif kind == "line-break":
                said.text.append("\n")
            elif kind == "note":
                said.notes += children(one, "note-body")
            elif kind == "frame":
                said.boxes += children(one, "text-box")
            elif kind not in _SKIPPED:
                style = self._chain(value(one, "style-name")) if kind == "span" else []
                own = next((each.bold for each in style if each.bold is not None), None)
                self._gather(one, said, bold if own is None else own, depth + 1)
            self._say(said, one.tail, bold)

    def _say(self, said: _Said, text: str | None, bold: bool) -> None:
        if text:
            text = re.sub(r"\s+", " ", text)
            said.text.append(text)
            said.shown += len(text.strip())
            said.bold += len(text.strip()) if bold else 0

    # --- numbers ----------------------------------------------------------------------------------

    def _list(
        self,
        element: etree._Element,
        depth: int,
        at: int,
        around: _List | None,
        *,
        contents: bool,
    ) -> Iterator[Block]:
        if depth > DEEPEST:
            raise Unreadable("This file is nested too deeply to be a policy.")
        counting = around or self._begun(element)
        style = value(element, "style-name") or counting.style
        levels = self._list_styles.get(style, {})
        for item in element:
            kind = local(item)
            if kind not in ("list-item", "list-header"):
                continue
            first = kind == "list-item"
            for one in item:
                if local(one) == "list":
                    yield from self._list(one, depth + 1, at + 1, counting, contents=contents)
                elif local(one) in ("p", "h"):
                    number, bullet = "", False
                    if first:
                        used = levels or self._list_styles.get(self._style_of(one), {})
                        number, bullet = self._next(counting, used, at, value(item, "start-value"))
                    yield from self._paragraph(
                        one,
                        depth + 1,
                        contents=contents,
                        number=number,
                        bullet=bullet,
                        level=at + 1,
                        in_list=True,
                    )
                    first = False
                else:
                    yield from self._walk(item, depth + 1, contents=contents)
                    break

    def _begun(self, element: etree._Element) -> _List:
        """The counts of a list: its own, or those that it goes on with."""
        style = value(element, "style-name") or ""
        found = self._lists.get(value(element, "continue-list") or "")
        if found is None and value(element, "continue-numbering") == "true":
            found = self._last.get(style)
        counting = found or _List(style)
        if name := value(element, "id"):
            self._lists[name] = counting
        self._last[style] = counting
        return counting

    def _style_of(self, paragraph: etree._Element) -> str:
        chain = self._chain(value(paragraph, "style-name"))
        return next((style.list_style for style in chain if style.list_style), "")

    def _next(
        self, counting: _List, levels: dict[int, _Level], at: int, start: str | None
    ) -> tuple[str, bool]:
        at = min(at, LEVELS - 1)
        _count(counting.counts, levels, at, _whole(start, 1) if start else None)
        level = levels.get(at, _Level(bullet=True))
        return ("", True) if level.bullet else (_shown(counting.counts, levels, at), False)

    def _outline_number(self, at: int) -> str:
        at = max(0, min(at, LEVELS - 1))
        _count(self._outline_counts, self._outline, at, None)
        return _shown(self._outline_counts, self._outline, at)

    def _table(self, table: etree._Element, depth: int) -> Iterator[Block]:
        for row in table.iter("{*}table-row"):
            if next(row.iterancestors("{*}table")) is table:
                cells = [list(self._walk(cell, depth + 1)) for cell in children(row, "table-cell")]
                names = local(next(row.iterancestors())) == "table-header-rows"
                yield from blocks_of_row(cells, names=names)


def _count(counts: list[int | None], levels: dict[int, _Level], at: int, start: int | None) -> None:
    for above in range(at):
        if counts[above] is None:
            counts[above] = levels.get(above, _Level()).start
    last = counts[at]
    if start is not None:
        counts[at] = start
    else:
        counts[at] = levels.get(at, _Level()).start if last is None else last + 1
    for below in range(at + 1, LEVELS):
        counts[below] = None


def _shown(counts: list[int | None], levels: dict[int, _Level], at: int) -> str:
    level = levels.get(at, _Level())
    if not level.style:
        return ""

    def one(place: int) -> str:
        style = levels.get(place, _Level()).style
        return written(counts[place] or 0, style) if style else ""

    if level.form:
        text = re.sub(r"%(\d{1,2})%", lambda found: one(min(int(found[1]), LEVELS) - 1), level.form)
        return text.strip()
    shown = [one(place) for place in range(max(0, at - level.shown + 1), at + 1)]
    return f"{level.before}{'.'.join(filter(None, shown))}{level.after}".strip()


def _size_of(chain: list[_Style]) -> float:
    share = 1.0
    for style in chain:
        if style.size is not None:
            return style.size * share
        if style.share is not None:
            share *= style.share
    return _SIZE * share


def _whole(text: str | None, otherwise: int) -> int:
    try:
        return max(0, min(int(text or ""), 99_999))
    except ValueError:
        return otherwise
