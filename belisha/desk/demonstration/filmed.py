"""A clip of two children, as a tablet would film them, whose faces are settled."""

from datetime import date, datetime
from pathlib import Path

import av
import pyvips

from belisha.people.models import Pupil, SchoolClass, User
from belisha.photos.actions import albums, clips, faces
from belisha.photos.clip_jobs import look_through
from belisha.photos.imaging.film.reading import Frame
from belisha.photos.imaging.film.writing import Writer
from belisha.photos.rules import Who

WIDTH, HEIGHT, FRAMES, EVERY = 640, 480, 24, 125  # pixels, pictures, milliseconds between them


def load_clip(picture: Path, cast: tuple[Pupil, Pupil], *, by: User, at: datetime) -> None:
    """Film the picture, and name the children in it, from the left."""
    album = albums.make(
        "The bridge stands",
        school_class=SchoolClass.objects.get(name="Robins"),
        event="Bridge day",
        taken_on=date(2026, 6, 30),
        device="Robins iPad 3",
        by=by,
        at=at,
    )
    photo = clips.add(album, _filmed(picture), name="IMG_0042.MOV", by=by, at=at).photo
    look_through(at)
    found = list(photo.faces.order_by("x"))
    for face in found:
        faces.settle(face, Who.UNKNOWN, by=by, at=at)
    for face, pupil in zip(found, cast, strict=False):
        faces.settle(face, Who.PUPIL, pupil=pupil, by=by, at=at)
    faces.say_all_boxed(photo, by=by, at=at)


def _filmed(picture: Path) -> bytes:
    """A camera that goes slowly to the right."""
    image = pyvips.Image.thumbnail(str(picture), round(WIDTH * 1.2)).copy_memory()
    pieces: dict[int, bytes] = {}
    writer = Writer(
        lambda number, data, last: pieces.update({number: data}),
        (WIDTH, HEIGHT),
        longest=WIDTH,
        most=(FRAMES, FRAMES * EVERY / 1000),
        sound=False,
    )
    for number in range(FRAMES):
        left = round((image.width - WIDTH) * number / FRAMES)
        seen = image.crop(left, (image.height - HEIGHT) // 2, WIDTH, HEIGHT).numpy()
        raw = av.VideoFrame.from_ndarray(seen, format="rgb24")
        writer.picture(Frame(number * EVERY, raw, turn=0))
    writer.finish()
    return b"".join(pieces[number] for number in sorted(pieces))
