"""Heads hidden beyond recovery.

A cover is one flat colour that is the same in every picture, so nothing of the face is in it.
Blurs and mosaics leave a face that programs, and people who know the child, can still tell.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .box import Box
from .reading import Pixels

COLOUR = (84, 98, 112)
ROUNDING = 0.3  # of the shorter side


def head_of(face: Box) -> Box:
    """The whole head around a face: half a face to each side, .6 above, .25 below, clipped."""
    left, right = max(0.0, face.x - face.w / 2), min(1.0, face.x + face.w * 1.5)
    top, bottom = max(0.0, face.y - face.h * 0.6), min(1.0, face.y + face.h * 1.25)
    return Box(left, top, right - left, bottom - top)


def covered(pixels: Pixels, faces: Iterable[Box]) -> Pixels:
    """A copy of the full-size pixels with the whole head of each face covered."""
    result = pixels.copy()
    height, width = pixels.shape[:2]
    for face in faces:
        _cover(result, head_of(face).pixels(width, height))
    return result


def _cover(pixels: Pixels, head: tuple[int, int, int, int]) -> None:
    """Paint a rounded rectangle whose corners curve outside the head, never through it."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = head
    radius = ROUNDING * min(right - left, bottom - top)
    grown = radius * (1 - 0.5**0.5) + 1
    rows = slice(max(0, int(top - grown)), min(height, int(bottom + grown) + 1))
    columns = slice(max(0, int(left - grown)), min(width, int(right + grown) + 1))
    # The distance of each pixel's centre from the rounded rectangle; one pixel of soft edge.
    y = np.arange(rows.start, rows.stop)[:, None] + 0.5
    x = np.arange(columns.start, columns.stop)[None, :] + 0.5
    down = np.abs(y - (top + bottom) / 2) - (bottom - top) / 2 - grown + radius
    across = np.abs(x - (left + right) / 2) - (right - left) / 2 - grown + radius
    distance = np.hypot(down.clip(0), across.clip(0)) - radius
    share = (0.5 - distance).clip(0, 1)[..., None]
    window = pixels[rows, columns]
    window[:] = np.rint(window * (1 - share) + np.array(COLOUR) * share)
