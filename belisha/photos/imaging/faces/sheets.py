"""Places of a picture cut out, brought to one size and laid side by side: a sheet.

A network looks at one sheet in half of the time that it takes for its squares one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from .boxes import Floats, Pixels

COLUMNS = 8


@dataclass(frozen=True)
class Sheet:
    """`pixels` (rows * cell, columns * cell, RGB, float) of squares, filled row by row.

    `corner` and `scale` say for each square where it begins in the picture, in pixels, and how
    many pixels of the picture one of its own is.
    """

    pixels: Floats
    cell: int
    corner: Floats
    scale: Floats

    def in_cell(self, boxes: Floats) -> Floats:
        """Boxes of the picture, one for each square, in pixels of that square."""
        return (boxes - np.tile(self.corner, 2)) / self.scale[:, None]

    def in_picture(self, boxes: Floats, squares: NDArray[np.intp]) -> Floats:
        """Boxes in pixels of the `squares` they are in, brought to pixels of the picture."""
        return boxes * self.scale[squares, None] + np.tile(self.corner[squares], 2)


def sheets(
    picture: Pixels, boxes: Floats, *, cell: int, face: int
) -> Iterator[tuple[slice, Sheet]]:
    """Lay out every box (rows of left, top, right, bottom), its longer side `face` pixels long in
    the middle of a square of `cell` pixels; with each sheet, which of the boxes are on it."""
    for start in range(0, len(boxes), COLUMNS * COLUMNS):
        part = slice(start, start + COLUMNS * COLUMNS)
        yield part, _sheet(picture, boxes[part], cell, face)


def _sheet(picture: Pixels, boxes: Floats, cell: int, face: int) -> Sheet:
    longer = (boxes[:, 2:4] - boxes[:, 0:2]).max(1)
    sides = np.maximum(2, np.rint(longer * cell / face))
    corners = np.rint((boxes[:, 0:2] + boxes[:, 2:4] - sides[:, None]) / 2)
    rows = -(-len(boxes) // COLUMNS)
    laid = np.zeros((rows, cell, COLUMNS, cell, 3), np.float32)
    for index, (side, (left, top)) in enumerate(zip(sides, corners, strict=True)):
        row, column = divmod(index, COLUMNS)
        laid[row, :, column] = _square(picture, int(left), int(top), int(side), cell)
    pixels = laid.reshape(rows * cell, COLUMNS * cell, 3)
    return Sheet(pixels, cell, corners, sides / cell)


def _square(picture: Pixels, left: int, top: int, side: int, cell: int) -> Floats:
    """The square scaled to (cell, cell, 3); beyond the picture its edge goes on."""
    height, width = picture.shape[:2]
    at = np.arange(0, side, max(1, side // cell))  # a large face has pixels to spare
    columns = np.clip(at + left, 0, width - 1)
    rows = np.clip(at + top, 0, height - 1)
    planes = picture[rows[:, None], columns].transpose(2, 0, 1).astype(np.float32)
    weights = _weights(len(at), cell)
    return np.asarray((weights @ planes @ weights.T).transpose(1, 2, 0))


@lru_cache(maxsize=512)
def _weights(side: int, cell: int) -> Floats:
    """The matrix (cell, side) that scales a line of pixels, as a triangle filter does."""
    middle = (np.arange(cell)[:, None] + 0.5) * side / cell - 0.5
    weights = np.clip(1 - abs(np.arange(side) - middle) / max(1, side / cell), 0, None)
    return np.asarray(weights / weights.sum(1, keepdims=True), np.float32)
