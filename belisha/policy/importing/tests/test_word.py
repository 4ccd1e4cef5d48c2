"""What Word keeps beside the text: its own numbers, changes, boxes, fields and notes."""

# ruff: noqa: E501 -- documents stand here as they are printed

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import nsdecls

from belisha.policy.importing.kinds import outline_from
from belisha.policy.importing.tests.making import found_in

BODY = "<w:document {}><w:body>{}</w:body></w:document>"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def word(body, *, numbering="", styles="", **parts):
    """A DOCX from bare XML: what is in the body, in numbering.xml and in styles.xml."""
    held = io.BytesIO()
    names = nsdecls("w", "r", "wp", "a") + (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("[Content_Types].xml", TYPES)
        package.writestr("word/document.xml", BODY.format(names, title() + body))
        if numbering:
            package.writestr(
                "word/numbering.xml", f"<w:numbering {names}>{numbering}</w:numbering>"
            )
        if styles:
            package.writestr("word/styles.xml", f"<w:styles {names}>{styles}</w:styles>")
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:{name} {names}>{xml}</w:{name}>")
    return held.getvalue()


def title():
    return p("Camera Policy", size=40) + p("RULES")


def p(text, *, number=None, level=0, style="", size=0, inner=""):
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbered = (
        ""
        if number is None
        else (f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    letters = f'<w:rPr><w:sz w:val="{size}"/></w:rPr>' if size else ""
    run = f"<w:r>{letters}<w:t>{text}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr>{style}{numbered}</w:pPr>{run}{inner}</w:p>"


def lists(*levels, name=1, extra=""):
    """An abstract list of levels given as (format, text) and what else stands in each."""
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{"".join(more)}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text, *more) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{name}">{made}{extra}</w:abstractNum>'


def num(name, abstract=1, inner=""):
    return f'<w:num w:numId="{name}"><w:abstractNumId w:val="{abstract}"/>{inner}</w:num>'


def starting(level, at):
    return f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{at}"/></w:lvlOverride>'


def read(data):
    return outline_from(data, "file.docx")


def numbers(outline):
    return [item.number for item in outline.items]


def sentence(n):
    return f"Rule with the number {n} is kept by everybody in the school."


def test_levels_count_and_begin_anew():
    numbering = lists(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")) + num(5)
    levels = (0, 1, 2, 2, 1, 2, 0, 1, 2)
    body = "".join(p(sentence(n), number=5, level=level) for n, level in enumerate(levels))
    assert numbers(read(word(body, numbering=numbering))) == [
        *("1", "1.1", "(a)", "(b)", "1.2", "(a)", "2", "2.1", "(a)")
    ]


def test_two_lists_of_one_kind_count_on_unless_one_says_where_it_begins():
    numbering = lists(("lowerRoman", "%1.")) + num(1) + num(2) + num(3, inner=starting(0, 4))
    body = "".join(p(sentence(n), number=n) for n in (1, 1, 2, 3, 3))
    assert numbers(read(word(body, numbering=numbering))) == ["i", "ii", "iii", "iv", "v"]


def test_a_level_may_go_on_through_the_one_above():
    numbering = lists(
        ("upperLetter", "%1."), ("decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    ) + num(1)
    body = "".join(p(sentence(n), number=1, level=level) for n, level in enumerate((0, 1, 1, 0, 1)))
    assert numbers(read(word(body, numbering=numbering)))[1::1] == ["1)", "2)", "B", "3)"]


def test_a_legal_level_prints_arabic_numbers():
    numbering = lists(("upperRoman", "%1."), ("decimal", "%1.%2", "<w:isLgl/>")) + num(1)
    body = p(sentence(1), number=1) + p(sentence(2), number=1, level=1) + p(sentence(3), number=1)
    assert numbers(read(word(body, numbering=numbering))) == ["I", "1.1", "II"]


def test_a_style_brings_its_number_and_a_paragraph_may_refuse_it():
    numbering = lists(("decimal", "%1)")) + num(9)
    styles = (
        '<w:style w:type="paragraph" w:styleId="Rule"><w:name w:val="Rule"/>'
        '<w:pPr><w:numPr><w:numId w:val="9"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="Rule"/></w:style>'
    )
    body = (
        p(sentence(1), style="Rule")
        + p(sentence(2), style="Sub")
        + p(sentence(3), style="Rule", number=0)
    )
    assert numbers(read(word(body, numbering=numbering, styles=styles))) == ["1)", "2)", ""]


def test_headings_that_count_themselves_open_sections():
    numbering = lists(
        ("decimal", "%1", '<w:pStyle w:val="Heading1"/>'),
        ("decimal", "%1.%2", '<w:pStyle w:val="Clause"/>'),
    ) + num(3)
    styles = (
        '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/>'
        '<w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
    )
    body = "".join(
        p(name, style="Heading1") + p(sentence(1), style="Clause") + p(sentence(2), style="Clause")
        for name in ("Aims", "Duties")
    )
    outline = read(word(body, numbering=numbering, styles=styles))
    assert [(item.number, item.heading, item.section) for item in outline.items] == [
        ("1.1", "1 Aims", "1"),
        ("1.2", "1 Aims", "1"),
        ("2.1", "2 Duties", "2"),
        ("2.2", "2 Duties", "2"),
    ]


def test_changes_are_accepted():
    body = (
        p(
            "",
            inner=(
                '<w:r><w:t xml:space="preserve">Cameras </w:t></w:r><w:del><w:r><w:delText>may leave</w:delText></w:r></w:del>'
                "<w:ins><w:r><w:t>stay at</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> home</w:t></w:r></w:moveFrom>"
                '<w:r><w:t xml:space="preserve"> school.</w:t></w:r>'
            ),
        )
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>Cards are wiped </w:t></w:r></w:p>"
        + p("every Friday.")
        + "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>"
        + p("Here is the last of the rules.")
    )
    assert [item.text for item in read(word(body)).items] == [
        "Cameras stay at school.",
        "Cards are wiped every Friday.",
        "Here is the last of the rules.",
    ]


def test_a_text_box_is_read_once():
    box = "<w:txbxContent>" + p("Words in a box are words of the policy too.") + "</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    body = p("Before the box there is a sentence.", inner=shape) + p(
        "After it there is another one."
    )
    assert [item.text for item in read(word(body)).items] == [
        "Before the box there is a sentence.",
        "Words in a box are words of the policy too.",
        "After it there is another one.",
    ]


def test_links_fields_and_notes_leave_only_their_text():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>rule two</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = p(
        "",
        inner=(
            '<w:r><w:t xml:space="preserve">See </w:t></w:r>'
            + field
            + '<w:hyperlink r:id="x"><w:r><w:t xml:space="preserve"> on our page</w:t></w:r></w:hyperlink>'
            + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t></w:r>'
        ),
    )
    note = '<w:footnote w:id="2">' + p("A note on the rule, kept beside it.") + "</w:footnote>"
    assert [item.text for item in read(word(body, footnotes=note)).items] == [
        "See rule two on our page.",
        "A note on the rule, kept beside it.",
    ]


def test_a_contents_page_that_word_made_is_dropped():
    line = '<w:hyperlink w:anchor="_Toc1"><w:r><w:t>Aims</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>2</w:t></w:r></w:hyperlink>'
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('Contents')}{p('', inner=line)}</w:sdtContent></w:sdt>"
    )
    outline = read(word(contents + p("Aims") + p(sentence(1))))
    assert [item.text for item in outline.items] == [sentence(1)]


def test_a_table_of_numbers_and_clauses_is_read_as_clauses():
    document = docx.Document()
    document.add_heading("Camera Policy", 0)
    document.add_heading("Rules", 1)
    table = document.add_table(rows=0, cols=2)
    for number, text in (("1.1", sentence(1)), ("1.2", sentence(2))):
        cells = table.add_row().cells
        cells[0].text, cells[1].text = number, text
    held = io.BytesIO()
    document.save(held)
    assert found_in(read(held.getvalue())) == [
        ("1.1", "Rules", sentence(1)),
        ("1.2", "Rules", sentence(2)),
    ]


def test_a_history_of_versions_gives_the_newest():
    document = docx.Document()
    document.add_heading("Camera Policy", 0)
    table = document.add_table(rows=0, cols=3)
    for row in (
        ("Version", "Date", "Author"),
        ("1.0", "May 2023", "A. Sample"),
        ("2.0", "May 2024", "B. Sample"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Rules", 1)
    document.add_paragraph(sentence(1))
    held = io.BytesIO()
    document.save(held)
    outline = read(held.getvalue())
    assert (outline.front["version"], outline.front["author"]) == ("2.0", "B. Sample")
    assert len(outline.items) == 1


@pytest.mark.parametrize("bold", [True, False])
def test_sections_that_are_only_bold_are_found(bold):
    document = docx.Document()
    document.add_heading("Camera Policy", 0)
    for name in ("Aims of the school", "Duties of staff"):
        document.add_paragraph().add_run(name).bold = bold
        document.add_paragraph(sentence(1), style="List Number")
        document.add_paragraph(sentence(2), style="List Bullet")
    held = io.BytesIO()
    document.save(held)
    assert [(item.number, item.heading) for item in read(held.getvalue()).items] == [
        ("1", "Aims of the school"),
        ("", "Aims of the school"),
        ("2", "Duties of staff"),
        ("", "Duties of staff"),
    ]
