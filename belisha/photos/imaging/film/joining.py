"""Boxes of one frame after another joined into tracks, by place and time alone.

No measure of any face is taken: that would recognise. So where it is not plain who is who, since
two faces come together or the scene changes, tracks end and others begin, and a person says who
they are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from belisha.photos.imaging.box import Box

from .track import UNSEEN, Point, Track, grown, thinned

Seen = tuple[Box, float]
Way = tuple[float, float]  # to the right and down, in parts of the picture
STILL_CAMERA: Way = 0.0, 0.0

GAP = 1200  # milliseconds for which a face may be out of sight and still be the same
NEAR = 0.3  # of overlap with where the face should be: the same face
CLOSE = 0.6  # or its middle lies within so much of its size from there, ...
LIKE = 2.0  # ... and neither is more than so many times as large as the other
TOGETHER = 0.2  # two faces overlap by so much: nobody knows which is which afterwards, ...
APART = 0.08  # ... nor who was which once they overlap by less than this again

BEGINS = 0.6  # a track that was once seen so surely is one
LASTS, VAGUE = 3, 0.35  # one that was only vaguely seen must have been seen so often
SURE = 0.75


@dataclass
class _Open:
    """A track that may still go on."""

    number: int
    points: list[Point]
    scores: list[float] = field(default_factory=list)
    carried: Way = STILL_CAMERA  # by the camera, since it was last seen
    speed: Way = 0.0, 0.0  # of its own, in parts of the picture a millisecond

    @property
    def last(self) -> Point:
        return self.points[-1]

    def expected(self, at: int) -> Box:
        """Where the face should be: on as it went, but after a moment nobody knows."""
        time, box = min(at - self.last.at, 300), self.last.box
        right, down = (c + s * time for c, s in zip(self.carried, self.speed, strict=True))
        return Box(box.x + right, box.y + down, box.w, box.h)

    def carry(self, went: Way) -> None:
        """The camera has moved, and all that it sees has gone this way."""
        self.carried = self.carried[0] + went[0], self.carried[1] + went[1]

    def go_on(self, at: int, box: Box, score: float, *, missed: bool) -> None:
        """Here it is again. Where it was not seen in between, it is taken to have been anywhere
        from there to here."""
        time, (old_x, old_y) = at - self.last.at, self.last.box.centre
        if missed:
            between = grown(self.last.box.union(box), UNSEEN)
            self.points += [Point(self.last.at + 1, between), Point(at - 1, between)]
        x, y = box.centre
        self.speed = (
            (self.speed[0] + (x - old_x - self.carried[0]) / time) / 2,
            (self.speed[1] + (y - old_y - self.carried[1]) / time) / 2,
        )
        self.carried = STILL_CAMERA
        self.points.append(Point(at, box))
        self.scores.append(score)


class Joiner:
    """Takes frames in their order; `tracks` says what came of them."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._done: list[_Open] = []
        self._count = 0
        self._before = 0  # when the frame before this one was
        self._together: set[tuple[int, int]] = set()

    def add(
        self, at: int, seen: Sequence[Seen], *, cut: bool = False, went: Way = STILL_CAMERA
    ) -> list[int]:
        """One frame: the time, its boxes with their scores, whether a new scene begins, and how
        far all of it has moved since the frame before.

        Returns the number of the track to which each box belongs.
        """
        self._end(lambda track: cut or at - track.last.at > GAP)
        for track in self._open:
            track.carry(went)
        expected = [track.expected(at) for track in self._open]
        pairs = sorted(
            (
                (fit, t, s)
                for t, box in enumerate(expected)
                for s, (found, _) in enumerate(seen)
                if (fit := _fit(box, found)) > 0
            ),
            reverse=True,
        )
        taken: dict[int, int] = {}
        for _, t, s in pairs:
            if t not in taken.values() and s not in taken:
                taken[s] = t
        for s, t in taken.items():
            track = self._open[t]
            missed = track.last.at < self._before and at - track.last.at > 2
            track.go_on(at, *seen[s], missed=missed)
        self._before = at
        numbers = [
            self._open[taken[s]].number if s in taken else self._begin(at, *one)
            for s, one in enumerate(seen)
        ]
        self._part(at)
        return numbers

    def tracks(self) -> dict[int, Track]:
        """The tracks that are worth a person's look, by number. Ends whatever is open."""
        self._end(lambda _: True)
        return {track.number: _closed(track) for track in self._done if _counts(track)}

    def _begin(self, at: int, box: Box, score: float) -> int:
        self._count += 1
        self._open.append(_Open(self._count, [Point(at, box)], [score]))
        return self._count

    def _end(self, over: Callable[[_Open], bool]) -> None:
        self._done += [track for track in self._open if over(track)]
        self._open = [track for track in self._open if not over(track)]

    def _part(self, at: int) -> None:
        """End tracks whose faces have come together, and again when they have come apart."""
        boxes = {track.number: track.expected(at) for track in self._open}
        pairs = {
            (one, other)
            for one, other in combinations(boxes, 2)
            if boxes[one].overlap(boxes[other])
            > (APART if (one, other) in self._together else TOGETHER)
        }
        born = {track.number for track in self._open if track.points[0].at == at}
        changed = {pair for pair in pairs ^ self._together if not born & set(pair)}
        self._together = pairs
        mixed = {number for pair in changed for number in pair}
        self._end(lambda track: track.number in mixed)


def _fit(expected: Box, found: Box) -> float:
    """How well a box fits where a face should be; 0 when it does not."""
    overlap = expected.overlap(found)
    if overlap >= NEAR:
        return 1 + overlap
    if not 1 / LIKE <= found.area / max(expected.area, 1e-9) <= LIKE:
        return 0.0
    (x, y), (to_x, to_y) = expected.centre, found.centre
    away = max(abs(x - to_x) / max(expected.w, found.w), abs(y - to_y) / max(expected.h, found.h))
    return 1 - away if away < CLOSE else 0.0


def _counts(track: _Open) -> bool:
    best = max(track.scores)
    often = sum(score >= VAGUE for score in track.scores) >= LASTS
    return best >= BEGINS or often


def _closed(track: _Open) -> Track:
    best = max(track.scores)
    return Track(thinned(track.points), round(best, 3), best >= SURE)
