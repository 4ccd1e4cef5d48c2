"""Faces in every frame of a clip, and small pictures of each, by which a person knows who it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyvips
from numpy.fft import irfft2, rfft2  # now: numpy would look for it when no file opens any more

from belisha.photos.imaging.box import Box, head_of
from belisha.photos.imaging.faces.cascade import CERTAIN, PERHAPS, once_each
from belisha.photos.imaging.faces.centerface import judge
from belisha.photos.imaging.faces.yunet import propose
from belisha.photos.imaging.reading import Pixels
from belisha.photos.imaging.rendering import jpeg

from . import limits
from .joining import STILL_CAMERA, Joiner, Seen, Way
from .reading import Frame
from .track import Track

# Each frame is looked at in this size; one of so many also larger, for the small faces of the last
# row, and smaller, for a face that fills the picture.
USUAL, LARGE, SMALL = 1280, 1920, 640
EVERY = 8
SIGN = 0.3
# In a copy of this size it is seen whether the camera moved, ...
SHRUNK = 320
# ... and whether this is another scene: by the mean change of brightness, of 255.
CUT = 45
STILL = 160  # pixels a side
AFTER = 500  # milliseconds between two pictures that may be the last of a track


@dataclass
class _Stills:
    """The first, the best and the last picture of a face."""

    first: Pixels
    best: Pixels
    last: Pixels
    worth: float
    last_at: int


class _Small:
    """A frame as small as shows where the camera went, and whether the scene is another."""

    def __init__(self, pixels: Pixels) -> None:
        step = max(1, max(pixels.shape[:2]) // SHRUNK)
        self.light = pixels[::step, ::step, 1].astype(np.float32)
        self._waves = rfft2(self.light)

    def shift_from(self, before: _Small) -> tuple[int, int]:
        """How many pixels down and across all of it went (phase correlation)."""
        product = self._waves * np.conj(before._waves)
        fit = irfft2(product / np.maximum(np.abs(product), 1e-6), self.light.shape)
        down, across = np.unravel_index(int(fit.argmax()), fit.shape)
        height, width = fit.shape
        return (
            int(down) - (height if down > height // 2 else 0),
            int(across) - (width if across > width // 2 else 0),
        )

    def is_other_than(self, before: _Small, down: int, across: int) -> bool:
        """Whether it is unlike what was there before, as it is and moved by this."""
        moved = np.roll(before.light, (down, across), (0, 1))
        changes = (np.abs(self.light - other).mean() for other in (before.light, moved))
        return all(change > CUT for change in changes)


class Looker:
    """Takes frames in their order; then has the tracks and a strip of stills for each."""

    def __init__(self) -> None:
        self._joiner = Joiner()
        self._stills: dict[int, _Stills] = {}
        self._count = 0
        self._small: _Small | None = None

    def look(self, frame: Frame) -> None:
        usual = frame.pixels(USUAL)
        rows = [_rows(usual)]
        if self._count % EVERY == 0:
            if max(frame.size()) > USUAL:
                rows.append(_rows(frame.pixels(LARGE)))
            rows.append(_rows(frame.pixels(SMALL)))
        seen = _seen(np.concatenate(rows), usual)
        cut, went = self._changed(usual)
        numbers = self._joiner.add(frame.at, seen, cut=cut, went=went)
        for number, (box, score) in zip(numbers, seen, strict=True):
            self._keep_still(number, box, score, frame.at, usual)
        if len(self._stills) > 20 * limits.MAX_TRACKS:
            raise limits.too_many_faces()
        self._count += 1

    def found(self) -> list[tuple[Track, bytes]]:
        """The tracks in the order in which they begin, each with its stills as one JPEG."""
        tracks = self._joiner.tracks()
        if len(tracks) > limits.MAX_TRACKS:
            raise limits.too_many_faces()
        order = sorted(tracks, key=lambda number: (tracks[number].starts, number))
        return [(tracks[number], self._strip(number)) for number in order]

    def _changed(self, pixels: Pixels) -> tuple[bool, Way]:
        """Whether another scene begins with this picture; else how far all of it has moved, since
        the camera did, in parts of its width and height."""
        before, now = self._small, _Small(pixels)
        self._small = now
        if before is None or before.light.shape != now.light.shape:
            return False, STILL_CAMERA
        down, across = now.shift_from(before)
        if now.is_other_than(before, down, across):
            return True, STILL_CAMERA
        height, width = now.light.shape
        return False, (across / width, down / height)

    def _keep_still(self, number: int, box: Box, score: float, at: int, pixels: Pixels) -> None:
        kept, worth = self._stills.get(number), score * box.area
        if kept and worth <= kept.worth * 1.1 and at - kept.last_at < AFTER:
            return
        still = _still(pixels, box)
        if kept is None:
            self._stills[number] = _Stills(still, still, still, worth, at)
            return
        if worth > kept.worth * 1.1:
            kept.best, kept.worth = still, worth
        kept.last, kept.last_at = still, at

    def _strip(self, number: int) -> bytes:
        kept = self._stills[number]
        some = [_square(one) for one in (kept.first, kept.best, kept.last)]
        return jpeg(np.concatenate(some, axis=1))


def _rows(pixels: Pixels) -> np.ndarray:
    """Boxes in parts of the picture, with scores."""
    height, width = pixels.shape[:2]
    rows = propose(pixels, SIGN)
    rows[:, :4] /= np.array([width, height, width, height], np.float32)
    return rows


def _seen(rows: np.ndarray, pixels: Pixels) -> list[Seen]:
    """One box for each face; of those that are not plain a second detector is asked."""
    height, width = pixels.shape[:2]
    rows[:, :4] *= np.array([width, height, width, height], np.float32)
    rows = once_each(rows, pixels)
    scores, vague = rows[:, 4].copy(), rows[:, 4] < CERTAIN
    if vague.any():
        scores[vague] = (scores[vague] + judge(pixels, rows[vague, :4])) / 2
    seen = []
    for (left, top, right, bottom), score in zip(
        rows[:, :4].tolist(), scores.tolist(), strict=True
    ):
        if score >= PERHAPS:
            box = Box(left / width, top / height, (right - left) / width, (bottom - top) / height)
            seen.append((box, score))
    return seen


def _still(pixels: Pixels, face: Box) -> Pixels:
    """The head, with no more pixels than its still needs."""
    height, width = pixels.shape[:2]
    left, top, right, bottom = head_of(face).pixels(width, height)
    cut = pixels[top : max(bottom, top + 1), left : max(right, left + 1)]
    step = max(1, max(cut.shape[:2]) // STILL)
    return cut[::step, ::step].copy()


def _square(still: Pixels) -> Pixels:
    """The same in a square of the size that people are shown."""
    image = pyvips.Image.new_from_array(still)
    scale = STILL / max(image.width, image.height)
    image = image.resize(scale, vscale=scale).gravity("centre", STILL, STILL)
    return np.asarray(image.numpy())
