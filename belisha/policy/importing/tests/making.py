"""Documents made for tests: one description, set in each of the formats that Belisha reads."""

# ruff: noqa: E501 -- documents stand here as they are printed

import html
import io
import zipfile
from dataclasses import dataclass, field, replace

import docx
import typst
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from belisha.policy.importing.marks import bare_of

WORD_STYLES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}


@dataclass(frozen=True)
class Heading:
    text: str
    number: str = ""
    level: int = 1

    @property
    def printed(self):
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True)
class Clause:
    number: str
    text: str
    level: int = 1


@dataclass(frozen=True)
class Bullet:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Para:
    text: str


@dataclass(frozen=True)
class Made:
    """A document. `counting` says how a format's own lists count, level by level, as pairs of a
    style (1, a, A, i, I) and a pattern (``%1.``); level 0 is that of numbered headings."""

    title: str
    parts: tuple
    front: tuple[tuple[str, str], ...] = ()
    counting: tuple[tuple[str, str], ...] = ()
    contents: bool = False
    columns: int = 1
    extra: dict = field(default_factory=dict)

    @property
    def expected(self):
        """Every clause as number, heading and text."""
        heading, found = "", []
        for part in self.parts:
            if isinstance(part, Heading):
                heading = part.printed
            elif isinstance(part, Clause):
                found.append((bare_of(part.number), heading, part.text))
            else:
                found.append(("", heading, part.text))
        return found

    def without_counting(self):
        return replace(self, counting=())

    @property
    def headings(self):
        return [part for part in self.parts if isinstance(part, Heading)]


def found_in(outline):
    return [(item.number, item.heading, item.text) for item in outline.items]


# --- plain text and Markdown ----------------------------------------------------------------------


def as_text(made):
    lines = [made.title, ""]
    lines += [line for label, value in made.front for line in (f"{label}: {value}", "")]
    if made.contents:
        lines += [
            "Contents",
            "",
            *(f"{one.printed} ........ {at + 2}" for at, one in enumerate(made.headings)),
            "",
        ]
    for part in made.parts:
        if isinstance(part, Heading):
            lines += ["", part.printed, ""]
        elif isinstance(part, Clause):
            lines += [f"{'    ' * (part.level - 1)}{part.number} {part.text}"]
        elif isinstance(part, Bullet):
            lines += [f"{'    ' * (part.level - 1)}- {part.text}"]
        else:
            lines += ["", part.text, ""]
    return "\n".join(lines).encode()


def as_markdown(made):
    lines = [f"# {_plain_marks(made.title)}", ""]
    lines += [
        line for label, value in made.front for line in (f"**{label}:** {_plain_marks(value)}", "")
    ]
    if made.contents:
        lines += [
            "## Contents",
            "",
            *(f"- [{one.printed}](#s{at})" for at, one in enumerate(made.headings)),
            "",
        ]
    for part in made.parts:
        if isinstance(part, Heading):
            lines += ["", f"{'#' * (part.level + 1)} {_plain_marks(part.printed)}", ""]
        elif isinstance(part, Clause):
            lines += [
                f"{'  ' * (part.level - 1)}- {_plain_marks(part.number)} {_plain_marks(part.text)}"
            ]
        elif isinstance(part, Bullet):
            lines += [f"{'  ' * (part.level - 1)}- {_plain_marks(part.text)}"]
        else:
            lines += ["", _plain_marks(part.text), ""]
    return "\n".join(lines).encode()


def _plain_marks(text):
    for mark in "\\`*_[]<>#|~":
        text = text.replace(mark, "\\" + mark)
    return text


# --- HTML -----------------------------------------------------------------------------------------


def as_html(made):
    body = [f"<h1>{html.escape(made.title)}</h1>"]
    if made.front:
        rows = "".join(
            f"<tr><td>{html.escape(a)}</td><td>{html.escape(b)}</td></tr>" for a, b in made.front
        )
        body.append(f"<table>{rows}</table>")
    if made.contents:
        items = "".join(
            f'<li><a href="#s{at}">{html.escape(one.printed)}</a></li>'
            for at, one in enumerate(made.headings)
        )
        body.append(f"<h2>Contents</h2><ul>{items}</ul>")
    body.append(_html_parts(made))
    return f"<!doctype html><html><head><meta charset=utf-8><title>{html.escape(made.title)}</title></head><body>{''.join(body)}</body></html>".encode()


def _html_parts(made):
    out, open_lists = [], []

    def close(to):
        while len(open_lists) > to:
            out.append(f"</li></{open_lists.pop()}>")

    for part in made.parts:
        text = html.escape(part.text)
        if isinstance(part, Clause | Bullet):
            counts = made.counting and isinstance(part, Clause)
            tag = "ol" if counts else "ul" if isinstance(part, Bullet) else None
            if tag is None:
                close(0)
                out.append(f"<p>{html.escape(part.number)} {text}</p>")
                continue
            if len(open_lists) >= part.level:
                close(part.level)
                if open_lists[-1] != tag:
                    close(part.level - 1)
            if len(open_lists) == part.level:
                out.append("</li>")
            while len(open_lists) < part.level:
                kind = f' type="{made.counting[len(open_lists) + 1][0]}"' if tag == "ol" else ""
                out.append(f"<{tag}{kind}>")
                open_lists.append(tag)
                if len(open_lists) < part.level:
                    out.append("<li>")
            out.append(f"<li>{text}")
        else:
            close(0)
            if isinstance(part, Heading):
                out.append(f"<h{part.level + 1}>{html.escape(part.printed)}</h{part.level + 1}>")
            else:
                out.append(f"<p>{text}</p>")
    close(0)
    return "".join(out)


