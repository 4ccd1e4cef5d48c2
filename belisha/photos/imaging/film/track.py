"""The way of one face through a clip: where it is at each moment, and what must be covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from belisha.photos.imaging.box import Box

# A face is there before the finder first sees it and after it last does: it turns, or comes in.
HOLD = 700
# What moves is covered where it was and where it will be, so that no frame is too early or late.
AROUND = 80
# Of a gap and of the hold at the ends: how much larger the cover grows, in parts of the face.
UNSEEN = 0.35
# A box that lies within so much (of its own size) of the line between others is not kept.
SLACK = 0.05


@dataclass(frozen=True)
class Point:
    """Where the face was seen at a moment, in milliseconds from the first frame."""

    at: int
    box: Box


@dataclass(frozen=True)
class Track:
    """Boxes joined by place and time alone. Between two points the face moves in a line."""

    points: tuple[Point, ...]
    score: float = 1.0
    sure: bool = True

    @property
    def starts(self) -> int:
        return self.points[0].at

    @property
    def ends(self) -> int:
        return self.points[-1].at

    def box_at(self, at: int) -> Box | None:
        """Where the face is; None before it is first seen and after it is last seen."""
        if not self.starts <= at <= self.ends:
            return None
        return self._at(at)

    def cover_at(self, at: int) -> Box | None:
        """What hides the face at a moment: all of where it is just before, then and just after.

        At the ends it is held a while, and grows there, since nobody knows where the face went.
        """
        if not self.starts - HOLD <= at <= self.ends + HOLD:
            return None
        moments = [at - AROUND, at, at + AROUND]
        # A turn between two of these moments is a point of its own.
        moments += [point.at for point in self.points if abs(point.at - at) < AROUND]
        cover = self._at(moments[0])
        for moment in moments[1:]:
            cover = cover.union(self._at(moment))
        beyond = max(self.starts - at, at - self.ends, 0)
        return grown(cover, UNSEEN * min(1, 2 * beyond / HOLD)) if beyond else cover

    def through(self, at: int, box: Box) -> Track:
        """The same, but at this moment the face is here."""
        others = [point for point in self.points if point.at != at]
        return Track(tuple(sorted([*others, Point(at, box)], key=lambda point: point.at)))

    def between(self, start: int, end: int) -> Track:
        """The same from one moment to another: cut off, or held where it is first and last seen."""
        within = [point for point in self.points if start < point.at < end]
        ends = Point(start, self._at(start)), Point(end, self._at(end))
        return Track((ends[0], *within, ends[1]))

    def _at(self, at: int) -> Box:
        points = self.points
        if at <= points[0].at:
            return points[0].box
        low, high = 0, len(points) - 1
        if at >= points[high].at:
            return points[high].box
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if points[middle].at <= at else (low, middle)
        return _mixed(points[low], points[high], at)


def track_of(rows: Sequence[Sequence[float]]) -> Track:
    """The track that these rows of [milliseconds, x, y, w, h] say."""
    return Track(tuple(Point(int(at), Box(*box)) for at, *box in rows))


def rows_of(track: Track) -> list[list[float]]:
    """The other way round."""
    return [[point.at, *_numbers(point.box)] for point in track.points]


def _mixed(before: Point, after: Point, at: int) -> Box:
    part = (at - before.at) / (after.at - before.at)
    one, two = before.box, after.box
    return Box(
        *(a + (b - a) * part for a, b in zip(_numbers(one), _numbers(two), strict=True)),
    )


def _numbers(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.w, box.h


def grown(box: Box, part: float) -> Box:
    wide, high = box.w * part, box.h * part
    return Box(box.x - wide, box.y - high, box.w + 2 * wide, box.h + 2 * high)


def thinned(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points without those that lie on the way between others, give or take `SLACK`."""
    kept, start = [points[0]], 0
    while start < len(points) - 1:
        end = start + 1
        while end + 1 < len(points) and _straight(points[start : end + 2]):
            end += 1
        kept.append(points[end])
        start = end
    return tuple(kept)


def _straight(points: Sequence[Point]) -> bool:
    first, last = points[0], points[-1]
    if len(points) > 60:  # so that looking back costs little
        return False
    for point in points[1:-1]:
        line, box = _mixed(first, last, point.at), point.box
        slack = SLACK * min(box.w, box.h)
        pairs = zip(_numbers(line), _numbers(box), strict=True)
        if any(abs(one - two) > slack for one, two in pairs):
            return False
    return True
