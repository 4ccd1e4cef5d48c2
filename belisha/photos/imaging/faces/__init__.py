"""Where the faces in a picture are. Never whose: no points, no measure of a face is kept."""

from belisha.photos.imaging.box import Face

from .cascade import find_faces
from .sessions import prepare

__all__ = ["Face", "find_faces", "prepare"]
