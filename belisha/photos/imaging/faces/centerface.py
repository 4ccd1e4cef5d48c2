"""CenterFace, the careful detector, judges: is there a face just where one was proposed?"""

from __future__ import annotations

import numpy as np

from .boxes import Floats, Pixels, overlap
from .sessions import session

# Each proposal is laid as a square of 64 pixels in which the face should be 32: as much again
# around it as the face itself, which is what the network judges by.
CELL = 64
FACE = 32
# Judged in sheets of so many squares a side, since one sheet costs half of what its squares cost.
SHEET = 8
# What CenterFace finds must overlap what was proposed by so much to speak for it: a face next to
# the proposal does not.
AGREES = 0.45


def judge(picture: Pixels, boxes: Floats) -> Floats:
    """A score of 0 to 1 for each row of `boxes` (left, top, right, bottom in pixels)."""
    scores = np.zeros(len(boxes), np.float32)
    for start in range(0, len(boxes), SHEET * SHEET):
        some = boxes[start : start + SHEET * SHEET]
        scores[start : start + len(some)] = _judge_sheet(picture, some)
    return scores


def _judge_sheet(picture: Pixels, boxes: Floats) -> Floats:
    columns = min(SHEET, len(boxes))
    rows = -(-len(boxes) // columns)
    sheet = np.zeros((3, rows, CELL, columns, CELL), np.float32)
    for index, box in enumerate(boxes):
        sheet[:, index // columns, :, index % columns] = _cell(picture, box)
    planes = sheet.reshape(1, 3, rows * CELL, columns * CELL)
    # 537 is the heat, 538 the logarithm of height and width, 539 the offset down and across;
    # 540, the points of eyes, nose and mouth, is never read.
    answers = session("centerface.onnx").run(["537", "538", "539"], {"input.1": planes})
    heat, size, offset = (_by_cell(answer[0], rows, columns)[: len(boxes)] for answer in answers)

    at = np.arange(CELL // 4, dtype=np.float32) + 0.5
    centre = np.stack([at + offset[:, 1], at[:, None] + offset[:, 0]], -1) * 4
    half = np.exp(size[:, ::-1].transpose(0, 2, 3, 1)) * 2
    seen = np.concatenate([centre - half, centre + half], -1)
    wanted = _in_cell(boxes)[:, None, None]
    agreeing = np.where(overlap(wanted, seen) > AGREES, heat[:, 0], 0)
    return np.asarray(agreeing.max((1, 2)))


def _by_cell(answer: Floats, rows: int, columns: int) -> Floats:
    """From (values, rows * n, columns * n) to (cell, values, n, n)."""
    n = CELL // 4
    cells = answer.reshape(len(answer), rows, n, columns, n).transpose(1, 3, 0, 2, 4)
    return cells.reshape(rows * columns, len(answer), n, n)


def _in_cell(boxes: Floats) -> Floats:
    """Where each proposed box lies in its own square."""
    sides = boxes[:, 2:4] - boxes[:, 0:2]
    half = sides * FACE / sides.max(1, keepdims=True) / 2
    return np.concatenate([CELL / 2 - half, CELL / 2 + half], 1)


def _cell(picture: Pixels, box: Floats) -> Floats:
    """The square around `box`, scaled to (3, CELL, CELL); the picture's edge goes on beyond it."""
    height, width = picture.shape[:2]
    side = max(2, round(float((box[2:4] - box[0:2]).max()) * CELL / FACE))
    step = max(1, side // 128)  # a large face has pixels to spare
    at = np.arange(0, side, step)
    left, top = np.rint((box[0:2] + box[2:4] - side) / 2).astype(int)
    columns = np.clip(at + left, 0, width - 1)
    rows = np.clip(at + top, 0, height - 1)
    pixels = picture[rows[:, None], columns].transpose(2, 0, 1).astype(np.float32)
    weights = _weights(len(at))
    return np.asarray(weights @ pixels @ weights.T)


def _weights(side: int) -> Floats:
    """The matrix (CELL, side) that scales a line of pixels, as a triangle filter does."""
    middle = (np.arange(CELL, dtype=np.float32)[:, None] + 0.5) * side / CELL - 0.5
    weights = np.clip(1 - abs(np.arange(side) - middle) / max(1, side / CELL), 0, None)
    return np.asarray(weights / weights.sum(1, keepdims=True), np.float32)
