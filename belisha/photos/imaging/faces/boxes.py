"""Arithmetic on many boxes at once: arrays of rows left, top, right, bottom, and perhaps more."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]


def area(boxes: Floats) -> Floats:
    """The area of each row, 0 for one turned inside out."""
    sides: Floats = np.clip(boxes[..., 2:4] - boxes[..., 0:2], 0, None)
    return np.asarray(sides.prod(-1))


def shared(one: Floats, many: Floats) -> Floats:
    """The area that `one` has in common with each of `many` (any shapes that broadcast)."""
    first = np.maximum(one[..., 0:2], many[..., 0:2])
    last = np.minimum(one[..., 2:4], many[..., 2:4])
    return area(np.concatenate([first, last], axis=-1))


def overlap(one: Floats, many: Floats) -> Floats:
    """Intersection over union of `one` with each of `many`."""
    common = shared(one, many)
    union = area(one) + area(many) - common
    return np.asarray(common / np.maximum(union, 1e-6))


def best_of_each(boxes: Floats, scores: Floats) -> NDArray[np.intp]:
    """Rows to keep, best score first: one for each face, where several boxes are of the same face.

    Two boxes are of one face when they overlap by more than `SAME`, or when the smaller lies
    within the larger by more than `WITHIN` of its area.
    """
    order = np.argsort(-scores, kind="stable")
    kept = []
    while order.size:
        best, order = order[0], order[1:]
        kept.append(best)
        common = shared(boxes[best], boxes[order])
        smaller = np.minimum(area(boxes[best]), area(boxes[order]))
        same = overlap(boxes[best], boxes[order]) > SAME
        within = common > WITHIN * smaller
        order = order[~(same | within)]
    return np.asarray(kept, dtype=np.intp)


SAME = 0.35
WITHIN = 0.7
