"""Pictures: added whole or in parts, kept back, removed."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.devices.actions.memory import imported
from belisha.people.access import require
from belisha.people.models import User
from belisha.photos import store
from belisha.photos.access import can_handle, can_remove
from belisha.photos.actions import clips
from belisha.photos.actions.certifying import certify
from belisha.photos.actions.clips import Added
from belisha.photos.engine import engine
from belisha.photos.imaging.film.limits import looks_like_a_clip, weigh_clip
from belisha.photos.imaging.unreadable import weigh
from belisha.photos.models import Album, Deletion, Photo, Rendition, StoredFile, Upload, UploadPart
from belisha.photos.retention import Keeps

UPLOAD_KEPT_FOR = timedelta(hours=24)


def add(album: Album, data: bytes, *, name: str, by: User, at: datetime) -> Added:
    """Read one photograph or clip, keep it sealed, and queue the search for faces.

    Raises `Unreadable` with a plain sentence when it cannot be read, and `OSError` or
    `OperationalError` when the disk is full; then nothing is kept.
    """
    require(can_handle(by, album))
    if looks_like_a_clip(data[:16]):
        return clips.add(album, data, name=name, by=by, at=at)
    sha256 = hashlib.sha256(data).hexdigest()
    twin = Photo.objects.filter(album=album, sha256=sha256).first()
    if twin:
        return Added(twin, already=True)
    read = engine().ingest(data)
    photo = Photo(
        school=album.school,
        album=album,
        name=name[:200],
        sha256=sha256,
        width=read.width,
        height=read.height,
        taken_at=_in_school_time(read.taken_at),
        removed=list(read.removed),
        added_at=at,
        added_by=by,
    )
    forms = {Rendition.ORIGINAL: data, Rendition.VIEW: read.view, Rendition.THUMB: read.thumb}
    files = store.keep_forms(forms, school=album.school, at=at, photo=photo)
    try:
        with transaction.atomic():
            photo.save(force_insert=True)
            StoredFile.objects.bulk_create(files)
            record("picture.added", photo, by=by.pk, at=at, album=album.pk, sha256=sha256)
            if album.from_device:
                imported(album.from_device, about=album.ref, count=1, by=by, at=at)
    except IntegrityError:  # the same file arrived twice at once; the sweep takes our copy away
        return Added(Photo.objects.get(album=album, sha256=sha256), already=True)
    return Added(photo, already=False)


def _in_school_time(taken_at: datetime | None) -> datetime | None:
    """Cameras mostly write the time on the wall, without a zone."""
    if taken_at is None or not timezone.is_naive(taken_at):
        return taken_at
    return timezone.make_aware(taken_at)


def received(album: Album, token: str, *, by: User) -> int:
    """How many bytes of an upload have arrived."""
    upload = Upload.objects.filter(album=album, by=by, token=token).first()
    return upload.received if upload else 0


def receive(
    album: Album,
    part: bytes,
    *,
    token: str,
    name: str,
    size: int,
    offset: int,
    by: User,
    at: datetime,
) -> Added | int:
    """Keep one part of a file; with the last one, add the picture.

    Returns how many bytes have arrived so far, which is where to go on, or what was added. A part
    that does not follow what is there changes nothing. Raises `Unreadable` as `add` does, and at
    once for a size over the limit.
    """
    require(can_handle(by, album))
    if offset == 0 and len(part) == size:
        return add(album, part, name=name, by=by, at=at)
    with transaction.atomic():
        started, _ = Upload.objects.get_or_create(
            school=album.school,
            by=by,
            token=token,
            defaults={"album": album, "name": name[:200], "size": size, "started_at": at},
        )
        upload: Upload = Upload.objects.select_for_update().get(pk=started.pk)
        if offset != upload.received or upload.received + len(part) > upload.size:
            return int(upload.received)
        if offset == 0:
            upload.clip = looks_like_a_clip(part[:16])
        weigh_clip(size) if upload.clip else weigh(size)
        if part:  # an empty one would take the place of that which follows
            form = Rendition.CLIP if upload.clip else ""
            file = store.keep(part, school=album.school, at=at, rendition=form)
            file.save()
            UploadPart.objects.create(school=album.school, upload=upload, offset=offset, file=file)
            upload.received += len(part)
            upload.save()
    if upload.received < upload.size:
        return upload.received
    files = [part.file for part in upload.parts.select_related("file__school")]
    try:
        if upload.clip:
            return clips.take(album, files, name=upload.name, by=by, at=at)
        return add(album, store.Pieces(files).read(0, size), name=upload.name, by=by, at=at)
    finally:
        forget_uploads([upload])


@transaction.atomic
def forget_uploads(uploads: list[Upload]) -> None:
    """Remove uploads with their parts, but for those that became a clip."""
    parts = UploadPart.objects.filter(upload__in=uploads)
    files = [part.file for part in parts.select_related("file") if part.file.photo_id is None]
    parts.delete()
    store.forget(files)
    Upload.objects.filter(pk__in=[upload.pk for upload in uploads]).delete()


@transaction.atomic
def keep_back(photo: Photo, *, by: User, at: datetime) -> None:
    """Say that a picture is not to be used for anything."""
    require(can_handle(by, photo.album))
    photo.kept_back_at, photo.kept_back_by = at, by
    photo.save(update_fields=["kept_back_at", "kept_back_by"])
    record("picture.kept-back", photo, by=by.pk, at=at)


@transaction.atomic
def keep_back_after_restore(photo: Photo, *, at: datetime) -> None:
    """Use a picture for nothing until somebody has looked: a no to it could not be said again."""
    if not photo.kept_back_at:
        photo.kept_back_at = at
        photo.save(update_fields=["kept_back_at"])
        record("picture.kept-back", photo, by=None, at=at)


@transaction.atomic
def let_be_used(photo: Photo, *, by: User, at: datetime) -> None:
    """Take back that a picture is not to be used."""
    require(can_handle(by, photo.album))
    photo.kept_back_at = photo.kept_back_by = None
    photo.save(update_fields=["kept_back_at", "kept_back_by"])
    record("picture.let-be-used", photo, by=by.pk, at=at)


@transaction.atomic
def remove(photo: Photo, *, by: User, at: datetime) -> Deletion:
    """Remove a picture with all its files and faces, for good, and keep that it was."""
    return remove_all([photo], Keeps.BY_HAND, by=by, at=at)


@transaction.atomic
def remove_all(photos: Collection[Photo], kind: Keeps, *, by: User, at: datetime) -> Deletion:
    """Remove pictures with all their files and faces, for good, under one record of deletion."""
    forgotten = 0
    # First, as all do who hold one: its covered clips may be in the worker's hands.
    held = Photo.objects.select_for_update().filter(pk__in=[photo.pk for photo in photos])
    list(held.order_by("pk"))
    for photo in photos:
        require(can_remove(by, photo))
        files = list(StoredFile.objects.filter(photo=photo))
        store.forget(files)
        forgotten += len(files)
        record("picture.removed", photo, by=by.pk, at=at, album=photo.album_id)
        photo.delete()
    return certify(kind, pictures=len(photos), files=forgotten, by=by, at=at)
