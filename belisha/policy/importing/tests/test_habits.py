"""Habits of schools that write policies: each was met in a document of another style than ours."""

# ruff: noqa: E501 -- documents stand here as they are printed

import pytest
import typst

from belisha.policy.importing.kinds import outline_from
from belisha.policy.importing.tests.making import found_in


def read(text, name="file.txt"):
    return outline_from(text.encode(), name)


def pdf(source):
    made = typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)
    return outline_from(made, "file.pdf")


def test_a_letter_before_a_capital_begins_a_clause_after_an_unfinished_list():
    outline = read("""Camera Policy

Staff

i. Staff will:
    (a) wear a badge
    (b) ask first
ii. Pupils may watch.
iii. Photographs are kept for a year.
""")
    assert [(item.number, item.text) for item in outline.items] == [
        ("i", "Staff will:"),
        ("(a)", "wear a badge"),
        ("(b)", "ask first"),
        ("ii", "Pupils may watch."),
        ("iii", "Photographs are kept for a year."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Adopted by the Governing Body on: 4 March 2024",
        "Approved by the Governing Body | 4 March 2024",
        "Approved: Governing Body, 4 March 2024",
        "This policy was approved by the Governing Body on 4 March 2024.",
        "| Ratified by Governing Body | 4 March 2024 |",
        "Approved by / date: Governing Body, 4 March 2024",
        "Approved by: Governing Body Policy approval date: 4 March 2024",
        "Approved by\n\nGoverning Body\n\nDate approved\n\n4 March 2024",
    ],
)
def test_who_approved_is_told_apart_from_when(line):
    outline = read(f"Camera Policy\n\n{line}\n\n1. Aims\n\nWe ask before we take a picture.\n")
    assert outline.front == {"approved_by": "Governing Body", "approved": "4 March 2024"}
    assert found_in(outline) == [("", "1. Aims", "We ask before we take a picture.")]


def test_sentences_tell_the_author_and_the_review():
    outline = read(
        "Ysgol Bryn Enghraifft\n\nCamera Policy\n\nPrepared by A. Example on behalf of the staff. "
        "Approved by governors on 4 March 2024 and will be reviewed in May 2026.\n\n"
        "1. Aims\n\nWe ask before we take a picture.\n"
    )
    assert outline.front == {
        "school": "Ysgol Bryn Enghraifft",
        "author": "A. Example",
        "approved_by": "governors",
        "approved": "4 March 2024",
        "review": "May 2026",
    }


@pytest.mark.parametrize(
    "cover",
    [
        "Pictures of Children\n\nAuthor: A. Example\n\nWho this policy is for",
        "# Pictures of Children\n\nPolicy and procedures of Oak Example School\n\n## Who this policy is for",
    ],
)
def test_a_title_is_neither_a_heading_below_it_nor_whose_policy_it_is(cover):
    outline = read(f"{cover}\n\n1. It is for staff and for helpers.\n\n2. It is for parents.\n")
    assert outline.title == "Pictures of Children"
    assert {item.heading for item in outline.items} == {"Who this policy is for"}


def test_names_of_the_sections_that_follow_are_contents_and_a_list_in_a_text_is_none():
    names = ("Aims", "Taking pictures", "Keeping pictures")
    sections = "".join(f"## {name}\n\nWe ask whoever is in it.\n\n" for name in names)
    contents = "".join(f"- [{name}](#there)\n" for name in names)
    outline = read(f"# Camera Policy\n\n{contents}\n{sections}", "file.md")
    assert [(item.heading, item.text) for item in outline.items] == [
        (name, "We ask whoever is in it.") for name in names
    ]
    outline = read(f"# Camera Policy\n\nThis is:\n\n{contents}\n{sections}", "file.md")
    assert len(outline.items) == 7


def test_a_sentence_set_as_a_heading_is_a_clause():
    outline = read(
        """# Policy 14

# Pictures of Children

## 1 Dignity

### 1.1 A child may always say no.

### 1.2 Pictures are not altered so that they mislead.
""",
        "file.md",
    )
    assert outline.title == "Pictures of Children"
    assert found_in(outline) == [
        ("1.1", "1 Dignity", "A child may always say no."),
        ("1.2", "1 Dignity", "Pictures are not altered so that they mislead."),
    ]


