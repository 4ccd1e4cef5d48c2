"""Safe copies: made for one purpose, given only while they are still right (clauses P.i, P.iv)."""

from datetime import date, datetime

from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import Pupil, User
from belisha.photos import store
from belisha.photos.access import can_handle
from belisha.photos.asking import ask_one
from belisha.photos.engine import engine
from belisha.photos.imaging.box import Box
from belisha.photos.models import Face, Photo, Rendition, SafeCopy, StoredFile
from belisha.photos.rules import Decision
from belisha.policy.models import Purpose


class NotNow(Exception):
    """The rule does not allow the copy; `decision` says why and what can be done."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.words)
        self.decision = decision


@transaction.atomic
def make(photo: Photo, purpose: Purpose, *, by: User, at: datetime, on: date) -> SafeCopy:
    """Ask the rule, and note a copy of the picture for one purpose. Raises `NotNow`."""
    require(can_handle(by, photo.album))
    photo = _held(photo.pk)
    decision = ask_one(photo, purpose, on=on)
    if not decision.verdict:
        raise NotNow(decision)
    hidden = Face.objects.present().filter(pk__in=decision.hidden_ids)
    copy: SafeCopy = SafeCopy.objects.create(
        school=photo.school,
        photo=photo,
        purpose=purpose,
        hidden=[[face.x, face.y, face.w, face.h] for face in hidden],
        made_at=at,
        made_by=by,
    )
    record("copy.made", copy, by=by.pk, at=at, photo=photo.pk, purpose=purpose.key)
    return copy


def _held(pk: int) -> Photo:
    """The picture, held until the end of the transaction, with the pupils in it.

    The pupils' rows are locked first, as a withdrawal locks them, so that one of the two comes
    before the other for everyone.
    """
    faces = Face.objects.present().filter(photo=pk)
    pupils = Pupil.objects.filter(pk__in=faces.values("pupil")).order_by("pk")
    list(pupils.select_for_update())
    photo: Photo = Photo.objects.select_for_update().get(pk=pk)
    return photo


def is_still_right(copy: SafeCopy, *, on: date) -> bool:
    """Whether everyone whom the copy shows may still be shown for its purpose."""
    photo = Photo.objects.get(pk=copy.photo_id)  # as it is now
    decision = ask_one(photo, copy.purpose, on=on)
    if not decision.verdict:
        return False
    must_hide = Face.objects.present().filter(pk__in=decision.hidden_ids)
    return all([face.x, face.y, face.w, face.h] in copy.hidden for face in must_hide)


def give(copy: SafeCopy, *, by: User, at: datetime, on: date, longest: int | None = None) -> bytes:
    """Return the copy as JPEG bytes, made anew from the original. Raises `NotNow`.

    `longest` is the longest side in pixels; None keeps the size of the original.
    """
    require(can_handle(by, copy.photo.album))
    _require_right(copy, on)
    original = StoredFile.objects.get(photo=copy.photo, rendition=Rendition.ORIGINAL)
    hide = [Box(*box) for box in copy.hidden]
    data: bytes = engine().safe_copy(store.fetch(original), hide, longest=longest)
    with transaction.atomic():
        _held(copy.photo_id)
        _require_right(copy, on)  # asked again: a no may have come while the bytes were made
        if longest is None:
            record("copy.given", copy, by=by.pk, at=at, photo=copy.photo_id)
    return data


def _require_right(copy: SafeCopy, on: date) -> None:
    if not is_still_right(copy, on=on):
        raise NotNow(ask_one(Photo.objects.get(pk=copy.photo_id), copy.purpose, on=on))
