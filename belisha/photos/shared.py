"""What is seen of shared pictures: by one family, and by everyone in school (clause P.iii).

The rule is asked at each look. Nothing that it answers is kept.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from belisha.people.models import Pupil
from belisha.photos.asking import Question, ask_each
from belisha.photos.imaging.box import Box
from belisha.photos.models import Face, Photo, Share, SharedPicture
from belisha.photos.rules import Decision, Viewers
from belisha.policy.models import Purpose


@dataclass(frozen=True)
class Seen:
    """A shared picture that may be looked at now, and the faces that the rule covers in it."""

    picture: SharedPicture
    photo: Photo
    purpose: Purpose
    hidden: tuple[Box, ...]


def pictures_with(child: Pupil, *, on: date) -> "QuerySet[SharedPicture]":
    """Pictures with the child in albums that are open to families on a day, the newest first."""
    shares = Share.objects.open(on).with_child(child)
    found: QuerySet[SharedPicture] = SharedPicture.objects.filter(
        share__in=shares, photo__in=Photo.objects.still().showing(child)
    ).select_related("share__purpose", "photo__album")
    return found.order_by("-photo__album__taken_on", "photo__taken_at", "photo_id", "id")


def seen_by_family(child: Pupil, pictures: Sequence[SharedPicture], *, on: date) -> list[Seen]:
    """Those of these pictures in which the child's family sees the child, in the same order.

    A picture in which the child is covered, by a no or a "not this one", is not among them.
    """
    rows = _as_now(pictures, Viewers.FAMILIES, on)
    return [seen for seen, faces in _asked(rows, on) if _shows(child, faces, seen.hidden)]


def seen_in_school(pictures: Sequence[SharedPicture], *, on: date) -> list[Seen]:
    """Those of these pictures that may be shown in school, in the same order."""
    return [seen for seen, _ in _asked(_as_now(pictures, Viewers.SCHOOL, on), on)]


def _as_now(pictures: Sequence[SharedPicture], viewers: Viewers, on: date) -> list[SharedPicture]:
    """The same as the database has them now: an end of sharing counts at once."""
    still = SharedPicture.objects.filter(
        pk__in=[one.pk for one in pictures],
        photo__in=Photo.objects.still(),
        share__in=Share.objects.open(on).filter(viewers=viewers),
    ).select_related("share__purpose", "photo__album")
    rows = still.in_bulk()
    return [rows[one.pk] for one in pictures if one.pk in rows]


def _asked(rows: Sequence[SharedPicture], on: date) -> list[tuple[Seen, list[Face]]]:
    """What the rule lets be seen, with the faces of each picture."""
    decisions = ask_each([Question(row.photo, row.share.purpose) for row in rows], on=on)
    faces: dict[int, list[Face]] = defaultdict(list)
    present = Face.objects.present().filter(photo__in={row.photo_id for row in rows})
    for face in present.select_related("pupil"):
        faces[face.photo_id].append(face)
    return [
        (_seen(row, decision, faces[row.photo_id], on), faces[row.photo_id])
        for row, decision in zip(rows, decisions, strict=True)
        if decision.verdict
    ]


def _seen(row: SharedPicture, decision: Decision, faces: Sequence[Face], on: date) -> Seen:
    """Whom the rule covers; who has left the school is covered, too."""
    hidden = tuple(
        face.box for face in faces if face.pk in decision.hidden_ids or has_left(face, on)
    )
    return Seen(row, row.photo, row.share.purpose, hidden)


def has_left(face: Face, on: date) -> bool:
    """Whether it is a child who is at the school no more: their pictures come down."""
    return bool(face.pupil and face.pupil.left_on and face.pupil.left_on <= on)


def _shows(child: Pupil, faces: Sequence[Face], hidden: Sequence[Box]) -> bool:
    return any(face.pupil_id == child.pk and face.box not in hidden for face in faces)