# --- DOCX -----------------------------------------------------------------------------------------


def as_docx(made, *, styled=True):
    document = docx.Document()
    document.add_paragraph(made.title, style="Title" if styled else None)
    if made.front:
        table = document.add_table(rows=0, cols=2)
        for label, value in made.front:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, value
    if made.contents:
        document.add_paragraph("Contents")
        for at, one in enumerate(made.headings):
            document.add_paragraph(f"{one.printed}\t{at + 2}")
    counting = _WordCounting(document, made.counting) if made.counting else None
    for part in made.parts:
        if isinstance(part, Heading):
            counted = counting and part.number
            paragraph = document.add_paragraph(
                part.text if counted else part.printed,
                style=f"Heading {part.level}" if styled else None,
            )
            if not styled:
                paragraph.runs[0].bold = True
            if counting:
                counting.heading(paragraph if counted else None)
        elif isinstance(part, Clause):
            if counting:
                counting.clause(document.add_paragraph(part.text), part)
            else:
                paragraph = document.add_paragraph(f"{part.number}\t{part.text}")
                paragraph.paragraph_format.left_indent = Pt(28 * part.level)
        elif isinstance(part, Bullet):
            document.add_paragraph(
                part.text, style="List Bullet" + (f" {part.level}" if part.level > 1 else "")
            )
        else:
            document.add_paragraph(part.text)
    document.sections[0].footer.paragraphs[0].text = f"{made.title} Page 1 of 9"
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


class _WordCounting:
    """Word's own numbering: one abstract list, and a new list of it for each section without a
    number of its own."""

    def __init__(self, document, counting):
        self._numbering = document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{WORD_STYLES[style]}"/>'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
            for at, (style, pattern) in enumerate(counting)
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'
        )
        self._numbering.insert(0, abstract)
        self._last = 700
        self._levels = len(counting)
        self._new()

    def _new(self):
        self._last += 1
        starts = "".join(
            f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="1"/></w:lvlOverride>'
            for at in range(1, self._levels)
        )
        self._numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._last}"><w:abstractNumId w:val="77"/>{starts}</w:num>'
            )
        )

    def heading(self, paragraph):
        if paragraph is None:
            self._new()
        else:
            self._number(paragraph, 0)

    def clause(self, paragraph, part):
        self._number(paragraph, part.level)

    def _number(self, paragraph, level):
        properties = paragraph._p.get_or_add_pPr()
        number = OxmlElement("w:numPr")
        for name, value in (("w:ilvl", level), ("w:numId", self._last)):
            child = OxmlElement(name)
            child.set(qn("w:val"), str(value))
            number.append(child)
        properties.append(number)


# --- ODT ------------------------------------------------------------------------------------------

ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def as_odt(made):
    bullets = "".join(
        f'<text:list-level-style-bullet text:level="{at}" text:bullet-char="•"/>'
        for at in range(1, 6)
    )
    levels = made.counting if _is_one_list(made) else made.counting[1:]
    numbers = "".join(_odt_level(at + 1, *pair) for at, pair in enumerate(levels))
    outline = _odt_outline(made)
    styles = (
        f"<office:document-styles {ODF}><office:styles>{outline}"
        '<style:style style:name="Title" style:family="paragraph"/>'
        "</office:styles></office:document-styles>"
    )
    body = [f'<text:p text:style-name="Title">{html.escape(made.title)}</text:p>']
    if made.front:
        body.append("<table:table>")
        for pair in made.front:
            cells = "".join(
                f"<table:table-cell><text:p>{html.escape(one)}</text:p></table:table-cell>"
                for one in pair
            )
            body.append(f"<table:table-row>{cells}</table:table-row>")
        body.append("</table:table>")
    if made.contents:
        lines = "".join(
            f"<text:p>{html.escape(one.printed)}<text:tab/>{at + 2}</text:p>"
            for at, one in enumerate(made.headings)
        )
        body.append(
            f"<text:table-of-content><text:index-body><text:index-title><text:p>Contents</text:p></text:index-title>{lines}</text:index-body></text:table-of-content>"
        )
    body.append(_odt_parts(made))
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>"
        f'<text:list-style style:name="B">{bullets}</text:list-style>'
        f'<text:list-style style:name="N">{numbers}</text:list-style>'
        f"</office:automatic-styles><office:body><office:text>{''.join(body)}</office:text></office:body></office:document-content>"
    )
    return odt_of(content, styles)


def odt_of(content, styles=""):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        if styles:
            package.writestr("styles.xml", f'<?xml version="1.0" encoding="UTF-8"?>{styles}')
    return held.getvalue()


