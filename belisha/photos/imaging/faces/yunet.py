"""YuNet, the quick detector, proposes: every place in the picture that might be a face."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .boxes import Floats, Pixels
from .sessions import session
from .sheets import COLUMNS, sheets

STRIDES = (8, 16, 32)
# Only these are asked for: the network's points of eyes, nose and mouth are never read.
OUTPUTS = [f"{kind}_{stride}" for kind in ("cls", "obj", "bbox") for stride in STRIDES]

# A slab of so many pixels needs some 200 MiB, which the session keeps for the next.
SLAB = 2_500_000
# A face no wider than this is whole in one slab at least; larger ones are found in the small copy.
SEAM = 96

# For the second look: the size at which the network sees best, and two and a half times around it.
FACE, CELL = 32, 80


def propose(picture: Pixels, at_least: float) -> Floats:
    """Rows of left, top, right, bottom in pixels of `picture` (height, width, RGB) and a score."""
    found = []
    for left, top, slab in _slabs(picture):
        rows = _look(slab, at_least)
        rows[:, :4] += (left, top, left, top)
        found.append(rows)
    return np.concatenate(found)


def look_again(picture: Pixels, boxes: Floats, at_least: float) -> Floats:
    """Rows as `propose` gives them, of what is seen when each of `boxes` is brought near."""
    found = [np.empty((0, 5), np.float32)]
    for _, sheet in sheets(picture, boxes, cell=CELL, face=FACE):
        rows = _look(sheet.pixels, at_least)
        column, row = ((rows[:, 0:2] + rows[:, 2:4]) // (2 * CELL)).astype(np.intp).T
        squares = row * COLUMNS + column
        here = rows[:, :4] - np.stack([column, row, column, row], 1) * CELL
        # What reaches into the next square is made of two unrelated places.
        whole = (here > -3).all(1) & (here < CELL + 3).all(1)
        whole &= (column >= 0) & (column < COLUMNS) & (row >= 0) & (squares < len(sheet.scale))
        edges = sheet.in_picture(here[whole], squares[whole])
        found.append(np.column_stack([edges, rows[whole, 4]]))
    return np.concatenate(found)


def _slabs(picture: Pixels) -> Iterator[tuple[int, int, Pixels]]:
    """Left, top and pixels of overlapping slabs, cut across the longer side."""
    height, width = picture.shape[:2]
    length = max(height, width)
    number = -(-height * width // SLAB)
    size = -(-(length + (number - 1) * SEAM) // number)
    for index in range(number):
        start = index * (size - SEAM)
        if width >= height:
            yield start, 0, picture[:, start : start + size]
        else:
            yield 0, start, picture[start : start + size]


def _look(pixels: Pixels | Floats, at_least: float) -> Floats:
    """Run the network once; its score is the mean (geometric) of class and objectness."""
    height, width = pixels.shape[:2]
    padded = [-(-side // STRIDES[-1]) * STRIDES[-1] for side in (height, width)]
    planes = np.zeros((1, 3, *padded), np.float32)
    for plane in range(3):  # blue first: OpenCV's order, as in training
        planes[0, plane, :height, :width] = pixels[:, :, 2 - plane]
    answers = session("face_detection_yunet_2023mar.onnx").run(OUTPUTS, {"input": planes})

    rows = []
    for stride, classes, objects, shapes in zip(
        STRIDES, answers[0:3], answers[3:6], answers[6:9], strict=True
    ):
        scores = np.sqrt(classes[0, :, 0] * objects[0, :, 0])
        cells = np.flatnonzero(scores >= at_least)
        down, across = np.divmod(cells, padded[1] // stride)
        centre = (np.stack([across, down], 1) + shapes[0, cells, 0:2]) * stride
        half = np.exp(shapes[0, cells, 2:4]) * stride / 2
        rows.append(np.column_stack([centre - half, centre + half, scores[cells]]))
    return np.concatenate(rows).astype(np.float32)
