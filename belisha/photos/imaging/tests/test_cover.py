"""What is covered cannot be got back."""

import numpy as np
import pytest

from belisha.photos.imaging.box import Box, face_of, head_of
from belisha.photos.imaging.cover import COLOUR, covered
from belisha.photos.imaging.rendering import jpeg, scaled

FACES = [Box(0.3, 0.3, 0.2, 0.3), Box(0.9, 0.0, 0.1, 0.1), Box(0.02, 0.8, 0.3, 0.25)]


def noise(seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 255, (300, 400, 3), np.uint8)


def test_the_head_is_wider_and_higher_than_the_face_and_stays_in_the_picture():
    assert head_of(Box(0.4, 0.4, 0.2, 0.2)) == Box(
        pytest.approx(0.3), pytest.approx(0.28), pytest.approx(0.4), pytest.approx(0.37)
    )
    assert head_of(Box(0.0, 0.0, 1.0, 1.0)) == Box(0.0, 0.0, 1.0, 1.0)


def test_nothing_of_a_head_is_left_under_its_cover():
    pixels = covered(noise(1), FACES)
    for face in FACES:
        left, top, right, bottom = head_of(face).pixels(400, 300)
        assert (pixels[top:bottom, left:right] == COLOUR).all()


@pytest.mark.parametrize("size", [(2000, 1414), (333, 777)])
def test_a_box_that_holds_no_face_is_covered_to_its_last_pixel(size):
    """Each of the 72 parts into which a piece of evidence is divided, corners and edges too."""
    width, height = size
    for row, column in np.ndindex(12, 6):
        part = Box(column / 6, row / 12, 1 / 6, 1 / 12)
        pixels = covered(np.zeros((height, width, 3), np.uint8), [face_of(part)])
        left, top, right, bottom = part.pixels(width, height)
        assert (pixels[top:bottom, left:right] == COLOUR).all(), (row, column)


def test_two_pictures_that_differ_only_under_the_covers_give_the_same_copy():
    one, other = noise(1), noise(1)
    for face in FACES:
        left, top, right, bottom = head_of(face).pixels(400, 300)
        other[top:bottom, left:right] = noise(2)[top:bottom, left:right]
    assert not np.array_equal(one, other)
    copies = [scaled(covered(pixels, FACES), 200) for pixels in (one, other)]
    assert np.array_equal(*copies)
    assert jpeg(copies[0]) == jpeg(copies[1])


def test_what_is_away_from_the_covers_is_left_alone():
    before = noise(1)
    after = covered(before, [Box(0.4, 0.4, 0.1, 0.1)])
    assert np.array_equal(before[:60], after[:60])
    assert np.array_equal(before[:, 280:], after[:, 280:])
    assert np.array_equal(before, noise(1)), "the picture itself is not painted on"


@pytest.mark.parametrize("box", [Box(-0.2, -0.2, 0.3, 0.3), Box(0.95, 0.95, 0.2, 0.2)])
def test_a_box_that_leaves_the_picture_is_covered_as_far_as_it_goes(box):
    pixels = covered(noise(1), [box])
    left, top, right, bottom = box.pixels(400, 300)
    assert (pixels[top:bottom, left:right] == COLOUR).all()


def test_copies_are_made_smaller_and_never_larger():
    assert scaled(noise(1), 200).shape == (150, 200, 3)
    assert scaled(noise(1).transpose(1, 0, 2).copy(), 200).shape == (200, 150, 3)
    assert scaled(noise(1), 1600).shape == (300, 400, 3)
