"""Ways in which schools lay out a policy, told by plain text so that nothing but the words helps."""

# ruff: noqa: E501 -- documents stand here as they are printed

from belisha.policy.importing.kinds import outline_from
from belisha.policy.importing.tests.making import found_in


def read(text, name="file.txt"):
    return outline_from(text.encode(), name)


def test_numbered_headings_with_a_contents_page_and_bullets():
    outline = read("""Mobile phones policy

Oakfield Example Primary School

Approved by: Full governing board   Date: 12 May 2024
Last reviewed on: May 2024
Next review due by: May 2026

Contents
1. Introduction and aims ............................................. 2
2. Roles and responsibilities ........................................ 2
Appendix 1: Code of conduct for pupils ............................... 5

1. Introduction and aims
Phones are part of everyday life, and this policy tells what the school makes of that.
We want to:
• set a good example to children
• keep lessons free from noise

2. Roles and responsibilities
2.1 Staff
All staff make sure that this policy is kept, and tell the head where it is not.
Page 3 of 7
2.2 Governors
The governing board looks at this policy every two years.

Appendix 1: Code of conduct for pupils
These rules are for everybody who brings a phone to school:
1. You may not use your phone in lessons.
2. Your phone is switched off (not just silent).
""")
    assert outline.title == "Mobile phones policy"
    assert outline.front == {
        "school": "Oakfield Example Primary School",
        "approved_by": "Full governing board",
        "approved": "12 May 2024",
        "reviewed": "May 2024",
        "review": "May 2026",
    }
    aims, staff = "1. Introduction and aims", "2.1 Staff"
    governors, code = "2.2 Governors", "Appendix 1: Code of conduct for pupils"
    assert found_in(outline) == [
        (
            "",
            aims,
            "Phones are part of everyday life, and this policy tells what the school makes of that.",
        ),
        ("", aims, "We want to:"),
        ("", aims, "set a good example to children"),
        ("", aims, "keep lessons free from noise"),
        (
            "",
            staff,
            "All staff make sure that this policy is kept, and tell the head where it is not.",
        ),
        ("", governors, "The governing board looks at this policy every two years."),
        ("", code, "These rules are for everybody who brings a phone to school:"),
        ("1", code, "You may not use your phone in lessons."),
        ("2", code, "Your phone is switched off (not just silent)."),
    ]
    assert [item.section for item in outline.items][-1] == "Appendix 1"


def test_headings_in_capitals_and_lines_that_a_margin_broke():
    outline = read("""                   ST EXAMPLE'S C OF E PRIMARY SCHOOL

                        SOCIAL NETWORKING POLICY

Policy agreed: September 2023
Review date: September 2025
Headteacher: Mrs P Sample
Chair of Governors: Mr Q Sample

INTRODUCTION
The school is aware that many staff and pupils use social networks in their
own time, and this policy tells what is expected of everybody when they do
so, whether at home or at school.

WHAT STAFF DO
(a) Staff keep their accounts private and look at the settings of their
    accounts at least once in each term of the school year.
(b) Staff do not
    (i) contact pupils,
    (ii) answer pupils, or
    (iii) post pictures of pupils.
(c) Staff tell the head about any message from a pupil.

MONITORING AND REVIEW
The head reports to the governors once a year.

Signed: ____________________   Date: ______________
""")
    assert outline.title == "SOCIAL NETWORKING POLICY"
    assert outline.front == {
        "school": "ST EXAMPLE'S C OF E PRIMARY SCHOOL",
        "approved": "September 2023",
        "review": "September 2025",
        "head": "Mrs P Sample",
        "chair": "Mr Q Sample",
    }
    assert [item.number for item in outline.items] == [
        *("", "(a)", "(b)", "(i)", "(ii)", "(iii)", "(c)", "")
    ]
    assert [item.level for item in outline.items] == [0, 1, 1, 2, 2, 2, 1, 0]
    assert (
        outline.items[0].text.split()[-5:] == ["whether", "at", "home", "or", "at", "school."][1:]
    )
    assert outline.items[1].text.endswith("accounts at least once in each term of the school year.")
    assert list(dict.fromkeys(item.heading for item in outline.items)) == [
        "INTRODUCTION",
        "WHAT STAFF DO",
        "MONITORING AND REVIEW",
    ]


