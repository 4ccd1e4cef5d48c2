"""The document that the whole design was drawn from. No sentence of it stands here: only numbers,
counts, lengths and sums."""

import hashlib
from pathlib import Path

import pytest

from belisha.policy.importing import read
from belisha.policy.outline import addresses

NAME = "shared/seed/coopers-lane-social-media-policy-2021.txt"
SEED = next(
    (path for above in Path(__file__).parents if (path := above / NAME).is_file()),
    Path("/work") / NAME,
)


@pytest.fixture(scope="module", params=["txt", "md"])
def outline(request):
    if not SEED.is_file():
        pytest.skip(f"no {NAME} beside or above this folder")
    return read(SEED.read_bytes(), f"seed.{request.param}")


def under(outline, letter):
    return [item for item in outline.items if item.section == letter]


def numbers(items):
    return [item.number for item in items if item.number]


def test_its_front_matter_is_found(outline):
    assert outline.title == "Social Media Policy"
    assert set(outline.front) == {
        *("school", "author", "checker", "checked", "approved_by", "approved", "issued", "review"),
        "commitment",
    }
    assert outline.front["author"] == outline.front["checker"]
    dates = [outline.front[key] for key in ("checked", "approved", "issued", "review")]
    assert [date.split()[1] for date in dates] == ["2021", "2021", "2021", "2022"]
    assert "/" in outline.front["approved_by"]
    words = outline.front["commitment"].split()
    assert (len(words), words[0], words[-1]) == (31, "Coopers", "commitment")


def test_every_numbered_item_is_found_in_its_section(outline):
    assert numbers(under(outline, "A")) == []
    assert sum(item.level == 1 for item in under(outline, "A")) == 3
    assert numbers(under(outline, "B")) == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]
    assert numbers(under(outline, "C")) == []
    assert numbers(under(outline, "D")) == ["i", "ii", "iii", "iv"]
    assert numbers(under(outline, "E")) == ["i", "ii", "iii"]
    photos = [item for item in outline.items if item.heading == "Procedures"]
    assert numbers(photos) == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
    assert len(photos) == 9
    assert sum(1 for item in outline.items if item.number) == 24


def test_sections_open_where_they_stand_and_not_where_they_are_listed(outline):
    headings = list(dict.fromkeys(item.heading for item in outline.items))
    assert [heading[:2] for heading in headings] == ["Th", "A.", "B.", "C.", "D.", "E.", "Th", "Pr"]
    listed = [item for item in outline.items if item.heading == headings[0] and item.level]
    assert [item.text[:2] for item in listed] == ["A.", "B.", "C.", "D.", "E."]
    assert {item.number for item in listed} == {""}


def test_an_item_that_a_stray_bullet_broke_is_one(outline):
    third = next(item for item in under(outline, "D") if item.number == "iii")
    words = third.text.split()
    assert (len(words), words[0], words[-1]) == (19, "Parents", "community.")


def test_an_item_that_a_blank_line_broke_is_one(outline):
    seventh = next(
        item for item in outline.items if item.number == "vii" and item.heading == "Procedures"
    )
    assert seventh.text.split()[-1] == "children."
    assert "*" not in seventh.text


def test_marks_of_layout_are_gone(outline):
    whole = " ".join(item.text for item in outline.items)
    for mark in ("**", "](", "[SEP]", "^", "\t", "[1]"):
        assert mark not in whole
    assert "Twitter, " in whole


def test_every_item_is_word_for_word_the_same(outline):
    numbered = "\n".join(f"{item.number} {item.text}" for item in outline.items if item.number)
    assert len(outline.items) == 49
    assert hashlib.sha256(numbered.encode()).hexdigest() == SUM
    assert len(set(addresses(outline.items))) == 49


SUM = "68d8b4da18664b69774f8b352433d1ac09ca3d788b807b9f0800e5ba077e73cf"
