"""What is done with clips in the background: looked through for faces, and covered.

A clip that was not looked through, and a covered one that was not made, is itself the job. It may
take an hour: the lease is renewed while the work goes on, and whoever has lost it stops.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.lib import room
from belisha.lib.ids import new_ref
from belisha.lib.sealing import BrokenSeal
from belisha.lib.seldom import Seldom
from belisha.people.models import School
from belisha.photos import store
from belisha.photos.actions import clips, covering
from belisha.photos.imaging.engine import EngineFailed
from belisha.photos.imaging.film.engine import Clip, Put
from belisha.photos.imaging.film.track import track_of
from belisha.photos.imaging.unreadable import Unreadable
from belisha.photos.models import MOST_TRIES, CoveredClip, Photo, Rendition, StoredFile

logger = logging.getLogger("belisha.photos")
LEASE = timedelta(minutes=2)
RENEW = timedelta(seconds=3)  # how often it is written down how far the work is
KEEP_UP = Seldom(timedelta(minutes=5))
FAILURES = (store.Missing, BrokenSeal, OSError, EngineFailed)


class _Lost(Exception):
    """Somebody else has the job now, or the clip is gone."""


def look_through(at: datetime) -> bool:
    """Look for faces in the clip that waits longest; return whether there was one."""
    photo: Photo | None = _lease(Photo, Q(seconds__isnull=False, faces_found_at=None), at)
    if photo is None:
        return False
    with scope(school=photo.school):
        try:
            _look(photo, _Held(photo, "looked"))
        except _Lost:
            logger.info("Clip %s was taken over or removed", photo.pk)
        except Unreadable as refusal:
            _refuse(photo, refusal.sentence)
        except FAILURES:
            logger.exception("Looking for faces in clip %s failed", photo.pk)
            if photo.tries >= MOST_TRIES:
                _refuse(photo, "This clip could not be read. Add it again, or tell the office.")
    return True


def cover(at: datetime) -> bool:
    """Cover a clip that waits, the shortest first; return whether there was one.

    A long one may be wanted for each family of a class: nothing short waits for that. None is
    covered while the disk is nearly full: what people add needs the room.
    """
    if room.is_kept():
        return False
    waiting = Q(made_at=None, tries__lt=MOST_TRIES)
    made: CoveredClip | None = _lease(CoveredClip, waiting, at, "photo__seconds", "id")
    if made is None:
        return False
    with scope(school=made.school):
        try:
            _cover(made, _Held(made, "share"))
        except _Lost:
            logger.info("Covered clip %s was taken over or removed", made.pk)
        except (Unreadable, *FAILURES):  # the page says that it failed once the tries are over
            logger.exception("Covering clip %s failed", made.photo_id)
    return True


JOBS = (look_through, cover)


def keep_up(at: datetime) -> bool:
    """Every five minutes: have clips that are shown covered as they must be now.

    A no takes what showed the child away at once; what hides them now is still to be made.
    """
    if not KEEP_UP.is_time(at):
        return False
    on = timezone.localdate(at)
    with scopes_disabled():
        schools = list(School.objects.all())
    for school in schools:
        with scope(school=school):
            for photo in covering.in_use(on):
                covering.keep_up(photo, at=at, on=on)
    return False


class _Held:
    """A job under a lease: told how far it is, and whose the next piece is."""

    def __init__(self, row: Photo | CoveredClip, share: str) -> None:
        self._row, self._share, self._told = row, share, timezone.now()

    def tell(self, share: float) -> None:
        now = timezone.now()
        if now - self._told < RENEW:
            return
        self._told = now
        mine = type(self._row).objects.filter(pk=self._row.pk, lease=self._row.lease)
        if not mine.update(leased_until=now + LEASE, **{self._share: share}):
            raise _Lost

    def lock(self) -> None:
        """Hold the row to the end of the transaction, its clip first. Raises `_Lost`."""
        if isinstance(self._row, CoveredClip):
            Photo.objects.select_for_update(no_key=True).filter(pk=self._row.photo_id).first()
        rows = type(self._row).objects.select_for_update()
        if not rows.filter(pk=self._row.pk, lease=self._row.lease).exists():
            raise _Lost

    def putting(self, photo: Photo, rendition: Rendition, covered: CoveredClip | None) -> Put:
        """Keeps what is made, piece by piece, while it is ours. What an earlier try left goes."""
        with transaction.atomic():
            self.lock()
            begun = StoredFile.objects.filter(photo=photo, covered=covered)
            store.forget(begun if covered else begun.filter(rendition=rendition))

        def put(number: int, data: bytes, last: bool) -> None:
            file = store.keep(
                data,
                school=photo.school,
                at=timezone.now(),
                photo=photo,
                rendition=rendition,
                number=number,
                covered=covered,
            )
            with transaction.atomic():
                self.lock()
                file.save(force_insert=True)

        return put


def _look(photo: Photo, held: _Held) -> None:
    if photo.tries > MOST_TRIES:
        raise Unreadable("too-hard", "This clip was too hard to read. Save it in 1080p, add that.")
    clip = _clip(photo)
    found, seconds = clip.look(held.putting(photo, Rendition.PREVIEW, None), held.tell)
    with transaction.atomic():
        held.lock()
        clips.keep_looked(photo, found, seconds=seconds, at=timezone.now())


def _cover(made: CoveredClip, held: _Held) -> None:
    put = held.putting(made.photo, Rendition.COVERED, made)
    tracks = [track_of(way) for way in made.hidden]
    _, first = _clip(made.photo).cover(tracks, sound=made.sound, put=put, tell=held.tell)
    kept = store.keep(
        first,
        school=made.school,
        at=timezone.now(),
        photo=made.photo,
        rendition=Rendition.FIRST,
        covered=made,
    )
    with transaction.atomic():
        held.lock()
        kept.save(force_insert=True)
        made.made_at, made.share = timezone.now(), 1
        made.save(update_fields=["made_at", "share"])


def _clip(photo: Photo) -> Clip:
    pieces = store.pieces(photo, Rendition.CLIP)
    return Clip(pieces.size, pieces.read)


@transaction.atomic
def _refuse(photo: Photo, why: str) -> None:
    if Photo.objects.select_for_update().filter(pk=photo.pk, lease=photo.lease).exists():
        clips.refuse(photo, why, at=timezone.now())


def _lease(model: type[Photo] | type[CoveredClip], which: Q, at: datetime, *first: str) -> Any:
    """Take a lease on a row on which nobody works: `first` in this order, else the oldest."""
    with scopes_disabled(), transaction.atomic():
        free = Q(leased_until=None) | Q(leased_until__lt=at)
        waiting = model.objects.filter(free, which).order_by(*(first or ("id",)))
        row = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if row is not None:
            row.lease, row.leased_until = new_ref(), at + LEASE
            row.tries += 1
            row.save(update_fields=["lease", "leased_until", "tries"])
    return row
