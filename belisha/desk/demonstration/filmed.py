"""A clip of two children, as a tablet would film them, whose faces are settled: shown to their two
families, each with its own child, and in the gallery on the website, where both are covered."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import av
import pyvips
from django.utils import timezone

from belisha.people.models import Pupil, SchoolClass, User
from belisha.photos.actions import albums, clips, copies, faces, selections, shares
from belisha.photos.actions.selections import Worded
from belisha.photos.clip_jobs import cover, look_through
from belisha.photos.imaging.film.reading import Frame
from belisha.photos.imaging.film.writing import Writer
from belisha.photos.models import Photo, Place
from belisha.photos.rules import Viewers, Who
from belisha.policy.actions import approvals
from belisha.policy.models import Purpose

TITLE, SHOWN_FOR = "The bridge stands", timedelta(weeks=8)
WIDTH, HEIGHT, FRAMES, EVERY = 640, 480, 24, 125  # pixels, pictures, milliseconds between them


def load_clip(picture: Path, cast: tuple[Pupil, Pupil], *, by: User, at: datetime) -> None:
    """Film the picture, and name the children in it, from the left."""
    album = albums.make(
        TITLE,
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
    photo.refresh_from_db()
    _show(photo, by, at)


def _show(photo: Photo, by: User, at: datetime) -> None:
    """`by` is the head, who agrees to the gallery."""
    today = timezone.localdate(at)
    act: dict[str, Any] = {"by": by, "at": at}
    shares.share(
        photo.album,
        [photo],
        viewers=Viewers.FAMILIES,
        purpose=Purpose.objects.get(key="learning-journal"),
        title=TITLE,
        from_on=today,
        until_on=today + SHOWN_FOR,
        **act,
    )
    gallery = Place.objects.get(in_our_hands=True)
    copies.make(photo, gallery.purpose, on=today, sound=False, **act)
    while cover(at):
        pass
    office: dict[str, Any] = {"by": User.objects.get(name="Mrs Toucan"), "at": at}
    row = selections.choose(photo.album, gallery, [photo], title=TITLE, from_on=today, **office)
    words = Worded("The bridge holds", "Two children behind a bridge of card, their faces covered")
    said = {row.pictures.get().pk: words}
    days = {"from_on": today, "until_on": row.until_on}
    selections.write(row, said, title=TITLE, words="", looked=True, **office | days)
    asked = selections.ask(row, on=today, **office)
    approvals.answer(asked, yes=True, digest=asked.digest, by=by, at=at)
    selections.publish(row, on=today, **office)


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
