"""Faces: found, settled, drawn, moved, removed; and each of these undone (clause P.iv).

Whoever changes a box where something was not accounted for must say again that every face has one.
"""

import math
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import Refused, require
from belisha.people.models import Pupil, User
from belisha.photos.access import can_handle
from belisha.photos.imaging.box import Box
from belisha.photos.imaging.box import Face as FoundFace
from belisha.photos.imaging.film.track import Point, Track, rows_of
from belisha.photos.models import Change, Face, Photo
from belisha.photos.rules import Who

Between = tuple[int, int]  # milliseconds from the first picture of a clip
SMALLEST = 0.004  # of the picture's side: less is a slip of the finger


def _locked(photo: Photo, by: User) -> Photo:
    """The picture, held until the end of the transaction, for someone who may handle it."""
    require(can_handle(by, photo.album))
    locked: Photo = Photo.objects.select_for_update().get(pk=photo.pk)
    return locked


def _state(face: Face) -> dict[str, Any]:
    """What an undo puts back."""
    return {
        "box": [face.x, face.y, face.w, face.h],
        "points": face.points,
        "who": face.who,
        "pupil": face.pupil_id,
        "settled_by": face.settled_by_id,
        "settled_at": face.settled_at.isoformat() if face.settled_at else None,
        "removed": face.removed_at is not None,
    }


def _remember(face: Face, before: dict[str, Any], by: User, at: datetime) -> None:
    Change.objects.create(
        school_id=face.school_id, photo_id=face.photo_id, face=face, before=before, at=at, by=by
    )


def _ask_again(photo: Photo) -> None:
    photo.boxed_at = photo.boxed_by = None
    photo.save(update_fields=["boxed_at", "boxed_by"])


@transaction.atomic
def keep_found(photo: Photo, found: Iterable[FoundFace], *, at: datetime) -> None:
    """Keep what the finder found in a picture."""
    Face.objects.bulk_create(
        Face(
            school_id=photo.school_id,
            photo=photo,
            x=face.box.x,
            y=face.box.y,
            w=face.box.w,
            h=face.box.h,
            score=face.score,
            sure=face.sure,
        )
        for face in found
    )
    photo.faces_found_at = at
    photo.save(update_fields=["faces_found_at"])
    record("faces.found", photo, by=None, at=at, faces=photo.faces.count())


@transaction.atomic
def settle(face: Face, who: Who, *, by: User, at: datetime, pupil: Pupil | None = None) -> None:
    """Say who a face is. Raises `Refused` for a pupil who is not (or no longer) at the school."""
    photo = _locked(face.photo, by)
    if (who is Who.PUPIL) != (pupil is not None):
        raise Refused
    if pupil and not Pupil.objects.visible_to(by).current().filter(pk=pupil.pk).exists():
        raise Refused
    face = Face.objects.present().select_for_update().get(pk=face.pk)
    before = _state(face)
    face.who, face.pupil = who, pupil
    face.settled_by, face.settled_at = (None, None) if who is Who.UNSETTLED else (by, at)
    face.save()
    _remember(face, before, by, at)
    record("face.settled", photo, by=by.pk, at=at, face=face.pk, who=who, pupil=face.pupil_id)


@transaction.atomic
def settle_rest(photo: Photo, who: Who, *, by: User, at: datetime) -> int:
    """Say the same of every face that has no name yet; return how many there were."""
    rest = list(Face.objects.present().filter(photo=photo, who=Who.UNSETTLED))
    for face in rest:
        settle(face, who, by=by, at=at)
    return len(rest)


@transaction.atomic
def draw(photo: Photo, box: Box, *, by: User, at: datetime, between: Between | None = None) -> Face:
    """Add a face that was missed; in a clip, also between which times (ms) it is there.

    Raises `ValueError` for a box too small or outside, and for times that make no sense.
    """
    photo, box = _locked(photo, by), _proper(box)
    face = Face(school=photo.school, photo=photo, x=box.x, y=box.y, w=box.w, h=box.h)
    if photo.is_clip:
        start, end = _in_clip(photo, between)
        face.points = rows_of(Track((Point(start, box), Point(end, box))))
    face.save(force_insert=True)
    _remember(face, {**_state(face), "removed": True}, by, at)
    record("face.drawn", photo, by=by.pk, at=at, face=face.pk)
    return face