def test_letters_that_are_roman_numbers_too_are_told_by_their_neighbours():
    letters = "\n".join(
        f"{letter}) Rule with the letter {letter} is kept." for letter in "abcdefghijklm"
    )
    roman = "\n".join(
        f"{number}) Rule of number {number} is kept."
        for number in "i ii iii iv v vi vii viii ix x xi".split()
    )
    outline = read(
        f"Network Policy\n\nRULES OF THE NETWORK\n\n{letters}\n\nRULES OF PHONES\n\n{roman}\n"
    )
    assert [item.number for item in outline.items] == [
        *(f"{letter})" for letter in "abcdefghijklm"),
        *(f"{number})" for number in "i ii iii iv v vi vii viii ix x xi".split()),
    ]
    assert {item.level for item in outline.items} == {1}


def test_clauses_that_count_on_through_all_sections():
    outline = read("""Online Safety Policy
Version 3
Author: W. Example
Ratified by governors on 12 May 2024
Review date: May 2026

Introduction
1. This policy applies to everybody in the school.
2. It is read together with the policy on behaviour.
Filtering
3. The filter of the network is checked each week.
4. Reports go to the safeguarding lead:
(a) on the same day when a child may be at risk;
(b) within a week otherwise.
5. Nobody switches the filter off.
""")
    assert outline.front == {
        "version": "3",
        "author": "W. Example",
        "approved_by": "governors",
        "approved": "12 May 2024",
        "review": "May 2026",
    }
    assert [(item.number, item.heading, item.level) for item in outline.items] == [
        ("1", "Introduction", 1),
        ("2", "Introduction", 1),
        ("3", "Filtering", 1),
        ("4", "Filtering", 1),
        ("(a)", "Filtering", 2),
        ("(b)", "Filtering", 2),
        ("5", "Filtering", 1),
    ]


def test_a_number_alone_on_its_line_belongs_to_the_next():
    outline = read(
        "Photography Policy\n\n1\n\nPurpose\n\nThis policy says who takes pictures and where they go.\n\n"
        "2\n\nRules\n\n(a)\n\nPictures are taken with cameras of the school.\n\n"
        "(b)\n\nPictures are kept on the drive of the school.\n"
    )
    assert found_in(outline) == [
        ("", "1 Purpose", "This policy says who takes pictures and where they go."),
        ("(a)", "2 Rules", "Pictures are taken with cameras of the school."),
        ("(b)", "2 Rules", "Pictures are kept on the drive of the school."),
    ]


def test_a_list_within_a_numbered_section_does_not_take_the_next_section():
    outline = read("""Camera Policy

1. Aims

Pictures show what children learn, and this policy tells how that is done safely.

2. Rules

Everybody keeps these rules whenever a camera is used at school or on a trip:

1. The camera belongs to the school.
2. The camera stays at school.

3. Monitoring

The head looks at the list of cameras once a term and signs it.
""")
    assert [(item.number, item.heading) for item in outline.items] == [
        ("", "1. Aims"),
        ("", "2. Rules"),
        ("1", "2. Rules"),
        ("2", "2. Rules"),
        ("", "3. Monitoring"),
    ]


def test_what_only_looks_like_a_number_stays_in_the_text():
    lines = [
        "3 members of staff look after the cameras of the school.",
        "12 May 2024 was the day on which this was agreed by all.",
        "i.e. nobody may take pictures without the yes of the head.",
        "9.30 am is when the gate closes and phones are handed in.",
        "A. Sample keeps the list of all the devices of the school.",
        "24/7 help is there for families by telephone and by mail.",
    ]
    outline = read("Camera Policy\n\nGENERAL\n\n" + "\n\n".join(lines) + "\n")
    assert found_in(outline) == [("", "GENERAL", line) for line in lines]