def _odt_level(level, style, pattern):
    """A pattern such as ``(%2)`` or ``%1.%2`` as prefix, suffix and how many levels are shown."""
    before = pattern.partition("%")[0]
    shown = pattern.count("%")
    after = pattern[max(place for place, mark in enumerate(pattern) if mark == "%") + 2 :]
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{style}" '
        f'style:num-prefix="{before}" style:num-suffix="{after}" text:display-levels="{shown}"/>'
    )


def _is_one_list(made):
    """Whether headings and clauses count in one list, as in 1, 1.1, 1.1.1."""
    return any("%1" in pattern for _, pattern in made.counting[1:])


def _odt_one_list(part):
    """As LibreOffice writes it: each paragraph in as many lists as it is deep."""
    deep = 1 if isinstance(part, Heading) else part.level + 1
    text = html.escape(part.text)
    inner = (
        f'<text:h text:outline-level="1">{text}</text:h>'
        if deep == 1
        else f"<text:p>{text}</text:p>"
    )
    for at in range(deep):
        outermost = ' text:style-name="N" text:continue-numbering="true"' if at == deep - 1 else ""
        inner = f"<text:list{outermost}><text:list-item>{inner}</text:list-item></text:list>"
    return inner


def _odt_outline(made):
    if not made.counting or not any(one.number for one in made.headings):
        return ""
    style, pattern = made.counting[0]
    return (
        '<text:outline-style style:name="Outline">'
        f'<text:outline-level-style text:level="1" style:num-format="{style}" style:num-suffix="{pattern[2:]}"/>'
        "</text:outline-style>"
    )


def _odt_parts(made):
    out, depth, counts = [], 0, False

    def close(to):
        nonlocal depth
        while depth > to:
            out.append("</text:list-item></text:list>")
            depth -= 1

    for part in made.parts:
        text = html.escape(part.text)
        if _is_one_list(made) and isinstance(part, Heading | Clause):
            close(0)
            out.append(_odt_one_list(part))
            continue
        if isinstance(part, Bullet) or (isinstance(part, Clause) and made.counting):
            if counts != isinstance(part, Clause):
                close(0)
            counts = isinstance(part, Clause)
            close(part.level)
            if depth == part.level:
                out.append("</text:list-item><text:list-item>")
            while depth < part.level:
                name = f' text:style-name="{"N" if counts else "B"}"' if depth == 0 else ""
                out.append(f"<text:list{name}><text:list-item>")
                depth += 1
            out.append(f"<text:p>{text}</text:p>")
            continue
        close(0)
        if isinstance(part, Heading):
            shown = text if made.counting and part.number else html.escape(part.printed)
            plain = "" if made.counting and part.number else ' text:is-list-header="true"'
            out.append(f'<text:h text:outline-level="{part.level}"{plain}>{shown}</text:h>')
        elif isinstance(part, Clause):
            out.append(f"<text:p>{html.escape(part.number)}<text:tab/>{text}</text:p>")
        else:
            out.append(f"<text:p>{text}</text:p>")
    close(0)
    return "".join(out)


# --- PDF ------------------------------------------------------------------------------------------


def as_pdf(made, *, width="105mm", height="148mm", header="", justify=False):
    """Set by typst on small pages, so that there are many breaks."""
    rules = (
        f"#set page(width: {width}, height: {height}, margin: 14mm, columns: {made.columns}, "
        f"header: text(7pt)[{_typst(header)}], footer: context align(center, text(7pt)[Page #counter(page).display() of 9]))\n"
        f'#set text(size: 9pt, lang: "en", hyphenate: {"true" if justify else "false"})\n'
        f"#set par(justify: {'true' if justify else 'false'})\n"
        "#set heading(numbering: none)\n#show heading: set block(above: 14pt, below: 8pt)\n#set par(spacing: 8pt, leading: 5pt)\n"
    )
    body = [f'#text(18pt, weight: "bold")[{_typst(made.title)}]', ""]
    body += [
        line for label, value in made.front for line in (f"{_typst(label)}: {_typst(value)}", "")
    ]
    if made.contents:
        body += ["#outline(title: [Contents])", "#pagebreak()"]
    for part in made.parts:
        text = _typst(part.text)
        if isinstance(part, Heading):
            body += [f"{'=' * part.level} {_typst(part.printed)}", ""]
        elif isinstance(part, Clause | Bullet):
            number = _typst(part.number) if isinstance(part, Clause) else "•"
            body += [
                f"#pad(left: {(part.level - 1) * 16 + 6}pt, grid(columns: ({34 + 4 * max(0, len(number) - 6)}pt, 1fr), [{number}], [{text}]))",
                "",
            ]
        else:
            body += [text, ""]
    return typst.compile((rules + "\n".join(body)).encode(), format="pdf", ignore_system_fonts=True)


def _typst(text):
    return "".join(f"\\{mark}" if mark in "\\#$*_[]<>@`=-+/~'\"" else mark for mark in text)


FORMATS = {
    "txt": as_text,
    "md": as_markdown,
    "html": as_html,
    "docx": as_docx,
    "odt": as_odt,
    "pdf": as_pdf,
}
