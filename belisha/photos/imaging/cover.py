"""Heads hidden beyond recovery.

A cover is one flat colour that is the same in every picture, so nothing of the face is in it.
Blurs and mosaics leave a face that programs, and people who know the child, can still tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor

import numpy as np

from .box import Box, head_of
from .reading import Pixels

COLOUR = (84, 98, 112)
ROUNDING = 0.3  # of the shorter side


def covered(pixels: Pixels, faces: Iterable[Box]) -> Pixels:
    """A copy of the full-size pixels with the whole head of each face covered."""
    result = pixels.copy()
    height, width = pixels.shape[:2]
    for face in faces:
        _cover(result, head_of(face).pixels(width, height))
    return result


def _cover(pixels: Pixels, head: tuple[int, int, int, int]) -> None:
    """Paint, row by row, a rounded rectangle whose corners curve outside the head."""
    left, top, right, bottom = head
    line = np.full((pixels.shape[1], 3), COLOUR, np.uint8)
    radius = ROUNDING * min(right - left, bottom - top)
    grown = radius * (1 - 0.5**0.5)
    middle, half_width = (left + right) / 2, (right - left) / 2 + grown
    centre, half_height = (top + bottom) / 2, (bottom - top) / 2 + grown
    for row in range(max(0, floor(centre - half_height)), ceil(centre + half_height)):
        down = abs(row + 0.5 - centre) - half_height + radius
        half = half_width - radius + max(0.0, radius**2 - max(0.0, down) ** 2) ** 0.5
        span = pixels[row : row + 1, max(0, floor(middle - half)) : ceil(middle + half)]
        span[:] = line[: span.shape[1]]
