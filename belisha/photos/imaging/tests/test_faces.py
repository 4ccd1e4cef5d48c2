"""What people can rely on when faces are looked for."""

import json
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
import pyvips

from belisha.photos.imaging.box import Box
from belisha.photos.imaging.faces import Face, find_faces

HERE = Path(__file__).parent
PHOTOS = HERE.parents[4] / "shared" / "data" / "photos"


def pixels(image):
    return np.ascontiguousarray(image.colourspace("srgb").numpy()[:, :, :3])


def opened(path):
    if not path.exists():
        pytest.skip(f"The photographs of {PHOTOS} are not on this machine.")
    return pyvips.Image.new_from_file(str(path))


def astronaut():
    return opened(HERE / "pictures" / "astronaut.jpg")


def sure(found):
    return [face for face in found if face.sure]


def test_the_face_of_a_portrait_is_found_where_it_is():
    found = find_faces(pixels(astronaut()))
    assert len(found) == 1
    assert found[0].sure
    assert found[0].box.overlap(Box(0.35, 0.13, 0.17, 0.25)) > 0.7


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda image: image.fliphor(), id="mirrored"),
        pytest.param(lambda image: (image * 0.25).cast("uchar"), id="dark"),
        pytest.param(lambda image: image.colourspace("b-w"), id="grey"),
        pytest.param(lambda image: image.resize(0.1), id="a-tenth"),
        pytest.param(lambda image: image.resize(8), id="sixteen-megapixels"),
        pytest.param(lambda image: image.rotate(15), id="tilted-right"),
        pytest.param(lambda image: image.rotate(-15), id="tilted-left"),
        pytest.param(
            lambda image: pyvips.Image.new_from_buffer(image.jpegsave_buffer(Q=15), ""), id="coarse"
        ),
        pytest.param(lambda image: image.embed(7000, 200, 9000, 800), id="in-a-panorama"),
        pytest.param(lambda image: image.crop(150, 40, 150, 200), id="close-up"),
    ],
)
def test_the_face_is_found_however_the_picture_was_taken(change):
    assert len(sure(find_faces(pixels(change(astronaut()))))) == 1


def test_what_is_found_has_a_box_a_score_and_nothing_else():
    assert [field.name for field in fields(Face)] == ["box", "score", "sure"]
    face = find_faces(pixels(astronaut()))[0]
    assert type(face.box) is Box
    assert (type(face.score), type(face.sure)) == (float, bool)
    assert not hasattr(face, "__dict__") or set(vars(face)) == {"box", "score", "sure"}


@pytest.mark.parametrize("size", [(1, 1), (29, 100), (100, 29), (1, 3000), (20000, 3), (640, 640)])
def test_a_picture_of_nothing_has_no_face_whatever_its_shape(size):
    width, height = size
    assert find_faces(np.full((height, width, 3), 127, np.uint8)) == []


def test_noise_and_gradients_have_no_face():
    noise = np.random.default_rng(2).integers(0, 256, (900, 1200, 3), np.uint8)
    gradient = np.broadcast_to(np.linspace(0, 255, 1200, dtype=np.uint8)[:, None], (900, 1200, 3))
    assert find_faces(noise) == []
    assert find_faces(gradient) == []


def test_the_same_picture_has_the_same_faces_each_time():
    picture = pixels(astronaut())
    assert find_faces(picture) == find_faces(picture)


def test_boxes_lie_within_the_picture():
    cut = pixels(astronaut().crop(200, 100, 312, 412))  # through the middle of the face
    for face in find_faces(cut):
        assert 0 <= face.box.x <= face.box.x + face.box.w <= 1.000001
        assert 0 <= face.box.y <= face.box.y + face.box.h <= 1.000001


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("az_faces.jpg", 6),
        ("az_ident1.jpg", 4),
        ("az_det1.jpg", 1),
        ("az_det2.jpg", 1),
        ("az_det3.jpg", 1),
        ("az_det4.jpg", 3),
        ("az_det5.jpg", 3),
        ("az_det6.jpg", 2),
    ],
)
def test_everyone_in_a_group_is_found_and_few_boxes_too_many(name, people):
    found = find_faces(pixels(opened(PHOTOS / name)))
    assert people <= len(sure(found)) <= people + 1
    assert len(found) <= people + 3


def test_a_crowd_of_small_faces_is_found():
    picture = opened(PHOTOS / "mit_composite_24mp.jpg")
    edges = json.loads((PHOTOS / "boxes.json").read_text())["mit_composite_24mp.jpg"]
    labelled = [
        Box(left / 6000, top / 4000, (right - left) / 6000, (bottom - top) / 4000)
        for left, top, right, bottom in edges
    ]
    found = find_faces(pixels(picture))
    assert matched(labelled, found) == len(labelled) == 116
    assert matched(labelled, sure(found)) >= 114
    assert len(sure(found)) <= 116 + 4
    assert len(found) <= 116 + 50


def matched(labelled, found):
    """How many labelled boxes have a found box of their own."""
    free = list(found)
    for box in labelled:
        best = max(free, key=lambda face: face.box.overlap(box), default=None)
        if best and best.box.overlap(box) > 0.3:
            free.remove(best)
    return len(found) - len(free)
