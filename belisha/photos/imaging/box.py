"""Where something is in a picture."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle in fractions (0 to 1) of the upright picture: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2

    @property
    def area(self) -> float:
        return self.w * self.h

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Left, top, right, bottom in whole pixels, clipped to the picture."""
        return (
            max(0, round(self.x * width)),
            max(0, round(self.y * height)),
            min(width, round((self.x + self.w) * width)),
            min(height, round((self.y + self.h) * height)),
        )

    def contains(self, point: tuple[float, float]) -> bool:
        """Whether the point (x, y, in the same fractions) lies within."""
        x, y = point
        return self.x <= x <= self.x + self.w and self.y <= y <= self.y + self.h

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        left, top = min(self.x, other.x), min(self.y, other.y)
        right = max(self.x + self.w, other.x + other.w)
        bottom = max(self.y + self.h, other.y + other.h)
        return Box(left, top, right - left, bottom - top)

    def shared(self, other: Box) -> float:
        """The area common to both, as a fraction of the picture."""
        across = min(self.x + self.w, other.x + other.w) - max(self.x, other.x)
        down = min(self.y + self.h, other.y + other.h) - max(self.y, other.y)
        return max(0.0, across) * max(0.0, down)

    def overlap(self, other: Box) -> float:
        """Intersection over union: 0 for apart, 1 for the same box."""
        common = self.shared(other)
        union = self.area + other.area - common
        return common / union if union else 0.0


@dataclass(frozen=True)
class Face:
    """One face: its box, a score of 0 to 1, and whether it is sure or only perhaps one."""

    box: Box
    score: float
    sure: bool


BESIDE, ABOVE, BELOW = 0.5, 0.6, 0.25  # how far a head goes beyond its face, in faces


def head_of(face: Box) -> Box:
    """The whole head around a face, clipped."""
    left, right = max(0.0, face.x - face.w * BESIDE), min(1.0, face.x + face.w * (1 + BESIDE))
    top, bottom = max(0.0, face.y - face.h * ABOVE), min(1.0, face.y + face.h * (1 + BELOW))
    return Box(left, top, right - left, bottom - top)


def face_of(head: Box) -> Box:
    """The face whose head this is: so that just a box can be covered that holds no face."""
    width, height = head.w / (1 + 2 * BESIDE), head.h / (1 + ABOVE + BELOW)
    return Box(head.x + width * BESIDE, head.y + height * ABOVE, width, height)