def test_a_sentence_that_was_broken_is_whole_again_and_a_list_in_small_letters_stays():
    outline = read("""Camera Policy

RULES

i. Staff use only cameras that

- belong to the school and stay there.
ii. The following have no camera with them:
- pupils;
- visitors.
iii. Pictures are wiped
""")
    assert [(item.number, item.text) for item in outline.items] == [
        ("i", "Staff use only cameras that belong to the school and stay there."),
        ("ii", "The following have no camera with them:"),
        ("", "pupils;"),
        ("", "visitors."),
        ("iii", "Pictures are wiped"),
    ]


def test_contents_without_dots_are_known_by_coming_again():
    outline = read("""Camera Policy

Contents

Aims of this policy
Rules for staff
Review

Aims of this policy

Pictures show what children learn, and that is what this is about.

Rules for staff

Staff use the cameras of the school and nothing else.

Review

The governors look at this again in two years from now.
""")
    assert [item.heading for item in outline.items] == [
        "Aims of this policy",
        "Rules for staff",
        "Review",
    ]
    assert len(outline.items) == 3


def test_headers_and_footers_in_a_text_are_dropped():
    page = "Oak Example School    Camera Policy    Page {} of 4\n\n"
    outline = read(
        "Camera Policy\n\nRULES\n\n"
        + "".join(
            f"{page.format(n)}{n}. Rule with the number {n} is kept by all.\n\n"
            for n in range(1, 5)
        )
    )
    assert [item.number for item in outline.items] == ["1", "2", "3", "4"]
    assert len(outline.items) == 4


def test_sections_may_be_counted_with_a_nought():
    outline = read("""ST EXAMPLE PRIMARY SCHOOL

Social Media Policy

Date of Review: September 2026
Policy Lead: A. Example
Link Governor: B. Example

1.0 Introduction
1.1 This policy sets out how social media is used by everybody at the school.
1.2 It applies to all staff.

2.0 Use by staff
2.1 Staff must:
a. keep their accounts private;
b. report any contact by pupils.
2.2 Staff must not use their own phones.
""")
    assert outline.front == {
        "school": "ST EXAMPLE PRIMARY SCHOOL",
        "review": "September 2026",
        "author": "A. Example",
        "link_governor": "B. Example",
    }
    assert [(item.number, item.heading, item.level) for item in outline.items] == [
        ("1.1", "1.0 Introduction", 1),
        ("1.2", "1.0 Introduction", 1),
        ("2.1", "2.0 Use by staff", 1),
        ("a", "2.0 Use by staff", 2),
        ("b", "2.0 Use by staff", 2),
        ("2.2", "2.0 Use by staff", 1),
    ]


def test_headings_that_differ_only_by_a_number_are_no_footers():
    years = "".join(
        f"Year {n}\n\nChildren of year {n} learn about pictures.\n\n" for n in (1, 2, 3, 4)
    )
    footers = years.replace("\n\nYear", "\n\nOak School | 7\n\nYear")
    outline = read(f"Camera Policy\n\n{footers}")
    assert [item.heading for item in outline.items] == ["Year 1", "Year 2", "Year 3", "Year 4"]


def test_the_safeguarding_commitment_is_front_matter_before_the_text():
    outline = read("""Camera Policy

“We are committed to safeguarding the children of our school and ask this of everybody here.”

Date: June 2024
Review: June 2026

RULES

Cameras stay at school, and nobody takes them home overnight.
""")
    assert outline.front["commitment"].split()[0] == "We"
    assert outline.front["commitment"].endswith("here.")
    assert (outline.front["date"], outline.front["review"]) == ("June 2024", "June 2026")
    assert len(outline.items) == 1


