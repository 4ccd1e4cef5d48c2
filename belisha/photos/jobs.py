"""What happens in the background: faces are looked for, and what a crash left is swept away.

A picture without `faces_found_at` is itself the job. A worker takes a lease on it; when the worker
dies the lease runs out and another takes it; the one who finishes must still hold the lease.
"""

import logging
from datetime import datetime, timedelta
from threading import Lock

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.lib.ids import new_ref
from belisha.lib.sealing import BrokenSeal
from belisha.photos import store
from belisha.photos.actions.faces import keep_found
from belisha.photos.actions.pictures import UPLOAD_KEPT_FOR, forget_uploads
from belisha.photos.engine import engine
from belisha.photos.imaging.box import Face
from belisha.photos.imaging.unreadable import Unreadable
from belisha.photos.models import MOST_TRIES, Photo, Rendition, StoredFile, Upload

logger = logging.getLogger("belisha.photos")
LEASE = timedelta(minutes=2)
SWEEP_EVERY = timedelta(hours=1)


def find_faces(at: datetime) -> bool:
    """Look for faces in the picture that waits longest; return whether there was one."""
    photo = _lease(at)
    if photo is None:
        return False
    with scope(school=photo.school):
        found = _look(photo)
        if found is None and photo.tries < MOST_TRIES:
            return True  # the lease runs out and it is tried again
        _keep_if_mine(photo, found or [])  # with none, a person draws every box
    return True


def _look(photo: Photo) -> list[Face] | None:
    """The faces of a picture; None when it cannot be looked at."""
    if photo.tries > MOST_TRIES:
        logger.error("Whoever looked for faces in picture %s died of it", photo.pk)
        return None
    try:
        original = StoredFile.objects.get(photo=photo, rendition=Rendition.ORIGINAL)
        return engine().faces(store.fetch(original))
    except (Unreadable, store.Missing, BrokenSeal, StoredFile.DoesNotExist, OSError):
        logger.exception("Looking for faces in picture %s failed", photo.pk)
        return None


@transaction.atomic
def _keep_if_mine(photo: Photo, found: list[Face]) -> None:
    """Keep what was found, unless the lease ran out meanwhile and another worker took it."""
    held = Photo.objects.select_for_update().filter(pk=photo.pk, lease=photo.lease)
    if held.exists():
        keep_found(photo, found, at=timezone.now())


def _lease(at: datetime) -> Photo | None:
    """Take a lease on a picture that nobody works on."""
    with scopes_disabled(), transaction.atomic():
        free = Q(leased_until=None) | Q(leased_until__lt=at)
        waiting = Photo.objects.still().filter(free, faces_found_at=None).order_by("id")
        photo: Photo | None = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if photo is not None:
            photo.lease, photo.leased_until = new_ref(), at + LEASE
            photo.tries += 1
            photo.save(update_fields=["lease", "leased_until", "tries"])
    return photo


_swept_at: datetime | None = None
_sweeping = Lock()


def sweep(at: datetime) -> bool:
    """Once an hour: remove uploads that never ended and files that no row knows.

    Files that are missing are told in the log: only a backup brings them back.
    """
    global _swept_at
    with _sweeping:
        if _swept_at and at - _swept_at < SWEEP_EVERY:
            return False
        _swept_at = at
    with scopes_disabled():
        stale = list(Upload.objects.filter(started_at__lt=at - UPLOAD_KEPT_FOR))
        forget_uploads(stale)
        # A picture that is removed meanwhile has lost its file rightly.
        lost = store.sweep(_keys(), at) & _keys()
    if lost:
        logger.error("%d sealed files are missing from %s", len(lost), settings.MEDIA_ROOT)
    return False


def _keys() -> frozenset[str]:
    return frozenset(StoredFile.objects.values_list("key", flat=True))
