"""A picture or clip as somebody may see it: whom it hides, and whether one hears something."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from belisha.photos.models import SafeCopy


@dataclass(frozen=True)
class Sight:
    """What is covered, each as `Face.where` says it: boxes, or in a clip ways."""

    photo_id: int
    hidden: Sequence[Any]
    sound: bool = False

    @property
    def digest(self) -> str:
        """The same for all who may see just this."""
        ways = sorted(json.dumps(way) for way in self.hidden)
        return hashlib.sha256(json.dumps([ways, self.sound]).encode()).hexdigest()


def sight_of(copy: SafeCopy) -> Sight:
    """What a copy shows."""
    return Sight(copy.photo_id, copy.hidden, copy.sound)