def test_a_date_belongs_to_the_line_before_it():
    outline = read("""Camera Policy

Written by: W. Example
Date: May 2023
Approved by: Governors
Date: June 2023

RULES

Cameras stay at school, and nobody takes them home overnight.
""")
    assert outline.front == {
        "author": "W. Example",
        "written": "May 2023",
        "approved_by": "Governors",
        "approved": "June 2023",
    }


def test_a_note_of_approval_at_the_end_is_front_matter():
    outline = read("""Camera Policy

RULES

Cameras stay at school, and nobody takes them home overnight.

Approved by: Governors
Date approved: June 2023
Next review: June 2025
""")
    assert outline.front == {
        "approved_by": "Governors",
        "approved": "June 2023",
        "review": "June 2025",
    }
    assert len(outline.items) == 1


def test_markdown_keeps_numbers_that_it_does_not_know():
    outline = read(
        """# Camera Policy

## Staff

i. First of the rules
   goes on in a second line
ii. Second of the rules
iii. Third of **all** the [rules](#x)

## Pupils

3. Third comes first here
4. Fourth comes next

A paragraph:

    (a) inner one
    (b) inner two

1. same
1. number
1. again
""",
        "file.md",
    )
    assert [(item.number, item.text) for item in outline.items] == [
        ("i", "First of the rules goes on in a second line"),
        ("ii", "Second of the rules"),
        ("iii", "Third of all the rules"),
        ("3", "Third comes first here"),
        ("4", "Fourth comes next"),
        ("", "A paragraph:"),
        ("(a)", "inner one"),
        ("(b)", "inner two"),
        ("1", "same"),
        ("2", "number"),
        ("3", "again"),
    ]


def test_bold_lines_are_headings_and_a_table_names_who_approved():
    outline = read(
        """**Use of Cameras Policy**

**1. Aims**

We aim to keep children safe.

**2. Rules**

2.1 Cameras stay at school.
2.2 Cards are wiped on Fridays.

| Approved by | Date |
|---|---|
| Governors | June 2024 |
""",
        "file.md",
    )
    assert outline.title == "Use of Cameras Policy"
    assert outline.front == {"approved_by": "Governors", "approved": "June 2024"}
    assert found_in(outline) == [
        ("", "1. Aims", "We aim to keep children safe."),
        ("2.1", "2. Rules", "Cameras stay at school."),
        ("2.2", "2. Rules", "Cards are wiped on Fridays."),
    ]


def test_html_counts_as_a_browser_does():
    outline = read(
        """<html><head><title>Web rules</title></head><body><nav><ul><li><a href="/">Home</a></ul></nav>
<h1>Web Rules Policy</h1><dl><dt>Author</dt><dd>W. Example</dd><dt>Next review</dt><dd>June 2027</dd></dl>
<h2>Staff</h2><ol type="i"><li>First of all.<li>Second of all:<ol type="a"><li>inner one<li>inner two</ol>
<li value="5">Fifth of all.</ol><p>Some words between the two lists of this page.</p>
<ol start="6" style="list-style-type: lower-roman"><li><p>Sixth of all.</p><p>More of sixth.</p></li>
<li>Seventh<sup>1</sup> of all.</li></ol><h2>Pupils</h2><ul><li>A bullet<ul><li>Inner bullet</ul></ul>
<p style="display:none">Nobody sees this.</p><script>alert("no")</script><footer>Page 1</footer></body></html>""",
        "file.html",
    )
    assert outline.front == {"author": "W. Example", "review": "June 2027"}
    assert [(item.number, item.text, item.level) for item in outline.items] == [
        ("i", "First of all.", 1),
        ("ii", "Second of all:", 1),
        ("a", "inner one", 2),
        ("b", "inner two", 2),
        ("v", "Fifth of all.", 1),
        ("", "Some words between the two lists of this page.", 0),
        ("vi", "Sixth of all.", 1),
        ("", "More of sixth.", 1),
        ("vii", "Seventh of all.", 1),
        ("", "A bullet", 1),
        ("", "Inner bullet", 2),
    ]
