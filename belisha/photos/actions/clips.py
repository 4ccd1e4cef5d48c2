"""Clips: added, looked through, refused (clauses P.i, P.iv).

A clip is a picture that moves. It stands in its album like one, and each of its faces is settled
once, for all of its way through the clip.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from belisha.audit.actions import record
from belisha.devices.actions.memory import imported
from belisha.people.access import require
from belisha.people.models import User
from belisha.photos import store
from belisha.photos.access import can_handle
from belisha.photos.imaging.film.engine import Clip, Found
from belisha.photos.imaging.film.limits import weigh_clip
from belisha.photos.imaging.film.track import rows_of
from belisha.photos.models import Album, Face, Photo, RefusedClip, Rendition, StoredFile, UploadPart

PIECE = 4 << 20  # bytes


@dataclass(frozen=True)
class Added:
    """A picture or clip in an album; `already` says that the same file was there before."""

    photo: Photo
    already: bool


def add(album: Album, data: bytes, *, name: str, by: User, at: datetime) -> Added:
    """Keep a clip that arrived whole. See `take`; when it is refused nothing is kept."""
    require(can_handle(by, album))
    weigh_clip(len(data))
    files: list[StoredFile] = []
    try:
        for start in range(0, len(data), PIECE):
            part, school = data[start : start + PIECE], album.school
            files.append(store.keep(part, school=school, at=at, rendition=Rendition.CLIP))
            files[-1].save()
        return take(album, files, name=name, by=by, at=at)
    except BaseException:
        with transaction.atomic():
            store.forget(files)
        raise


def take(album: Album, files: Sequence[StoredFile], *, name: str, by: User, at: datetime) -> Added:
    """Make a clip of the sealed pieces of a file, and queue the search for faces.

    Raises `Unreadable` with a plain sentence when it is none; then the pieces are the caller's.
    """
    require(can_handle(by, album))
    pieces = store.Pieces(files)
    sha256 = _digest(pieces)
    twin = Photo.objects.filter(album=album, sha256=sha256).first()
    if twin:
        return _already(twin, files)
    probed = Clip(pieces.size, pieces.read).probe()
    photo = Photo(
        school=album.school,
        album=album,
        name=name[:200],
        sha256=sha256,
        width=probed.width,
        height=probed.height,
        seconds=probed.seconds,
        sound=probed.sound,
        taken_at=probed.taken_at,
        removed=list(probed.removed),
        added_at=at,
        added_by=by,
    )
    forms = {Rendition.POSTER: probed.poster, Rendition.THUMB: probed.thumb}
    kept = store.keep_forms(forms, school=album.school, at=at, photo=photo)
    try:
        with transaction.atomic():
            photo.save(force_insert=True)
            StoredFile.objects.bulk_create(kept)
            for number, file in enumerate(files):
                file.photo, file.number = photo, number
                file.save(update_fields=["photo", "number"])
            record("picture.added", photo, by=by.pk, at=at, album=album.pk, sha256=sha256)
            if album.from_device:
                imported(album.from_device, about=album.ref, count=1, by=by, at=at)
    except IntegrityError:  # the same file arrived twice at once
        return _already(Photo.objects.get(album=album, sha256=sha256), files)
    return Added(photo, already=False)


@transaction.atomic
def _already(twin: Photo, files: Sequence[StoredFile]) -> Added:
    """The one that was there stays."""
    for part in UploadPart.objects.filter(file__in=files):
        part.delete()
    store.forget(files)
    return Added(twin, already=True)


def _digest(pieces: store.Pieces) -> str:
    digest = hashlib.sha256()
    for part in pieces.stream(0, pieces.size):
        digest.update(part)
    return digest.hexdigest()


@transaction.atomic
def keep_looked(photo: Photo, found: Sequence[Found], *, seconds: float, at: datetime) -> None:
    """Keep what the finder found in a clip: each face with its way and its pictures."""
    strips, faces = [], []
    for number, one in enumerate(found):
        rows = rows_of(one.track)
        box = one.track.points[0].box
        faces.append(
            Face(
                school_id=photo.school_id,
                photo=photo,
                x=box.x,
                y=box.y,
                w=box.w,
                h=box.h,
                points=rows,
                strip=number,
                score=one.track.score,
                sure=one.track.sure,
            )
        )
        strips.append(
            store.keep(
                one.strip,
                school=photo.school,
                at=at,
                photo=photo,
                rendition=Rendition.STRIP,
                number=number,
            )
        )
    StoredFile.objects.bulk_create(strips)
    Face.objects.bulk_create(faces)
    photo.faces_found_at, photo.looked, photo.seconds = at, 1, seconds
    photo.save(update_fields=["faces_found_at", "looked", "seconds"])
    record("faces.found", photo, by=None, at=at, faces=len(faces))


@transaction.atomic
def refuse(photo: Photo, why: str, *, at: datetime) -> None:
    """Take a clip out again that cannot be read to its end. Only that it was is kept, and why."""
    store.forget(StoredFile.objects.filter(photo=photo))
    row = RefusedClip.objects.create(
        school_id=photo.school_id, album_id=photo.album_id, added_at=photo.added_at, why=why, at=at
    )
    record("picture.refused", row, by=None, at=at, album=photo.album_id, photo=photo.pk)
    photo.delete()


@transaction.atomic
def dismiss(refused: RefusedClip, *, by: User, at: datetime) -> None:
    """Take the note away that a clip could not be taken."""
    require(can_handle(by, refused.album))
    record("picture.refusal-read", refused, by=by.pk, at=at)
    refused.delete()
