"""Two detectors, one after the other: the quick one proposes, the careful one judges."""

from __future__ import annotations

import numpy as np
import pyvips

from belisha.photos.imaging.box import Box, Face

from .boxes import Floats, Pixels, best_of_each
from .centerface import judge
from .yunet import propose

# A camera's pixels hold less than their number says (each sees one colour of three), so a large
# picture is looked at in three quarters of its size; a small one is enlarged, at most to double.
SCALE = 0.75
SMALL, LARGE = 1600, 4608
# A second look at a small copy finds the faces that are larger than a slab's seam.
CLOSE_UP = 640

PROPOSED = 0.2  # the quick detector alone, below which a place is not looked at again
CERTAIN = 0.8  # the quick detector alone, from which there is nothing to judge
SURE = 0.42  # the mean of both
PERHAPS = 0.22  # the mean of both, below which the box is dropped


def find_faces(pixels: Pixels) -> list[Face]:
    """The faces in upright `pixels` (height, width, RGB), best first.

    Boxes that are not `sure` are kept because a missed face can harm a child and a box too many
    costs one tap.
    """
    found = _proposals(pixels)
    boxes, scores = found[:, :4], found[:, 4].copy()
    middling = scores < CERTAIN
    scores[middling] = (scores[middling] + judge(pixels, boxes[middling])) / 2
    order = [i for i in np.argsort(-scores, kind="stable") if scores[i] >= PERHAPS]
    height, width = pixels.shape[:2]
    scaled = boxes / np.array([width, height, width, height], np.float32)
    return [_face(scaled[i], float(scores[i])) for i in order]


def _proposals(pixels: Pixels) -> Floats:
    """What the quick detector says at two sizes, in pixels of the picture, once for each face."""
    height, width = pixels.shape[:2]
    longest = max(height, width)
    working = min(max(SCALE * longest, SMALL), 2 * longest, LARGE)
    found = []
    for size in (working, min(working, CLOSE_UP)):
        copy = _scaled(pixels, size / longest)
        rows = propose(copy, PROPOSED)
        down, across = height / copy.shape[0], width / copy.shape[1]
        rows[:, :4] *= np.array([across, down, across, down], np.float32)
        found.append(rows)
    rows = np.concatenate(found)
    rows[:, 0:4:2] = rows[:, 0:4:2].clip(0, width)
    rows[:, 1:4:2] = rows[:, 1:4:2].clip(0, height)
    rows = rows[((rows[:, 2:4] - rows[:, 0:2]) >= 1).all(1)]
    return rows[best_of_each(rows[:, :4], rows[:, 4])]


def _scaled(pixels: Pixels, scale: float) -> Pixels:
    if scale == 1:
        return pixels
    height, width = pixels.shape[:2]
    # Never less than a pixel a side: a panorama can be very thin.
    across, down = (max(scale, 1 / side) for side in (width, height))
    kernel = "linear" if scale < 1 else "cubic"
    image = pyvips.Image.new_from_array(pixels)
    return np.asarray(image.resize(across, vscale=down, kernel=kernel).numpy())


def _face(edges: Floats, score: float) -> Face:
    left, top, right, bottom = (float(edge) for edge in edges)
    return Face(Box(left, top, right - left, bottom - top), round(score, 3), score >= SURE)
