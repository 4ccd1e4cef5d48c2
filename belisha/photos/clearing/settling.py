"""Which found face a tag speaks of. No picture, no list: boxes in, boxes out."""

from collections.abc import Sequence

from belisha.photos.clearing.lists import Tag
from belisha.photos.imaging.box import Box
from belisha.photos.rules import Who

SAME_FACE = 0.15  # intersection over union of a face and the whole head around it is 0.27


def settled(found: Sequence[Box], tags: Sequence[Tag]) -> list[Tag]:
    """Join found faces and tags. What no tag settles is unknown; a tag alone is one more face.

    A tag on a face takes the box that holds both, so that a cover is never smaller than either.
    Where several tags claim one face all of them stand, so that a no to one covers the whole face.
    """
    tags = list(dict.fromkeys(tags))
    meant = [_meant(tag.box, found) for tag in tags]
    settles = [
        face
        for tag, face in zip(tags, meant, strict=True)
        if face and face.overlap(tag.box) >= SAME_FACE and face.contains(tag.box.centre)
    ]
    faces = [
        Tag(tag.box.union(face), tag.who, tag.pupil) if face and face in settles else tag
        for tag, face in zip(tags, meant, strict=True)
    ]
    return faces + [Tag(box, Who.UNKNOWN) for box in found if box not in settles]


def _meant(tag: Box, found: Sequence[Box]) -> Box | None:
    """The one face that a tag overlaps most, if the middle of either lies in the other.

    To settle it takes more: a large box around one child may reach over a neighbour's face.
    """
    face = max(found, key=tag.overlap, default=None)
    if face and (face.contains(tag.centre) or tag.contains(face.centre)):
        return face
    return None
