"""Tags settle the faces that they mean, and never show one that they do not."""

from hypothesis import given
from hypothesis import strategies as st

from belisha.photos.clearing.lists import Tag
from belisha.photos.clearing.settling import settled
from belisha.photos.imaging.box import Box, head_of
from belisha.photos.rules import Who


def seen(*boxes):
    return list(boxes)


LEFT, RIGHT = Box(0.2, 0.3, 0.1, 0.15), Box(0.6, 0.3, 0.1, 0.15)


def who(tags):
    return sorted((tag.who.value, tag.pupil) for tag in tags)


def test_without_tags_every_face_is_unknown():
    assert who(settled(seen(LEFT, RIGHT), [])) == [("unknown", ""), ("unknown", "")]


def test_a_tag_settles_the_face_it_overlaps_even_if_drawn_round_the_whole_head():
    for box in (LEFT, Box(0.21, 0.31, 0.1, 0.15), head_of(LEFT)):
        result = settled(seen(LEFT, RIGHT), [Tag(box, Who.PUPIL, "1")])
        assert who(result) == [("pupil", "1"), ("unknown", "")]


def test_the_box_holds_what_was_found_and_what_was_tagged():
    (tag,) = settled(seen(LEFT), [Tag(head_of(LEFT), Who.PUPIL, "1")])
    assert tag.box.union(LEFT) == tag.box


def test_a_tag_where_nothing_was_found_adds_a_face():
    result = settled(seen(RIGHT), [Tag(LEFT, Who.PUPIL, "1")])
    assert who(result) == [("pupil", "1"), ("unknown", "")]


def test_a_tag_over_the_whole_picture_settles_nobody_else():
    result = settled(seen(LEFT, RIGHT), [Tag(Box(0, 0, 1, 1), Who.PUPIL, "1")])
    assert who(result).count(("unknown", "")) == 2


def test_one_tag_settles_one_face_at_most():
    near = Box(0.24, 0.3, 0.1, 0.15)
    result = settled(seen(LEFT, near), [Tag(Box(0.22, 0.3, 0.1, 0.15), Who.PUPIL, "1")])
    assert who(result).count(("unknown", "")) == 1


def test_of_two_tags_on_one_face_both_are_asked_about():
    tags = [Tag(LEFT, Who.PUPIL, "1"), Tag(LEFT, Who.PUPIL, "2")]
    assert who(settled(seen(LEFT), tags)) == [("pupil", "1"), ("pupil", "2")]


def test_a_large_tag_of_a_child_nobody_found_leaves_the_neighbour_in_it_unknown():
    around_both = Box(LEFT.x - 0.02, LEFT.y - 0.02, 0.25, 0.2)
    result = settled(seen(LEFT), [Tag(around_both, Who.PUPIL, "1")])
    assert Tag(LEFT, Who.UNKNOWN) in result


def test_a_line_written_twice_counts_once():
    assert len(settled(seen(LEFT), [Tag(LEFT, Who.ADULT)] * 2)) == 1


boxes = st.builds(Box, *[st.floats(0, 0.7)] * 2, *[st.floats(0.03, 0.3)] * 2)


@given(
    st.lists(boxes, max_size=6, unique=True),
    st.lists(st.builds(Tag, boxes, st.just(Who.PUPIL), st.sampled_from("12")), max_size=6),
)
def test_no_arrangement_of_tags_loses_a_face_or_settles_more_than_there_are_tags(found, tags):
    result = settled(seen(*found), tags)
    unknown = [tag.box for tag in result if tag.who is Who.UNKNOWN]
    assert len(unknown) >= len(found) - len(tags)
    for box in found:
        touched = any(box.shared(tag.box) > 0 for tag in tags)
        assert touched or box in unknown
        assert any(tag.box.union(box) == tag.box for tag in result) or box in unknown


SAID = st.sampled_from([(Who.PUPIL, "yes"), (Who.PUPIL, "no"), (Who.ADULT, ""), (Who.UNKNOWN, "")])


@given(
    st.lists(boxes, max_size=5, unique=True),
    st.lists(st.builds(lambda box, said: Tag(box, *said), boxes, SAID), max_size=6),
)
def test_no_arrangement_of_tags_shows_a_face_unless_one_that_may_be_seen_lies_on_it(found, tags):
    shows = [tag.box for tag in tags if tag.pupil == "yes" or tag.who is Who.ADULT]
    hides = [tag.box for tag in tags if tag.box not in shows]
    result = settled(seen(*found), tags)
    hidden = [tag.box for tag in result if tag.pupil == "no" or tag.who is Who.UNKNOWN]
    for face in found:
        if any(holds(box, face) for box in hidden):
            continue
        assert any(face.contains(box.centre) and face.overlap(box) > 0.1 for box in shows)
        for box in hides:  # whoever is to be hidden means another face more than this one
            touching = face.contains(box.centre)
            assert not touching or max(found, key=box.overlap) != face


def holds(box, face):
    return abs(box.shared(face) - face.area) < 1e-9
