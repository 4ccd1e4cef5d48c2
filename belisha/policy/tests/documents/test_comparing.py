"""What changed between two versions, and how a text is mended: pure, clause by clause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.policy.comparing import What, changes_words, compare, counted, words_between
from belisha.policy.mending import (
    changed,
    dropped,
    joined,
    made_heading,
    number_off,
    renamed,
    split,
)
from belisha.policy.outline import Item, Outline, addresses, fingerprint, section_in, why_not_kept
from belisha.policy.rules import Change

STAFF = "B. Staff"
OLD = (
    Item("i", STAFF, "Staff never add pupils as friends.", "B"),
    Item("ii", STAFF, "The head agrees before pictures of events are posted.", "B"),
    Item("iii", STAFF, "Staff use no social networks in lessons.", "B"),
)


def outline(*items):
    return Outline("Our policy", items)


def whats(old, new):
    return [(str(one.what), one.item.number) for one in compare(outline(*old), outline(*new))]


def test_a_version_is_the_same_as_itself():
    assert whats(OLD, OLD) == [("same", "i"), ("same", "ii"), ("same", "iii")]


def test_a_clause_put_differently_is_changed_and_shows_which_words():
    new = Item("ii", STAFF, "The head agrees in writing before pictures are posted.", "B")
    found = compare(outline(*OLD), outline(OLD[0], new, OLD[2]))[1]
    assert found.what is What.CHANGED
    assert not found.moved
    assert (Change.NEW, "in writing ") in found.words
    assert (Change.GONE, "of events ") in found.words


def test_a_clause_put_in_between_is_new_and_only_renumbers_the_rest():
    new = Item("ii", STAFF, "Staff guard the good name of the school.", "B")
    after = (OLD[0], new, Item("iii", STAFF, OLD[1].text, "B"), Item("iv", STAFF, OLD[2].text, "B"))
    assert whats(OLD, after) == [
        ("same", "i"),
        ("new", "ii"),
        ("moved", "iii"),
        ("moved", "iv"),
    ]
    assert changes_words(compare(outline(*OLD), outline(*after)))


def test_what_is_gone_stands_after_what_stood_before_it():
    assert whats(OLD, (OLD[0], OLD[2])) == [("same", "i"), ("gone", "ii"), ("same", "iii")]


def test_other_numbers_alone_are_a_small_change():
    after = [Item(str(place), "Staff", one.text) for place, one in enumerate(OLD, start=1)]
    found = compare(outline(*OLD), outline(*after))
    assert {one.what for one in found} == {What.MOVED}
    assert not changes_words(found)
    assert counted(found) == {"same": 0, "changed": 0, "new": 0, "gone": 0, "moved": 3}


def test_a_clause_that_moved_and_was_changed_is_known_by_its_likeness():
    moved = Item(
        "1", "F. Events", "The head agrees first before pictures of events are posted.", "F"
    )
    found = compare(outline(*OLD), outline(OLD[0], OLD[2], moved))
    assert [(one.what, one.moved) for one in found] == [
        (What.SAME, False),
        (What.SAME, False),
        (What.CHANGED, True),
    ]


def test_paragraphs_that_change_places_are_moved():
    one, two, three = (
        Item("", "", words) for words in ("First of all.", "Second.", "Third thing.")
    )
    found = compare(outline(one, two, three), outline(three, one, two))
    assert [(item.what, item.item.text) for item in found] == [
        (What.MOVED, "Third thing."),
        (What.SAME, "First of all."),
        (What.SAME, "Second."),
    ]


def test_a_clause_with_other_words_under_the_same_number_is_changed_as_a_whole():
    new = Item("ii", STAFF, "Nobody brings a drone.", "B")
    assert whats(OLD, (OLD[0], new, OLD[2]))[1] == ("changed", "ii")


ITEMS = st.lists(
    st.builds(
        Item,
        st.sampled_from(["", "i", "ii", "iii", "(a)", "1.1"]),
        st.sampled_from(["", "A. Pupils", STAFF]),
        st.text("abc ", min_size=1, max_size=12).filter(str.strip),
    ),
    max_size=8,
)


@given(ITEMS, ITEMS)
def test_every_clause_of_both_versions_is_told_exactly_once(old, new):
    found = compare(outline(*old), outline(*new))
    assert [one.new for one in found if one.new] == list(new)
    assert sorted(map(repr, (one.old for one in found if one.old))) == sorted(map(repr, old))
    for one in found:
        before = "".join(words for change, words in one.words if change is not Change.NEW)
        after = "".join(words for change, words in one.words if change is not Change.GONE)
        if one.old:
            assert before.split() == one.old.text.split()
        if one.new:
            assert after.split() == one.new.text.split()


@given(ITEMS)
def test_no_two_clauses_have_one_address(items):
    given_ = addresses(items)
    assert len(set(given_)) == len(items)


def test_words_are_told_as_the_same_gone_and_new():
    assert words_between("Ask the head", "Ask the chair") == (
        (Change.SAME, "Ask the "),
        (Change.GONE, "head "),
        (Change.NEW, "chair "),
    )


# Mending


def test_a_line_that_a_page_parted_is_joined_to_the_one_before():
    items = (Item("ii", STAFF, "Staff never add", "B"), Item("", STAFF, "pupils as friends.", "B"))
    assert joined(items, 1) == (Item("ii", STAFF, "Staff never add pupils as friends.", "B"),)


def test_a_clause_is_split_at_its_empty_lines_and_each_takes_its_number():
    items = (Item("", STAFF, "Staff agree:\n\n(a) to ask first\n\nii. to tell the head", "B"),)
    assert [(one.number, one.text) for one in split(items, 0)] == [
        ("", "Staff agree:"),
        ("(a)", "to ask first"),
        ("ii", "to tell the head"),
    ]
    assert split(OLD, 0) == OLD


def test_a_clause_becomes_the_heading_of_what_follows_in_its_section():
    items = (
        Item("", "Contents", "An opening."),
        Item("B.", "Contents", "Staff"),
        Item("i", "Contents", "Never add pupils."),
        Item("i", "C. Accounts", "Ask first.", "C"),
    )
    after = made_heading(items, 1)
    assert [(one.heading, one.section) for one in after] == [
        ("Contents", ""),
        ("B. Staff", "B"),
        ("C. Accounts", "C"),
    ]


def test_a_section_gets_another_heading_and_the_others_keep_theirs():
    items = (*OLD[:2], Item("i", "C. Accounts", "Ask first.", "C"))
    assert [one.heading for one in renamed(items, 1, " D.  Adults ")] == [
        "D. Adults",
        "D. Adults",
        "C. Accounts",
    ]


def test_there_is_nothing_to_mend_where_there_is_nothing():
    for act in (joined, split, dropped, made_heading):
        with pytest.raises(IndexError):
            act(OLD, 3)
    with pytest.raises(IndexError):
        joined(OLD, 0)
    assert changed(OLD, 1, OLD[0])[1] == OLD[0]
    assert dropped(OLD, 1) == (OLD[0], OLD[2])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(a) Ask first", "(a)"),
        ("ii. Ask first", "ii"),
        ("3.1 Ask first", "3.1"),
        ("A.2 Ask first", "A.2"),
        ("4) Ask first", "4"),
        ("I ask first", ""),
        ("e.g. at a fair", ""),
        ("2026 was a year", ""),
    ],
)
def test_a_number_is_parted_from_its_text(text, number):
    assert number_off(text)[0] == number


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("B. Staff in a personal capacity", "B"),
        ("3 Asking parents", "3"),
        ("1.1 Who", "1.1"),
        ("A word first", ""),
        ("Introduction", ""),
    ],
)
def test_a_heading_tells_the_number_of_its_section(heading, section):
    assert section_in(heading) == section


def test_a_fingerprint_differs_with_each_part():
    all_of_them = [
        fingerprint(outline(*OLD)),
        fingerprint(outline(*OLD[:2])),
        fingerprint(outline(*OLD), ["1.0"]),
        fingerprint(Outline("Another title", OLD)),
        fingerprint(outline(OLD[1], OLD[0], OLD[2])),
        fingerprint(outline(OLD[0], OLD[1], Item("iv", STAFF, OLD[2].text, "B"))),
    ]
    assert len(set(all_of_them)) == len(all_of_them)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Outline(" ", OLD), "Give the document a title."),
        (Outline("x" * 121, OLD), "The title is too long."),
        (Outline("Title", ()), "There is no text in it."),
        (Outline("Title", (Item("i", "", " "),)), "A clause has no text: i."),
        (Outline("Title", (Item("i" * 21, "", "Words"),)), "The number is too long."),
    ],
)
def test_what_makes_no_document_is_said_in_plain_words(made, words):
    assert why_not_kept(made).startswith(words)
    assert why_not_kept(outline(*OLD)) == ""
