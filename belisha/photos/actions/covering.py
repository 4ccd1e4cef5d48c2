"""Clips with faces covered: asked for, made in the background, let go when nobody may see them.

To cover a clip takes long, so what was made is kept, sealed, under what it hides: one for all
viewers who may see just this. Whether somebody may see it is asked at each look, and never read
from here. Who must be hidden from somebody is asked first; then there is a clip in which just they
are hidden, or none yet. So nobody finds one that was made before a no.
"""

import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from belisha.consent.rules import Kind
from belisha.lib import room
from belisha.lib.sealing import BrokenSeal
from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.people.access import Refused
from belisha.photos import store
from belisha.photos.asking import answers_to_each, check
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

logger = logging.getLogger("belisha.photos")
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
    """Its bytes. Raises `NotCovered` when it was let go."""
    files = clip.pieces.filter(rendition=Rendition.COVERED)
    found = store.Pieces(files.select_related("school").order_by("number"))
    if not found.files:
        raise NotCovered
    return found


def poster(clip: CoveredClip) -> bytes:
    """Its first picture (JPEG), covered as the clip is. Raises `NotCovered` when it was let go, or
    cannot be read."""
    try:
        file = clip.pieces.select_related("school").get(rendition=Rendition.FIRST)
        return store.fetch(file)
    except StoredFile.DoesNotExist as gone:
        raise NotCovered from gone
    except (store.Missing, BrokenSeal) as error:
        logger.exception("The poster of clip %s cannot be read", clip.photo_id)
        raise NotCovered from error


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
    """Clips that we may show to somebody on a day, or might some days ago; all that are covered."""
    served = Publication.objects.served(on).values("photo")
    shares = Share.objects.filter(from_on__lte=on, until_on__gte=on - LET_GO_WITHIN)
    shared = SharedPicture.objects.filter(share__in=shares).values("photo")
    asked = PictureRequest.objects.filter(until__gte=on - LET_GO_WITHIN).values("photo")
    kept = CoveredClip.objects.values("photo")
    somewhere = Q(pk__in=served) | Q(pk__in=shared) | Q(pk__in=asked) | Q(pk__in=kept)
    found: QuerySet[Photo] = Photo.objects.clips().filter(somewhere)
    return found


def wanted(photo: Photo, *, on: date) -> Iterator[Sight]:
    """The clip in every way in which somebody may see it now."""
    copies = list(SafeCopy.objects.filter(photo=photo).select_related("request"))
    yield from (sight_of(one.copy) for one in check(copies, on=on) if one.right)
    yield from sights_of([photo], on=on)
    yield from _sights_to_answer(PictureRequest.objects.open(on).filter(photo=photo))


def _sights_to_answer(questions: Iterable[PictureRequest]) -> Iterator[Sight]:
    """Clips as families see them who are asked: one for each child about whom not everybody said
    yes. Whoever did can say no without it, and sees it again then."""
    questions = list(questions)
    people = answers_to_each(questions)
    for question in questions:
        undecided = [one for one in people[question.pk] if one.kind is not Kind.GIVEN]
        faces = list(Face.objects.present().filter(photo=question.photo_id)) if undecided else []
        for pk in {one.relation.pupil_id for one in undecided}:
            yield asked_about(question.photo_id, faces, [pk])


@dataclass(frozen=True)
class Progress:
    """Of the clips that a share or a question needs, one for each child where families see their
    own alone: how many, how many are made, and how many could not be."""

    needed: int
    made: int
    failed: int

    @property
    def waits(self) -> bool:
        return self.made < self.needed

    @property
    def waits_for_room(self) -> bool:
        return self.waits and room.is_kept()


def progress_of(share: Share, *, on: date) -> Progress:
    """How far the clips of a share are covered."""
    clips = Photo.objects.clips().filter(pk__in=share.pictures.values("photo"))
    return _progress(sights_of(clips, on=on, share=share))


def progress_of_question(question: PictureRequest, *, on: date) -> Progress:
    """How far the clips are covered that families still look at before they answer."""
    is_asked = question.photo.is_clip and question.is_open(on)
    return _progress(_sights_to_answer([question] if is_asked else []))


def _progress(sights: Iterable[Sight]) -> Progress:
    needed = {(sight.photo_id, sight.digest) for sight in sights}
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

    While it is not settled nobody sees any of them, and none goes: a box that was drawn by mistake
    would have them all made again. Of a picture nothing is kept.
    """
    if not photo.is_clip:
        return
    # Before it is asked who may see it: what somebody wants meanwhile would be let go again.
    held = Photo.objects.select_for_update(no_key=True).filter(pk=photo.pk).first()
    if held is None or held.boxed_at is None:
        return
    if Photo.objects.unsettled().filter(pk=photo.pk).exists():
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
