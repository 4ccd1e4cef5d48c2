"""DOCX: paragraphs as Word shows them, with changes accepted and the numbers of lists computed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TypeVar

from lxml import etree

from belisha.policy.importing.blocks import Block
from belisha.policy.importing.marks import mark_of, without_bullet
from belisha.policy.importing.packages import DEEPEST, Package, child, children, local, value
from belisha.policy.importing.rows import blocks_of_row
from belisha.policy.importing.unreadable import Unreadable
from belisha.policy.importing.word_numbers import Numbering

_GONE = {"del", "moveFrom", "delText", "instrText", "delInstrText", "annotationRef", "pPr", "rPr"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_NO = ("0", "false", "off", "none")
T = TypeVar("T")
_STEP = 567  # twentieths of a point: one centimetre of indentation


@dataclass
class _Style:
    name: str = ""
    based_on: str = ""
    heading: int = 0
    bold: bool | None = None
    size: float | None = None
    number: str | None = None
    place: int | None = None


@dataclass
class _Said:
    """What the runs of one paragraph say."""

    text: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    bold: int = 0
    shown: int = 0
    sizes: Counter[float] = field(default_factory=Counter)
    is_contents: bool = False


def read_word(package: Package) -> list[Block]:
    """The blocks of a DOCX; raises Unreadable."""
    main = _main_part(package)
    root = package.xml(main)
    body = child(root, "body") if root is not None else None
    if body is None:
        raise Unreadable("There is no text in this Word file.")
    folder = main.rpartition("/")[0]
    return _Word(package, folder).read(body)


def _main_part(package: Package) -> str:
    relations = package.xml("_rels/.rels")
    for relation in children(relations, "Relationship"):
        if (value(relation, "Type") or "").endswith("/officeDocument"):
            target = (value(relation, "Target") or "").lstrip("/")
            if target in package:
                return target
    return "word/document.xml"


class _Word:
    def __init__(self, package: Package, folder: str) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        self._size = 11.0
        self._read_styles(package.xml(f"{folder}/styles.xml"))
        lists = {name: style.number for name, style in self._styles.items() if style.number}
        self._numbering = Numbering(package.xml(f"{folder}/numbering.xml"), lists)
        self._footnotes = {
            **self._notes(package, f"{folder}/footnotes.xml", "footnote"),
            **self._notes(package, f"{folder}/endnotes.xml", "endnote"),
        }
        self._fields: list[bool] = []  # for each open field, whether it is a contents page
        self._carried = ""  # the text of a paragraph whose end was deleted

    def read(self, body: etree._Element) -> list[Block]:
        found = list(self._walk(body, 0))
        weights: Counter[float] = Counter()
        for block in found:
            weights[block.size] += len(block.text)
        usual = weights.most_common(1)[0][0] if weights else self._size
        return [replace(block, size=round(block.size / (usual or 1), 2)) for block in found]

    def _read_styles(self, root: etree._Element | None) -> None:
        default = child(root, "docDefaults", "rPrDefault", "rPr", "sz")
        self._size = _half_points(value(default)) or self._size
        for one in children(root, "style"):
            name = value(one, "styleId") or ""
            properties, letters = child(one, "pPr"), child(one, "rPr")
            style = _Style(
                name=(value(child(one, "name")) or "").lower(),
                based_on=value(child(one, "basedOn")) or "",
                bold=_switch(child(letters, "b")),
                size=_half_points(value(child(letters, "sz"))),
                number=value(child(properties, "numPr", "numId")),
            )
            place = value(child(properties, "numPr", "ilvl"))
            style.place = int(place) if place and place.isdigit() else None
            outline = value(child(properties, "outlineLvl"))
            if found := re.match(r"heading (\d)", style.name):
                style.heading = int(found[1])
            elif outline and outline.isdigit() and int(outline) < 9:
                style.heading = int(outline) + 1
            self._styles[name] = style
            if value(one, "type") == "paragraph" and value(one, "default") in ("1", "true"):
                self._default = name

    def _chain(self, name: str) -> Iterator[_Style]:
        for _ in range(20):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = style.based_on

    def _notes(self, package: Package, part: str, kind: str) -> dict[str, str]:
        notes = {}
        for note in children(package.xml(part), kind):
            if value(note, "type") in (None, "normal"):
                words = [_text_in(paragraph) for paragraph in note.iter("{*}p")]
                notes[f"{kind} {value(note, 'id')}"] = " ".join(filter(None, words)).strip()
        return notes

    # --- blocks -----------------------------------------------------------------------------------

    def _walk(
        self, element: etree._Element, depth: int, *, contents: bool = False
    ) -> Iterator[Block]:
        if depth > DEEPEST:
            raise Unreadable("This Word file is nested too deeply to be a policy.")
        for one in element:
            kind = local(one)
            if kind == "p":
                yield from self._paragraph(one, depth, contents=contents)
            elif kind == "tbl":
                yield from self._table(one, depth)
            elif kind == "sdt":
                gallery = value(child(one, "sdtPr", "docPartObj", "docPartGallery")) or ""
                inner = child(one, "sdtContent")
                if inner is not None:
                    is_contents = contents or "table of contents" in gallery.lower()
                    yield from self._walk(inner, depth + 1, contents=is_contents)
            elif kind == "AlternateContent":
                yield from self._walk(_chosen(one), depth + 1, contents=contents)
            elif kind in ("ins", "moveTo", "customXml", "smartTag", "txbxContent"):
                yield from self._walk(one, depth + 1, contents=contents)

    def _paragraph(self, element: etree._Element, depth: int, *, contents: bool) -> Iterator[Block]:
        properties = child(element, "pPr")
        name = value(child(properties, "pStyle")) or self._default
        chain = list(self._chain(name))
        said = _Said(is_contents=contents or any(self._fields))
        self._gather(element, chain, said, 0)
        said.is_contents = said.is_contents or any(self._fields)
        text = self._carried + "".join(said.text)
        self._carried = ""
        marker = child(properties, "rPr")
        if child(marker, "del") is not None or child(marker, "moveFrom") is not None:
            self._carried = text
            return
        number, bullet, level = self._number(properties, name, chain)
        style_names = {style.name for style in chain}
        if any(one.startswith("toc ") for one in style_names):
            said.is_contents = True
        if text.strip() or number:
            listed = bool(number) or bullet
            stripped = text.strip()
            if not listed and (without_bullet(stripped) is not None or mark_of(stripped)):
                level = _indentation(properties)
            yield Block(
                text,
                number=number,
                bullet=bullet,
                level=level,
                heading=_heading_of(properties, chain),
                title=chain[0].name == "title" if chain else False,
                bold=bool(said.shown) and said.bold >= said.shown,
                size=said.sizes.most_common(1)[0][0] if said.sizes else self._size,
                contents=said.is_contents,
            )
        for box in said.boxes:
            yield from self._walk(box, depth + 1)
        for note in said.notes:
            if note:
                yield Block(note, size=self._size)

    def _gather(
        self, element: etree._Element, chain: list[_Style], said: _Said, depth: int
    ) -> None:
        """Collect text, notes and boxes below an element of a paragraph."""
        if depth > DEEPEST:
            return
        for one in element:
            kind = local(one)
            if kind in _GONE:
                continue
            if kind == "r":
                self._run(one, chain, said, depth)
            elif kind == "txbxContent":
                said.boxes.append(one)
            elif kind == "AlternateContent":
                self._gather(_chosen(one), chain, said, depth + 1)
            elif kind == "hyperlink" and (value(one, "anchor") or "").startswith("_Toc"):
                said.is_contents = True
                self._gather(one, chain, said, depth + 1)
            else:
                self._gather(one, chain, said, depth + 1)

    def _run(self, run: etree._Element, chain: list[_Style], said: _Said, depth: int) -> None:
        letters = child(run, "rPr")
        if _switch(child(letters, "vanish")):
            return
        of_run = list(self._chain(value(child(letters, "rStyle")) or ""))
        bold = _first(_switch(child(letters, "b")), *(one.bold for one in (*of_run, *chain)))
        size = _first(
            _half_points(value(child(letters, "sz"))), *(one.size for one in (*of_run, *chain))
        )
        for one in run:
            kind = local(one)
            if kind == "t":
                text = one.text or ""
                said.text.append(text)
                count = len(text.strip())
                said.shown += count
                said.bold += count if bold else 0
                said.sizes[size or self._size] += count
            elif kind in _SIGNS:
                is_page = kind == "br" and value(one, "type") in ("page", "column")
                said.text.append(" " if is_page else _SIGNS[kind])
            elif kind == "fldChar":
                self._field(value(one, "fldCharType"))
            elif kind == "instrText":
                if self._fields and re.match(r"\s*TOC\b", one.text or ""):
                    self._fields[-1] = True
            elif kind in ("footnoteReference", "endnoteReference"):
                note = f"{kind.removesuffix('Reference')} {value(one, 'id')}"
                said.notes.append(self._footnotes.get(note, ""))
            elif kind not in _GONE:
                self._inside(one, chain, said, depth + 1)

    def _inside(
        self, element: etree._Element, chain: list[_Style], said: _Said, depth: int
    ) -> None:
        """Look for text boxes within drawings."""
        if local(element) == "AlternateContent":
            element = _chosen(element)
        for box in element.iter("{*}txbxContent"):
            if not any(
                local(above) in ("txbxContent", "Fallback") for above in box.iterancestors()
            ):
                said.boxes.append(box)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _number(
        self, properties: etree._Element | None, name: str, chain: list[_Style]
    ) -> tuple[str, bool, int]:
        """What is printed before a paragraph, whether that is a bullet, and how deep it stands."""
        own = child(properties, "numPr")
        number = value(child(own, "numId"))
        place = value(child(own, "ilvl"))
        if number is None:
            number = next((style.number for style in chain if style.number is not None), None)
        if number is None or number == "0":
            return "", False, 0
        if place is not None and place.isdigit():
            at = int(place)
        else:
            at = self._numbering.place_of_style(number, name) or next(
                (style.place for style in chain if style.place is not None), 0
            )
        printed, bullet = self._numbering.next(number, at)
        return printed, bullet, at + 1 if printed or bullet else 0

    def _table(self, table: etree._Element, depth: int) -> Iterator[Block]:
        for row in table.iter("{*}tr"):
            if next(row.iterancestors("{*}tbl")) is not table:
                continue
            if child(row, "trPr", "del") is not None:
                continue
            cells = []
            for cell in row.iter("{*}tc"):
                if next(cell.iterancestors("{*}tr")) is not row:
                    continue
                merged = child(cell, "tcPr", "vMerge")
                if merged is None or value(merged) == "restart":
                    cells.append(list(self._walk(cell, depth + 1)))
            named = child(row, "trPr", "tblHeader")
            yield from blocks_of_row(cells, names=bool(_switch(named)))


def _chosen(element: etree._Element) -> etree._Element:
    """Of several ways to show the same, the first."""
    for kind in ("Choice", "Fallback"):
        if (found := child(element, kind)) is not None:
            return found
    return element


def _text_in(paragraph: etree._Element) -> str:
    return "".join(
        one.text or ""
        for one in paragraph.iter("{*}t")
        if not any(local(above) in ("del", "moveFrom") for above in one.iterancestors())
    ).strip()


def _heading_of(properties: etree._Element | None, chain: list[_Style]) -> int:
    outline = value(child(properties, "outlineLvl"))
    if outline and outline.isdigit():
        return int(outline) + 1 if int(outline) < 9 else 0
    return next((style.heading for style in chain if style.heading), 0)


def _indentation(properties: etree._Element | None) -> int:
    indent = child(properties, "ind")
    left = value(indent, "left") or value(indent, "start") or "0"
    try:
        return max(0, min(round(float(left) / _STEP), 6))
    except ValueError:
        return 0


def _switch(element: etree._Element | None) -> bool | None:
    return None if element is None else value(element) not in _NO


def _half_points(text: str | None) -> float | None:
    try:
        return float(text) / 2 if text else None
    except ValueError:
        return None


def _first(*values: T | None) -> T | None:
    return next((one for one in values if one is not None), None)
