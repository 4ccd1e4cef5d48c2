"""Clips with faces covered: asked for, made in the background, let go when nobody may see them.

To cover a clip takes long, so what was made is kept, sealed, under what it hides: one for all
viewers who may see just this. Whether somebody may see it is asked at each look, and never read
from here. Who must be hidden from somebody is asked first, and then there is a film that hides just
them, or none yet: so one that was made before a no can be found by nobody.
"""

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.photos import store
from belisha.photos.asking import check
from belisha.photos.models import CoveredClip, Photo, Publication, Rendition, SafeCopy, StoredFile
from belisha.policy.rules import Clause

NOT_COVERED_YET = Verdict(
    Outcome.ASK,
    (Reason(Clause.EVERY_FACE, "The faces in this clip are being covered"),),
    "Wait a moment",
)


@dataclass(frozen=True)
class Film:
    """A clip as somebody may see it: what it hides, each as `Face.where` says it, and whether one
    hears something."""

    photo_id: int
    hidden: Collection[Any]
    sound: bool = False

    @property
    def digest(self) -> str:
        ways = sorted(json.dumps(way) for way in self.hidden)
        return hashlib.sha256(json.dumps([ways, self.sound]).encode()).hexdigest()


def film_of(copy: SafeCopy) -> Film:
    """The clip as this copy shows it."""
    return Film(copy.photo_id, copy.hidden, copy.sound)


def covered(film: Film) -> CoveredClip | None:
    """The clip covered just so, made or still to be made."""
    rows = CoveredClip.objects.filter(photo=film.photo_id, digest=film.digest)
    found: CoveredClip | None = rows.first()
    return found


def made_of(films: Collection[Film]) -> set[tuple[int, str]]:
    """Which of these are made: the picture's id, and the digest. One query at most."""
    if not films:
        return set()
    rows = CoveredClip.objects.filter(
        photo__in={one.photo_id for one in films},
        digest__in={one.digest for one in films},
        made_at__isnull=False,
    )
    return set(rows.values_list("photo_id", "digest"))


def pieces(made: CoveredClip) -> store.Pieces:
    """Its bytes."""
    files = made.pieces.filter(rendition=Rendition.COVERED)
    return store.Pieces(files.select_related("school").order_by("number"))


def poster(made: CoveredClip) -> bytes:
    """Its first picture (JPEG), covered as the clip is."""
    rows = made.pieces.select_related("school")
    return store.fetch(rows.get(rendition=Rendition.FIRST))


@transaction.atomic
def ask_for(film: Film, *, at: datetime) -> CoveredClip:
    """Have the clip covered so, unless it is; try again where it failed."""
    row, _ = _asked_for(film, at)
    if row.has_failed:
        row.tries, row.leased_until = 0, None
        row.save(update_fields=["tries", "leased_until"])
    return row


def _asked_for(film: Film, at: datetime) -> tuple[CoveredClip, bool]:
    photo = Photo.objects.get(pk=film.photo_id)
    found: tuple[CoveredClip, bool] = CoveredClip.objects.get_or_create(
        school_id=photo.school_id,
        photo=photo,
        digest=film.digest,
        defaults={"hidden": list(film.hidden), "sound": film.sound, "asked_at": at},
    )
    return found


def in_use(on: date) -> "QuerySet[Photo]":
    """Clips that places of ours may show on a day."""
    served = Publication.objects.served(on).values("photo")
    found: QuerySet[Photo] = Photo.objects.clips().filter(pk__in=served)
    return found


def wanted(photo: Photo, *, on: date) -> Iterator[Film]:
    """The clip in every way in which somebody may see it now."""
    copies = list(SafeCopy.objects.filter(photo=photo).select_related("request"))
    yield from (film_of(one.copy) for one in check(copies, on=on) if one.right)


@transaction.atomic
def keep_up(photo: Photo, *, at: datetime, on: date) -> None:
    """Have the clip covered in every way that somebody may see now, and let all others go."""
    films = {one.digest: one for one in wanted(photo, on=on)}
    rows = CoveredClip.objects.filter(photo=photo).select_for_update()
    there = {row.digest: row for row in rows}
    unneeded = [row for digest, row in there.items() if digest not in films]
    store.forget(StoredFile.objects.filter(covered__in=unneeded))
    CoveredClip.objects.filter(pk__in=[row.pk for row in unneeded]).delete()
    for digest, film in films.items():
        if digest not in there:
            _asked_for(film, at)