def test_cells_stand_beside_the_names_of_their_columns():
    outline = read(
        """# Camera Policy

## Staff

| We will | We will not |
|---|---|
| ask | guess |
| wait | nag |

| No. | Rule |
|---|---|
| 1.1 | Cameras stay at school. |
""",
        "file.md",
    )
    assert [(item.number, item.text) for item in outline.items] == [
        ("", "We will: ask | We will not: guess"),
        ("", "We will: wait | We will not: nag"),
        ("1.1", "Cameras stay at school."),
    ]


def test_labels_signs_and_dashes_count_rules():
    rules = ("§ 4 ", "§ 4a ", "Principle 1 – ", "Principle 2 – ", "1 – ", "2 – ")
    rules += ("II.1 ", "II.2 ", "3.01 ", "3.02 ", "a.1 ", "a.2 ")
    text = "".join(f"{mark}We ask before we take a picture.\n\n" for mark in rules)
    assert [item.number for item in read(f"Camera Policy\n\n{text}").items] == [
        mark.strip(" –") for mark in rules
    ]


def test_a_clause_goes_on_over_a_soft_break_and_keeps_its_hyphen():
    outline = read("""Camera Policy

1.1 Cameras are kept in the cupboard of the office.
This holds on trips.

1.2 Ask well-
known faces, too.

1.3 Ask the others.
""")
    assert [item.text for item in outline.items] == [
        "Cameras are kept in the cupboard of the office. This holds on trips.",
        "Ask well-known faces, too.",
        "Ask the others.",
    ]


def test_a_page_of_a_site_has_furniture_and_style_sheets():
    outline = read(
        """<html><head><style>
ol > li::before { content: counters(rule, ".") " " } ol { list-style: none }
ol.small { list-style: lower-roman } ol.small > li::before { content: normal }
</style></head><body class="has-toc"><div class="cookie-banner"><p>We use cookies.</p></div>
<table><tr><td><a href="a.htm">Home</a> <a href="b.htm">News</a> <a href="c.htm">Policies</a></td>
<td><h1>Camera Policy</h1><p class="MsoToc1">1. Staff 2</p>
<h2>Staff</h2><ol><li>Ask.<ol><li>Wait.</li></ol></li></ol>
<h2>Helpers</h2><ol class="small" start="3"><li>Ask, too.</li></ol><p><a href="#top">Back to top</a></p></td></tr></table>
<aside><h2>Related pages</h2><p><a href="d">Phones</a></p></aside></body></html>""",
        "file.html",
    )
    assert outline.title == "Camera Policy"
    assert found_in(outline) == [
        ("1", "Staff", "Ask."),
        ("1.1", "Staff", "Wait."),
        ("iii", "Helpers", "Ask, too."),
    ]


def test_a_ruled_table_in_print_is_read_by_cells_and_a_lone_footer_dropped():
    outline = pdf("""#set page(width: 120mm, height: 150mm, margin: 15mm, footer: [Camera Policy May 2024])
#text(18pt)[*Camera Policy*]
#table(columns: (30mm, 30mm), [Approved by], [Governors' Committee for Safeguarding], [Review], [May 2026])
*1. Who*
#table(columns: (12mm, 25mm, 25mm), [1.1], [Staff find a film in the office.], [All staff on trips],
  [1.2], [Pupils ask.], [Year 6 pupils only])
""")
    assert outline.front == {
        "approved_by": "Governors' Committee for Safeguarding".replace("'", "’"),
        "review": "May 2026",
    }
    assert found_in(outline) == [
        ("1.1", "1. Who", "Staff find a film in the office. All staff on trips"),
        ("1.2", "1. Who", "Pupils ask. Year 6 pupils only"),
    ]


def test_columns_that_do_not_stand_level_are_read_one_after_the_other():
    rules = "".join(
        f"#text(15pt)[*{name}*]\n\n"
        + "".join(
            f"{at}\\) We ask whoever is in a picture before we take it, and wait. #v({gap}pt)\n"
            for at in range(1, 6)
        )
        for name, gap in (("Staff", 3), ("Pupils", 7.5), ("Helpers", 5))
    )
    outline = pdf(f'#set page("a5", columns: 2)\n#text(19pt)[*Camera Policy*]\n\n{rules}')
    assert [(item.number, item.heading) for item in outline.items] == [
        (f"{at})", name) for name in ("Staff", "Pupils", "Helpers") for at in range(1, 6)
    ]
    assert {item.text for item in outline.items} == {
        "We ask whoever is in a picture before we take it, and wait."
    }
