"""CenterFace, the careful detector, judges: is there a face just where one was proposed?"""

from __future__ import annotations

import numpy as np

from .boxes import Floats, Pixels, overlap
from .sessions import session
from .sheets import COLUMNS, Sheet, sheets

# The face should be 32 pixels in a square of 64: the network judges by what is around it, too.
FACE, CELL = 32, 64
# It answers once for every 4 by 4 pixels.
STRIDE = 4
# What CenterFace finds must overlap what was proposed by so much to speak for it: a face next to
# the proposal does not.
AGREES = 0.45


def judge(picture: Pixels, boxes: Floats) -> Floats:
    """A score of 0 to 1 for each row of `boxes` (left, top, right, bottom in pixels)."""
    scores = np.zeros(len(boxes), np.float32)
    for part, sheet in sheets(picture, boxes, cell=CELL, face=FACE):
        scores[part] = _judge(sheet, sheet.in_cell(boxes[part]))
    return scores


def _judge(sheet: Sheet, wanted: Floats) -> Floats:
    planes = np.ascontiguousarray(sheet.pixels.transpose(2, 0, 1)[None])
    # 537 is the heat, 538 the logarithm of height and width, 539 the offset down and across;
    # 540, the points of eyes, nose and mouth, is never read.
    answers = session("centerface.onnx").run(["537", "538", "539"], {"input.1": planes})
    heat, size, offset = (_by_square(answer[0])[: len(wanted)] for answer in answers)

    at = np.arange(CELL // STRIDE, dtype=np.float32) + 0.5
    centre = np.stack([at + offset[:, 1], at[:, None] + offset[:, 0]], -1) * STRIDE
    half = np.exp(size[:, ::-1].transpose(0, 2, 3, 1)) * STRIDE / 2
    seen = np.concatenate([centre - half, centre + half], -1)
    agrees = overlap(wanted[:, None, None], seen) > AGREES
    return np.asarray(np.where(agrees, heat[:, 0], 0).max((1, 2)))


def _by_square(answer: Floats) -> Floats:
    """From (values, rows * n, columns * n) to (square, values, n, n)."""
    values, n = len(answer), CELL // STRIDE
    squares = answer.reshape(values, -1, n, COLUMNS, n).transpose(1, 3, 0, 2, 4)
    return squares.reshape(-1, values, n, n)
