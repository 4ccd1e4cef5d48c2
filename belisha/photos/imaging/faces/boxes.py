"""Arithmetic on many boxes at once: arrays of rows left, top, right, bottom, and perhaps more."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]


# Two boxes are of one face when they share so much of what they cover together, ...
SAME = 0.35
# ... or when so much of the smaller lies within the larger.
WITHIN = 0.7


def area(boxes: Floats) -> Floats:
    """The area of each row."""
    return np.asarray((boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1]))


def shared(one: Floats, many: Floats) -> Floats:
    """The area that `one` has in common with each of `many` (any shapes that broadcast)."""
    sides = np.minimum(one[..., 2:4], many[..., 2:4]) - np.maximum(one[..., 0:2], many[..., 0:2])
    sides = np.maximum(sides, 0)
    return np.asarray(sides[..., 0] * sides[..., 1])


def overlap(one: Floats, many: Floats) -> Floats:
    """Intersection over union of `one` with each of `many`."""
    common = shared(one, many)
    return np.asarray(common / (area(one) + area(many) - common))


def best_of_each(boxes: Floats, scores: Floats) -> NDArray[np.intp]:
    """Rows to keep, best score first: one for each face, where several boxes are of one face."""
    areas = area(boxes)
    order = np.argsort(-scores, kind="stable")
    kept = []
    while order.size:
        best, order = order[0], order[1:]
        kept.append(best)
        common = shared(boxes[best], boxes[order])
        same = common > SAME * (areas[best] + areas[order] - common)
        within = common > WITHIN * np.minimum(areas[best], areas[order])
        order = order[~(same | within)]
    return np.asarray(kept, dtype=np.intp)
