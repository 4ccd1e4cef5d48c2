"""What is seen of shared pictures and clips: by one family, and by everyone in school (P.iii).

The rule is asked at each look. Nothing that it answers is kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from belisha.people.models import Pupil
from belisha.photos.asking import Question, ask_each
from belisha.photos.models import Face, Photo, SafeCopy, Share, SharedPicture
from belisha.photos.rules import Decision, Viewers, Who, is_covered_for_a_family
from belisha.photos.sights import Sight
from belisha.policy.models import Purpose


@dataclass(frozen=True)
class Seen:
    """A shared picture that may be looked at now, and what is covered in it for who looks, each as
    `Face.where` says it. `sound`: of a clip, whether one hears something."""

    picture: SharedPicture
    photo: Photo
    purpose: Purpose
    hidden: tuple[Any, ...]
    sound: bool = False

    @property
    def sight(self) -> Sight:
        return Sight(self.photo.pk, self.hidden, self.sound)


def pictures_with(child: Pupil, *, on: date) -> "QuerySet[SharedPicture]":
    """Pictures with the child in albums that are open to families on a day, the newest first."""
    shares = Share.objects.open(on).with_child(child)
    found: QuerySet[SharedPicture] = SharedPicture.objects.filter(
        share__in=shares, photo__in=Photo.objects.showing(child)
    ).select_related("share__purpose", "photo__album")
    return found.order_by("-photo__album__taken_on", "photo__taken_at", "photo_id", "id")


def seen_by_family(
    child: Pupil, pictures: Sequence[SharedPicture], *, on: date, own: Collection[int] = ()
) -> list[Seen]:
    """Those of these pictures in which the child's family sees the child, in the same order.

    A picture in which the child is covered, by a no or a "not this one", is not among them. `own`
    are the ids of other children whom these parents see, too: in pictures, not in clips, of which
    there is one for each child.
    """
    rows = _as_now(pictures, Viewers.FAMILIES, on)
    return [
        _for_family(seen, faces, {child.pk, *own})
        if not seen.photo.is_clip
        else _for_family(seen, faces, {child.pk})
        for seen, faces in _asked(rows, on)
        if _shows(child, faces, seen.hidden)
    ]


def seen_in_school(pictures: Sequence[SharedPicture], *, on: date) -> list[Seen]:
    """Those of these pictures that may be shown in school, in the same order."""
    return [seen for seen, _ in _asked(_as_now(pictures, Viewers.SCHOOL, on), on)]


def sights_of(
    clips: "Collection[Photo] | QuerySet[Photo]", *, on: date, share: Share | None = None
) -> Iterator[Sight]:
    """Clips in every way in which somebody sees them in what is shared on a day, or in one share.

    It asks the same number of questions whatever their number.
    """
    there = SharedPicture.objects.filter(photo__in=clips)
    pictures = list(there.filter(share=share) if share else there)
    yield from (seen.sight for seen in seen_in_school(pictures, on=on))
    for seen, faces in _asked(_as_now(pictures, Viewers.FAMILIES, on), on):
        for child in {face.pupil for face in faces if face.pupil}:
            if _shows(child, faces, seen.hidden):
                yield _for_family(seen, faces, {child.pk}).sight


def others(faces: Collection[Face], own: Collection[int]) -> list[Any]:
    """Every face that a parent of these children does not see where each family sees its own."""
    return [
        face.where
        for face in faces
        if is_covered_for_a_family(Who(face.who), own=face.pupil_id in own)
    ]


def _as_now(pictures: Sequence[SharedPicture], viewers: Viewers, on: date) -> list[SharedPicture]:
    """The same as the database has them now: an end of sharing counts at once."""
    still = SharedPicture.objects.filter(
        pk__in=[one.pk for one in pictures],
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
    heard = _heard([row.photo_id for row in rows if row.photo.is_clip])
    return [
        (_seen(row, decision, faces[row.photo_id], heard, on), faces[row.photo_id])
        for row, decision in zip(rows, decisions, strict=True)
        if decision.verdict
    ]


def _heard(clips: Collection[int]) -> dict[tuple[int, int], list[Any]]:
    """By clip and purpose, whom the newest copy covers if it keeps the sound: someone listened."""
    copies = SafeCopy.objects.filter(photo__in=clips, request=None).order_by("made_at", "id")
    newest = {(one.photo_id, one.purpose_id): one for one in copies} if clips else {}
    return {key: one.hidden for key, one in newest.items() if one.sound}


def _seen(
    row: SharedPicture,
    decision: Decision,
    faces: Sequence[Face],
    heard: dict[tuple[int, int], list[Any]],
    on: date,
) -> Seen:
    """Whom the rule covers; who has left the school is covered, too.

    The sound stays while whoever listened knew of all who are covered: whom a no hides since then
    may be named in it.
    """
    hidden = tuple(
        face.where for face in faces if face.pk in decision.hidden_ids or has_left(face, on)
    )
    then = heard.get((row.photo_id, row.share.purpose_id))
    sound = then is not None and all(where in then for where in hidden)
    return Seen(row, row.photo, row.share.purpose, hidden, sound)


def _for_family(seen: Seen, faces: Sequence[Face], own: Collection[int]) -> Seen:
    """The same where each family sees its own child alone; what is for every family stays.

    No family hears another's child where it may not see them.
    """
    if seen.purpose.terms.seen_by_every_family:
        return seen
    more = [where for where in others(faces, own) if where not in seen.hidden]
    return replace(seen, hidden=(*seen.hidden, *more), sound=False)


def has_left(face: Face, on: date) -> bool:
    """Whether it is a child who is at the school no more: their pictures come down."""
    return bool(face.pupil and face.pupil.left_on and face.pupil.left_on <= on)


def _shows(child: Pupil, faces: Sequence[Face], hidden: Sequence[Any]) -> bool:
    return any(face.pupil_id == child.pk and face.where not in hidden for face in faces)
