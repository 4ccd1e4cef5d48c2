"""Words beside a picture: what may never stand there, and what somebody must look at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.photos.captions import Child, Names, findings

CHILDREN = (
    Child("Ada", "Kerbstone"),
    Child("Zoë", "Okafor-Lane", "Zo"),
    Child("Sean", "O’Neil"),
    Child("Rose", "Green"),
    Child("نور", "الدين"),
)
SCHOOL = Names.of(CHILDREN, ["Robins", "Year 2"])
ADA = Names.of(CHILDREN[:1])


def never(text, beside=None):
    return [one.words for one in findings(text, SCHOOL, beside=beside) if one.never]


def to_look_at(text):
    return [one.words for one in findings(text, SCHOOL) if not one.never]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Kerbstone and a boat",
        "A boat by ada kerbstone",
        "Kerbstone, Ada",
        "Ada M Kerbstone",
        "ADA KERBSTONE’S boat",
        "Zoe Okafor Lane",
        "Zo Okafor-Lane paints",
        "Sean ONeil",
        "نور الدين",
    ],
)
def test_a_full_name_never_stands_there_however_it_is_written(text):
    assert never(text)


@pytest.mark.parametrize(
    "text",
    [
        "Write to ada@home.example",
        "Ring 01632 960 114",
        "We live at 12 Zebra Crossing Lane",
        "SW1A 1AA",
    ],
)
def test_nothing_that_leads_to_a_door_stands_there(text):
    assert never(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ada K won",
        "Ada of Robins",
        "She swims at the pool",
        "Every Tuesday after school",
        "Follow @kerbside",
        "The Kerbstone family",
    ],
)
def test_what_may_say_too_much_waits_until_somebody_looked(text):
    assert to_look_at(text) and not never(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ada and a boat",
        "A green boat and a rose",
        "Rose painted a green boat",
        "Mrs Kerbstone opens the fair",
        "Our harvest table, 2 October 2026",
        "",
        "A 12 metre rope",
    ],
)
def test_ordinary_words_pass(text):
    assert findings(text, SCHOOL) == []


def test_beside_a_face_no_surname_of_its_child_stands():
    assert never("The Kerbstone boat", ADA) == ["Kerbstone"]
    assert never("The Kerbstone boat") == []
    assert never("Mr Kerbstone helps", ADA) == []


BEFORE, AFTER = (
    st.sampled_from(["", "Look: ", "“", "and "]),
    st.sampled_from(["", ".", "’s boat", "!"]),
)
BETWEEN = st.sampled_from([" ", "  ", " James ", "-", ", "])
CASE = st.sampled_from([str, str.upper, str.lower, str.title])


@given(st.sampled_from(CHILDREN), st.booleans(), BEFORE, BETWEEN, AFTER, CASE)
def test_no_way_of_writing_a_full_name_passes(child, turned, before, between, after, case):
    if turned and between == " James ":
        between = ", "  # surname, one word, first name is how nobody writes
    names = [child.first, child.last]
    text = f"{before}{between.join(reversed(names) if turned else names)}{after}"
    assert never(case(text)), text
