"""A tag speaks of one picture and one face, and of no other that looks or is called alike."""

import unicodedata
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from belisha.lib.tables import UnreadableTable
from belisha.photos.clearing.lists import Lists, Tag, read_children, read_lists
from belisha.photos.clearing.settling import settled
from belisha.photos.imaging.box import Box
from belisha.photos.rules import Who

LEFT, RIGHT = Box(0.25, 0.25, 0.125, 0.25), Box(0.625, 0.25, 0.125, 0.25)
NOSE = Box(LEFT.x + 0.04, LEFT.y + 0.12, 0.02, 0.03)
PUPILS = b"pupil,first_name,last_name,class\n1,Leo,Kerbstone,Robins\n"


def lists_with(*names):
    return Lists({}, {}, {}, {name: [Tag(LEFT, Who.ADULT)] for name in names})


@pytest.mark.parametrize(
    "photo", ["01.jpg", "day/01.jpg", "/school/day/01.jpg", "../day/01.jpg", "./01.jpg"]
)
def test_a_tag_is_read_once_however_the_photograph_was_named(photo):
    assert len(lists_with("01.jpg").tags_of(PurePath(photo))) == 1


def test_a_tag_may_name_the_folder_too_and_then_means_that_folder_alone():
    lists = lists_with("day/01.jpg")
    assert lists.tags_of(PurePath("/school/day/01.jpg"))
    assert not lists.tags_of(PurePath("/school/other/01.jpg"))
    assert not lists.tags_of(PurePath("1.jpg"))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", ["Zoë & Ünal.jpg", "class  photo.jpg"])
def test_letters_and_spaces_are_told_alike_in_the_list_and_on_the_disk(form, name):
    tags = f"photo,x,y,w,h,who\n{name},.1,.1,.2,.2,1\n".encode()
    nobody = b"pupil,parent,purpose,answer,on\n"
    lists = read_lists((PUPILS, "p.csv"), (nobody, "c.csv"), (tags, "t.csv"))
    assert lists.tags_of(PurePath(unicodedata.normalize(form, name)))


def test_a_name_that_two_photographs_have_is_not_clear(tmp_path):
    first, second = tmp_path / "a" / "01.jpg", tmp_path / "b" / "01.jpg"
    assert lists_with("01.jpg").unclear_name([first, second]) == "01.jpg"
    assert lists_with("a/01.jpg", "b/01.jpg").unclear_name([first, second]) == ""
    assert lists_with("01.jpg").unclear_name([first, first, Path("02.jpg")]) == ""


@pytest.mark.parametrize("word", ["adult", "unknown", "not-a-face"])
def test_no_pupil_is_called_by_a_word_that_a_tag_understands_otherwise(word):
    with pytest.raises(UnreadableTable, match="line 3"):
        read_children(PUPILS + f"{word},Ada,Post,Robins\n".encode(), "pupils.csv")


@pytest.mark.parametrize("second", [LEFT, NOSE, Box(0.28, 0.3, 0.125, 0.25)])
def test_the_second_tag_of_a_face_holds_the_whole_face_too(second):
    """A yes may lie better on a face than a no: the cover for the no falls on the face still."""
    tags = [Tag(LEFT, Who.PUPIL, "yes"), Tag(second, Who.PUPIL, "no")]
    of = {tag.pupil: tag.box for tag in settled([LEFT, RIGHT], tags)}
    assert of["no"].shared(LEFT) == pytest.approx(LEFT.area)
    assert of["no"].shared(RIGHT) == 0


def test_a_tag_on_a_nose_alone_leaves_the_face_unknown():
    result = settled([LEFT], [Tag(NOSE, Who.PUPIL, "1")])
    assert Tag(LEFT, Who.UNKNOWN) in result


def test_what_is_no_face_leaves_its_neighbour_unknown():
    result = settled([LEFT, RIGHT], [Tag(LEFT, Who.NOT_A_FACE)])
    assert result == [Tag(LEFT, Who.NOT_A_FACE), Tag(RIGHT, Who.UNKNOWN)]


boxes = st.builds(Box, *[st.floats(0, 0.7)] * 2, *[st.floats(0.03, 0.3)] * 2)


@given(st.lists(boxes, max_size=5), st.lists(boxes, max_size=5), boxes)
def test_a_no_covers_the_face_whose_middle_it_lies_nearest_whatever_else_is_said(found, yes, no):
    tags = [Tag(box, Who.PUPIL, f"yes {number}") for number, box in enumerate(yes)]
    result = settled(found, [*tags, Tag(no, Who.PUPIL, "no")])
    hidden = [tag.box for tag in result if tag.pupil == "no" or tag.who is Who.UNKNOWN]
    most = max(found, key=no.overlap, default=no)
    if most.contains(no.centre):
        assert any(box.shared(most) == pytest.approx(most.area) for box in hidden)


@given(st.lists(boxes, max_size=5), st.lists(boxes, max_size=5))
def test_a_face_that_no_tag_touches_stays_unknown(found, tagged):
    result = settled(found, [Tag(box, Who.PUPIL, "1") for box in tagged])
    for box in found:
        if not any(box.shared(tag) for tag in tagged):
            assert Tag(box, Who.UNKNOWN) in result
