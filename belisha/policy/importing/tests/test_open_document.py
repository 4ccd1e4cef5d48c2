"""Lists of an ODT as LibreOffice writes them: going on, beginning anew, shown with those above."""

# ruff: noqa: E501 -- documents stand here as they are printed

from belisha.policy.importing.kinds import outline_from
from belisha.policy.importing.tests.making import ODF, odt_of

STYLES = """<text:list-style style:name="L">
<text:list-level-style-number text:level="1" style:num-format="i" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")" text:start-value="3"/>
</text:list-style><text:list-style style:name="M" xmlns:loext="urn:loext">
<text:list-level-style-number text:level="1" style:num-format="1" loext:num-list-format="%1%."/>
<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2" loext:num-list-format="%1%.%2%"/>
</text:list-style>"""


def numbers(body, styles=STYLES):
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>"
        f'<text:h text:outline-level="1">Camera Policy</text:h><text:h text:outline-level="2">Rules</text:h>{body}'
        "</office:text></office:body></office:document-content>"
    )
    outline = outline_from(odt_of(content), "file.odt")
    assert {item.heading for item in outline.items} == {"Rules"}
    return [(item.number, item.level) for item in outline.items]


def listed(*items, style="L", more=""):
    return f'<text:list text:style-name="{style}"{more}>{"".join(items)}</text:list>'


def item(inner="", more="", text="Rule that is kept by everybody in the school."):
    return f"<text:list-item{more}><text:p>{text}</text:p>{inner}</text:list-item>"


def test_a_list_goes_on_where_it_says_so_and_else_begins_anew():
    first = listed(item(), item())
    assert numbers(first + listed(item(), more=' text:continue-numbering="true"')) == [
        ("i", 1),
        ("ii", 1),
        ("iii", 1),
    ]
    named = listed(item(), item(), more=' xml:id="x"')
    other = listed(item(), style="M")
    assert [
        number
        for number, _ in numbers(named + other + listed(item(), more=' text:continue-list="x"'))
    ] == ["i", "ii", "1", "iii"]
    assert [number for number, _ in numbers(first + listed(item()))] == ["i", "ii", "i"]


def test_levels_begin_where_their_style_or_their_item_says():
    inner = listed(item(), item(), style="L")
    assert numbers(listed(item(inner), item(more=' text:start-value="7"'), item())) == [
        ("i", 1),
        ("(c)", 2),
        ("(d)", 2),
        ("vii", 1),
        ("viii", 1),
    ]


def test_a_level_shows_those_above_it():
    inner = "<text:list>" + item() + item() + "</text:list>"
    assert numbers(listed(item(inner), item(inner), style="M")) == [
        *(("1", 1), ("1.1", 2), ("1.2", 2)),
        *(("2", 1), ("2.1", 2), ("2.2", 2)),
    ]


def test_what_was_deleted_and_what_was_noted_stays_away():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>Cameras <text:s/>stay<office:annotation><text:p>Really?</text:p></office:annotation> at school.</text:p>"
    )
    assert numbers(body) == [("", 0)]
