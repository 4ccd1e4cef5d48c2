"""PDFs: pages with headers, footers, columns, hyphens, tables and scans."""

# ruff: noqa: E501 -- documents stand here as they are printed

import pytest
import typst

from belisha.policy.importing import Unreadable
from belisha.policy.importing.kinds import outline_from
from belisha.policy.importing.tests.corpus import ROMAN
from belisha.policy.importing.tests.making import as_pdf, found_in

COLUMNS = """#set page(width: 210mm, height: 120mm, margin: 15mm, columns: 2,
  header: [Oak Example School – E-safety policy], footer: context align(right)[Page #counter(page).display() of 9])
#set text(size: 10pt, lang: "en", region: "GB", hyphenate: true)
#set par(justify: true)
#place(top, float: true, scope: "parent", text(20pt, weight: "bold")[E-safety policy])
= 1. Introduction
The internet is an extraordinary resource for education, communication and entertainment; nevertheless, irresponsible behaviour can endanger children considerably. Consequently this establishment continuously supervises electronic communication throughout the building and grounds.
== 1.1 Responsibilities
Administrators, technicians and teachers share responsibility for implementing appropriate technological precautions, including comprehensive filtering and monitoring arrangements.
+ Photographs of youngsters require written authorisation beforehand from their representatives.
+ Unauthorised equipment is confiscated and subsequently returned to representatives.
= 2. Bullying
Cyberbullying is treated with exactly the same seriousness as any alternative manifestation of intimidation, independently of the circumstances in which it happened. Self-esteem matters.
- Evidence is preserved wherever that is practicable and proportionate in the circumstances.
- Representatives are informed without unreasonable delay by telephone and in writing.
"""
COVER = """#set page(margin: 25mm, footer: context align(center)[#counter(page).display()])
#set text(size: 11pt)
#align(center, text(26pt)[St Example Primary School])
#align(center, text(22pt)[Staff Use of Social \\ Media Policy])
#table(columns: 2, [Policy Owner], [W. Example], [Approved by], [Governing Board],
  [Date of approval], [1 May 2024], [Next review], [May 2026])
#pagebreak()
*Aims*

We want staff to be safe, and we want pupils to be safe. This is a longer sentence that runs on to a second line for sure, since it has many words in it.

*What we expect*

#set enum(numbering: "i)")
+ Staff keep accounts private and look at their settings once in each term, because the settings of most services change without any notice.
+ Staff tell the head.
#enum(numbering: "a.", start: 1)[Sub one is here.][Sub two is here.]

*What happens then*

#table(columns: (2cm, 1fr), [1.1], [A breach is written down by the head on the day when it becomes known, and is kept for as long as the law wants.], [1.2], [The chair is told.])
"""


def pdf(source):
    return typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)


def test_two_columns_with_hyphens_are_read_one_after_the_other():
    outline = outline_from(pdf(COLUMNS), "file.pdf")
    assert (outline.title, outline.front) == ("E-safety policy", {"school": "Oak Example School"})
    assert [(item.number, item.heading, item.level) for item in outline.items] == [
        ("", "1. Introduction", 0),
        ("", "1.1 Responsibilities", 0),
        ("1", "1.1 Responsibilities", 1),
        ("2", "1.1 Responsibilities", 1),
        ("", "2. Bullying", 0),
        ("", "2. Bullying", 1),
        ("", "2. Bullying", 1),
    ]
    words = COLUMNS.split("= 1. Introduction\n")[1].split("\n")[0]
    assert outline.items[0].text == words
    assert outline.items[4].text.endswith("in which it happened. Self-esteem matters.")


def test_a_cover_with_a_table_and_lists_of_two_kinds():
    outline = outline_from(pdf(COVER), "file.pdf")
    assert outline.title == "Staff Use of Social Media Policy"
    assert outline.front == {
        "school": "St Example Primary School",
        "author": "W. Example",
        "approved_by": "Governing Board",
        "approved": "1 May 2024",
        "review": "May 2026",
    }
    assert [(item.number, item.heading) for item in outline.items] == [
        ("", "Aims"),
        ("i)", "What we expect"),
        ("ii)", "What we expect"),
        ("a", "What we expect"),
        ("b", "What we expect"),
        ("1.1", "What happens then"),
        ("1.2", "What happens then"),
    ]
    assert outline.items[5].text.endswith("kept for as long as the law wants.")


@pytest.mark.parametrize("width", ["90mm", "105mm", "148mm", "210mm"])
@pytest.mark.parametrize("justify", [False, True])
def test_clauses_broken_over_lines_and_pages_are_whole(width, justify):
    made = ROMAN.without_counting()
    data = as_pdf(made, width=width, height="90mm", header="Oak School", justify=justify)
    assert found_in(outline_from(data, "file.pdf")) == made.expected


def test_a_scan_is_refused_with_a_word_on_what_to_do():
    with pytest.raises(Unreadable, match="pictures of pages"):
        outline_from(pdf("#rect(width: 50%, height: 50%)"), "scan.pdf")


def test_the_number_of_a_single_page_is_no_text():
    page = "#set page(footer: align(center)[7])\n= Camera Policy\n== Rules\nCameras stay at school, and nobody takes them home."
    outline = outline_from(pdf(page), "file.pdf")
    assert [item.text for item in outline.items] == [
        "Cameras stay at school, and nobody takes them home."
    ]
