"""Albums: made, changed, removed."""

from datetime import date, datetime

from django.db import transaction

from belisha.audit.actions import record
from belisha.devices.actions import memory
from belisha.devices.models import Device
from belisha.events.models import Event
from belisha.people.access import require
from belisha.people.models import SchoolClass, User
from belisha.photos import store
from belisha.photos.access import can_handle, can_make_albums, can_remove
from belisha.photos.actions.certifying import certify
from belisha.photos.models import Album, Deletion, Photo, StoredFile, Upload, UploadPart
from belisha.photos.retention import Keeps


@transaction.atomic
def make(
    title: str,
    *,
    taken_on: date,
    by: User,
    at: datetime,
    school_class: SchoolClass | None = None,
    event: str = "",
    of_event: Event | None = None,
    device: str = "",
    from_device: Device | None = None,
) -> Album:
    """Make an album of one occasion."""
    require(can_make_albums(by))
    album: Album = Album.objects.create(
        school=by.school,
        title=title,
        school_class=school_class,
        event=event,
        of_event=of_event,
        taken_on=taken_on,
        device=device,
        from_device=from_device,
        created_at=at,
        created_by=by,
    )
    record("album.made", album, by=by.pk, at=at)
    return album


@transaction.atomic
def change(album: Album, *, by: User, at: datetime) -> Album:
    """Keep what was changed on `album`. Its pictures then came in from the device that it names."""
    before: Album = Album.objects.select_related("from_device").get(pk=album.pk)
    require(can_handle(by, before))
    album.save()
    count = Photo.objects.filter(album=album).count()
    if count and before.from_device != album.from_device:
        if before.from_device:
            memory.not_imported(before.from_device, about=album.ref, by=by, at=at)
        if album.from_device:
            memory.imported(album.from_device, about=album.ref, count=count, by=by, at=at)
    record("album.changed", album, by=by.pk, at=at)
    return album


@transaction.atomic
def remove(album: Album, *, by: User, at: datetime, kind: Keeps = Keeps.BY_HAND) -> Deletion:
    """Remove an album and every picture in it, for good, and keep that it was.

    `kind` says what was over.
    """
    require(can_remove(by, album))
    count: int = Photo.objects.filter(album=album).count()
    parts = UploadPart.objects.filter(upload__album=album)
    files = [part.file for part in parts.select_related("file")]
    parts.delete()
    Upload.objects.filter(album=album).delete()
    files += StoredFile.objects.filter(photo__album=album)
    store.forget(files)
    row = certify(kind, albums=1, pictures=count, files=len(files), by=by, at=at)
    record("album.removed", album, by=by.pk, at=at, pictures=count)
    album.delete()
    return row