@transaction.atomic
def move(face: Face, box: Box, *, by: User, at: datetime, moment: int | None = None) -> None:
    """Move or resize a box; in a clip, say where the face is at a moment (ms).

    Raises `ValueError` for a box too small or outside, or without a moment in the clip.
    """
    photo, box = _locked(face.photo, by), _proper(box)
    face = Face.objects.present().select_for_update().get(pk=face.pk)
    before = _state(face)
    if photo.is_clip:
        moment, _ = _in_clip(photo, None if moment is None else (moment, moment + 1))
        _follow(face, face.track.through(moment, box))
    else:
        face.x, face.y, face.w, face.h = box.x, box.y, box.w, box.h
    face.save()
    _remember(face, before, by, at)
    _ask_again(photo)
    record("face.moved", photo, by=by.pk, at=at, face=face.pk)


@transaction.atomic
def cover_between(face: Face, between: Between, *, by: User, at: datetime) -> None:
    """Say from when to when (ms) a face is in a clip. Raises `ValueError` as `draw` does."""
    photo = _locked(face.photo, by)
    start, end = _in_clip(photo, between)
    face = Face.objects.present().select_for_update().get(pk=face.pk)
    before = _state(face)
    _follow(face, face.track.between(start, end))
    face.save()
    _remember(face, before, by, at)
    _ask_again(photo)
    record("face.moved", photo, by=by.pk, at=at, face=face.pk)


def _follow(face: Face, track: Track) -> None:
    box = track.points[0].box
    face.points = rows_of(track)
    face.x, face.y, face.w, face.h = box.x, box.y, box.w, box.h


def _in_clip(photo: Photo, between: Between | None) -> Between:
    """The part of these times that lies within the clip."""
    if between is None or not photo.is_clip:
        raise ValueError("Say when the face is seen.")
    start, end = max(0, between[0]), min(round((photo.seconds or 0) * 1000) + 1000, between[1])
    if start >= end:
        raise ValueError("Choose a first time that comes before the last, both within the clip.")
    return start, end


@transaction.atomic
def remove(face: Face, *, by: User, at: datetime) -> None:
    """Take a box away. It stays in the history and can be put back by `undo`."""
    photo = _locked(face.photo, by)
    face = Face.objects.present().select_for_update().get(pk=face.pk)
    before = _state(face)
    face.removed_at = at
    face.save()
    _remember(face, before, by, at)
    _ask_again(photo)
    record("face.removed", photo, by=by.pk, at=at, face=face.pk)


@transaction.atomic
def undo(photo: Photo, *, by: User, at: datetime) -> Face | None:
    """Put back what stood before the last change to this picture's boxes; None if there is none."""
    photo = _locked(photo, by)
    change = Change.objects.filter(photo=photo, undone_at=None).order_by("-id").first()
    if change is None:
        return None
    face, before = Face.objects.select_for_update().get(pk=change.face_id), change.before
    face.x, face.y, face.w, face.h = before["box"]
    face.points = before.get("points")
    face.who, face.pupil_id = before["who"], before["pupil"]
    face.settled_by_id = before["settled_by"]
    face.settled_at = before["settled_at"] and datetime.fromisoformat(before["settled_at"])
    face.removed_at = at if before["removed"] else None
    face.save()
    change.undone_at = at
    change.save(update_fields=["undone_at"])
    _ask_again(photo)
    record("face.undone", photo, by=by.pk, at=at, face=face.pk)
    return None if face.removed_at else face


@transaction.atomic
def say_all_boxed(photo: Photo, *, by: User, at: datetime) -> None:
    """Say that every face in the picture has a box: kept with who said so, asked before release."""
    photo = _locked(photo, by)
    photo.boxed_at, photo.boxed_by = at, by
    photo.save(update_fields=["boxed_at", "boxed_by"])
    record("picture.all-boxed", photo, by=by.pk, at=at, faces=photo.faces.count())


@transaction.atomic
def ask_for_boxes_again(photo: Photo, *, by: User, at: datetime) -> None:
    """Take back that every face has a box."""
    photo = _locked(photo, by)
    _ask_again(photo)
    record("picture.not-all-boxed", photo, by=by.pk, at=at)


def _proper(box: Box) -> Box:
    """The part of a box that lies within the picture."""
    left, top = max(0.0, box.x), max(0.0, box.y)
    right, bottom = min(1.0, box.x + box.w), min(1.0, box.y + box.h)
    finite = math.isfinite(box.x + box.y + box.w + box.h)
    if not finite or right - left < SMALLEST or bottom - top < SMALLEST:
        raise ValueError("The box is too small. Draw it round the whole face.")
    return Box(left, top, right - left, bottom - top)
