"""Clips with faces covered: asked for, made in the background, let go when nobody may see them.

To cover a clip takes long, so what was made is kept, sealed, under what it hides: one for all
viewers who may see just this. Whether somebody may see it is asked at each look, and never read
from here. Who must be hidden from somebody is asked first; then there is a clip in which just they
are hidden, or none yet. So nobody finds one that was made before a no.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.people.access import Refused
from belisha.photos import store
from belisha.photos.asking import check
from belisha.photos.models import (
    MOST_TRIES,
    CoveredClip,
    Face,
    Photo,
    PictureRequest,
    Publication,
    Rendition,
    SafeCopy,
    Share,
    SharedPicture,
    StoredFile,
)
from belisha.photos.shared import others, sights_of
from belisha.photos.sights import Sight, sight_of
from belisha.policy.rules import Clause

LET_GO_WITHIN = timedelta(weeks=1)
NOT_COVERED_YET = Verdict(
    Outcome.ASK,
    (Reason(Clause.EVERY_FACE, "The faces in this clip are being covered"),),
    "Wait a moment",
)


class NotCovered(Refused):
    """The clip may be seen so, but is not covered so yet."""


def covered(sight: Sight) -> CoveredClip | None:
    """The clip covered just so, made or still to be made."""
    rows = CoveredClip.objects.filter(photo=sight.photo_id, digest=sight.digest)
    found: CoveredClip | None = rows.first()
    return found


def made(sight: Sight) -> CoveredClip:
    """The same when it is made. Raises `NotCovered`."""
    found = covered(sight)
    if found is None or found.made_at is None:
        raise NotCovered
    return found


def made_of(sights: Collection[Sight]) -> set[tuple[int, str]]:
    """Which of these are made: the picture's id, and the digest. One query at most."""
    if not sights:
        return set()
    rows = CoveredClip.objects.filter(
        photo__in={one.photo_id for one in sights},
        digest__in={one.digest for one in sights},
        made_at__isnull=False,
    )
    return set(rows.values_list("photo_id", "digest"))


def pieces(clip: CoveredClip) -> store.Pieces:
    """Its bytes."""
    files = clip.pieces.filter(rendition=Rendition.COVERED)
    return store.Pieces(files.select_related("school").order_by("number"))


def poster(clip: CoveredClip) -> bytes:
    """Its first picture (JPEG), covered as the clip is."""
    rows = clip.pieces.select_related("school")
    return store.fetch(rows.get(rendition=Rendition.FIRST))


@transaction.atomic
def ask_for(sight: Sight, *, at: datetime) -> CoveredClip:
    """Have the clip covered so, unless it is; try again where it failed."""
    row, _ = _asked_for(sight, at)
    if row.has_failed:
        row.tries, row.leased_until = 0, None
        row.save(update_fields=["tries", "leased_until"])
    return row


def _asked_for(sight: Sight, at: datetime) -> tuple[CoveredClip, bool]:
    photo = Photo.objects.get(pk=sight.photo_id)
    found: tuple[CoveredClip, bool] = CoveredClip.objects.get_or_create(
        school_id=photo.school_id,
        photo=photo,
        digest=sight.digest,
        defaults={"hidden": list(sight.hidden), "sound": sight.sound, "asked_at": at},
    )
    return found


def in_use(on: date) -> "QuerySet[Photo]":
    """Clips that we may show to somebody on a day, or might some days ago."""
    served = Publication.objects.served(on).values("photo")
    shares = Share.objects.filter(from_on__lte=on, until_on__gte=on - LET_GO_WITHIN)
    shared = SharedPicture.objects.filter(share__in=shares).values("photo")
    asked = PictureRequest.objects.filter(until__gte=on - LET_GO_WITHIN).values("photo")
    somewhere = Q(pk__in=served) | Q(pk__in=shared) | Q(pk__in=asked)
    found: QuerySet[Photo] = Photo.objects.clips().filter(somewhere)
    return found


def wanted(photo: Photo, *, on: date) -> Iterator[Sight]:
    """The clip in every way in which somebody may see it now."""
    copies = list(SafeCopy.objects.filter(photo=photo).select_related("request"))
    yield from (sight_of(one.copy) for one in check(copies, on=on) if one.right)
    yield from sights_of(photo, on=on)
    faces = list(Face.objects.present().filter(photo=photo))
    if PictureRequest.objects.open(on).filter(photo=photo).exists():
        children = {face.pupil_id for face in faces if face.pupil_id}
        yield from (asked_about(photo.pk, faces, [pk]) for pk in children)


@dataclass(frozen=True)
class Progress:
    """Of the clips that a share needs, one for each child where families see their own alone: how
    many, how many are made, and how many could not be."""

    needed: int
    made: int
    failed: int

    @property
    def waits(self) -> bool:
        return self.made < self.needed


def progress_of(share: Share, *, on: date) -> Progress:
    """How far the clips of a share are covered."""
    clips = Photo.objects.clips().filter(pk__in=share.pictures.values("photo"))
    needed = {
        (clip.pk, sight.digest) for clip in clips for sight in sights_of(clip, on=on, share=share)
    }
    rows = CoveredClip.objects.filter(photo__in={photo for photo, _ in needed})
    there = [row for row in rows if (row.photo_id, row.digest) in needed]
    made = sum(row.made_at is not None for row in there)
    return Progress(len(needed), made, sum(row.has_failed for row in there))


@transaction.atomic
def try_again(photo: Photo) -> None:
    """Have what could not be made of a clip tried anew."""
    failed = CoveredClip.objects.filter(photo=photo, made_at=None, tries__gte=MOST_TRIES)
    failed.update(tries=0, leased_until=None)


def asked_about(photo_id: int, faces: Collection[Face], own: Collection[int]) -> Sight:
    """A picture or clip as the parents of these children see it when they are asked: with these."""
    return Sight(photo_id, others(faces, own))


@transaction.atomic
def keep_up(photo: Photo, *, at: datetime, on: date) -> None:
    """Have a clip covered in every way that somebody may see now, and let all others go.

    Of a picture nothing is kept.
    """
    if not photo.is_clip:
        return
    sights = {one.digest: one for one in wanted(photo, on=on)}
    rows = CoveredClip.objects.filter(photo=photo).select_for_update()
    there = {row.digest: row for row in rows}
    unneeded = [row for digest, row in there.items() if digest not in sights]
    store.forget(StoredFile.objects.filter(covered__in=unneeded))
    CoveredClip.objects.filter(pk__in=[row.pk for row in unneeded]).delete()
    for digest, sight in sights.items():
        if digest not in there:
            _asked_for(sight, at)
