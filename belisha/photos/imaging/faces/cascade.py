"""Two detectors, one after the other: the quick one proposes, the careful one judges.

The quick one looks over the whole picture at a moderate size, then again, near, wherever it saw
the least sign of a face: that finds faces of nine pixels, and costs far less than looking over the
whole picture in full size. `bench/faces.py` shows what the thresholds below find and miss.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyvips

from belisha.photos.imaging.box import Box

from .boxes import Floats, Pixels, best_of_each
from .centerface import judge
from .yunet import look_again, propose

# The longer side in pixels for the first look; small pictures are at most doubled.
SMALLEST, LARGEST = 1600, 3072
# A small copy besides shows the faces that are larger than a slab's seam.
CLOSE_UP = 640

SIGN = 0.1  # the quick detector's first look: from here a place is looked at again
PROPOSED = 0.25  # its second look: from here a place is judged
CERTAIN = 0.8  # either look: from here there is nothing left to judge
SURE = 0.5  # the mean of its score and the judge's
PERHAPS = 0.25  # the same; below, the box is dropped


@dataclass(frozen=True)
class Face:
    """One face: its box, a score of 0 to 1, and whether it is sure or only perhaps one."""

    box: Box
    score: float
    sure: bool


def find_faces(pixels: Pixels) -> list[Face]:
    """The faces in upright `pixels` (height, width, RGB), best first.

    Boxes that are not `sure` are kept because a missed face can harm a child and a box too many
    costs one tap.
    """
    rows = once_each(_first_look(pixels), pixels)
    vague = rows[:, 4] < CERTAIN
    near = look_again(pixels, rows[vague, :4], PROPOSED)
    rows = once_each(np.concatenate([rows[~vague], near]), pixels)
    boxes, scores = rows[:, :4], rows[:, 4].copy()
    vague = scores < CERTAIN
    scores[vague] = (scores[vague] + judge(pixels, boxes[vague])) / 2

    height, width = pixels.shape[:2]
    fractions = boxes / np.array([width, height, width, height], np.float32)
    order = np.argsort(-scores, kind="stable")
    return [_face(fractions[i], float(scores[i])) for i in order if scores[i] >= PERHAPS]


def _first_look(pixels: Pixels) -> Floats:
    """What the quick detector sees at two sizes, in pixels of the picture."""
    height, width = pixels.shape[:2]
    longest = max(height, width)
    working = min(max(SMALLEST, longest), LARGEST, 2 * longest)
    found = []
    for size in (working, min(working, CLOSE_UP)):
        copy = _scaled(pixels, size / longest)
        rows = propose(copy, SIGN)
        down, across = height / copy.shape[0], width / copy.shape[1]
        rows[:, :4] *= np.array([across, down, across, down], np.float32)
        found.append(rows)
    return np.concatenate(found)


def once_each(rows: Floats, pixels: Pixels) -> Floats:
    """The best row of each face, within the picture and at least a pixel a side."""
    height, width = pixels.shape[:2]
    within = np.clip(rows[:, :4], 0, np.array([width, height, width, height], np.float32))
    rows = np.column_stack([within, rows[:, 4]])
    rows = rows[((rows[:, 2:4] - rows[:, 0:2]) >= 1).all(1)]
    return np.asarray(rows[best_of_each(rows[:, :4], rows[:, 4])], np.float32)


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
