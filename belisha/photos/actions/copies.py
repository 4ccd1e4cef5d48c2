"""Safe copies: made for one purpose, given only while they are still right (clauses P.i, P.iv)."""

from collections.abc import Callable, Collection
from datetime import date, datetime

from django.db import transaction

from belisha.audit.actions import record
from belisha.consent.access import children_answered_for_by
from belisha.people.access import require
from belisha.people.models import Pupil, User
from belisha.photos import store
from belisha.photos.access import can_handle
from belisha.photos.actions import covering
from belisha.photos.asking import ask_one, check
from belisha.photos.engine import engine
from belisha.photos.imaging.box import Box
from belisha.photos.models import (
    CoveredClip,
    Face,
    Photo,
    PictureRequest,
    Rendition,
    SafeCopy,
    SharedPicture,
    StoredFile,
)
from belisha.photos.rules import CLIP_ALONE, Decision, Who, is_covered_for_a_family
from belisha.photos.shared import seen_by_family, seen_in_school
from belisha.policy.models import Purpose

FOR_FAMILIES = 1200  # pixels on the longest side


class NotNow(Exception):
    """The rule does not allow the copy; `decision` says why and what can be done."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.words)
        self.decision = decision


@transaction.atomic
def make(
    photo: Photo,
    purpose: Purpose,
    *,
    by: User,
    at: datetime,
    on: date,
    request: PictureRequest | None = None,
    sound: bool | None = None,
) -> SafeCopy:
    """Ask the rule, and note a copy of the picture for one purpose. Raises `NotNow`.

    `request` is the one whose answers count, where families are asked for each picture. `sound`
    is said of a clip, and of nothing else: whether someone listened, and it may stay.
    """
    require(can_handle(by, photo.album))
    about = (photo.pk, purpose.pk)
    require(request is None or (request.photo_id, request.purpose_id) == about)
    [photo] = held([photo.pk])
    if photo.is_clip is (sound is None):
        raise NotNow(CLIP_ALONE)
    decision = ask_one(photo, purpose, on=on, request=request)
    if not decision.verdict:
        raise NotNow(decision)
    hidden = Face.objects.present().filter(pk__in=decision.hidden_ids)
    copy: SafeCopy = SafeCopy.objects.create(
        school=photo.school,
        photo=photo,
        purpose=purpose,
        request=request,
        hidden=[face.where for face in hidden],
        sound=bool(sound and photo.sound),
        made_at=at,
        made_by=by,
    )
    record("copy.made", copy, by=by.pk, at=at, photo=photo.pk, purpose=purpose.key)
    if photo.is_clip:
        covering.keep_up(photo, at=at, on=on)
        covering.ask_for(covering.film_of(copy), at=at)
    return copy


def held(pks: Collection[int]) -> list[Photo]:
    """These pictures, held until the end of the transaction, with the pupils in them.

    The pupils' rows are locked first, as a withdrawal locks them, so that one of the two comes
    before the other for everyone.
    """
    faces = Face.objects.present().filter(photo__in=pks)
    pupils = Pupil.objects.filter(pk__in=faces.values("pupil")).order_by("pk")
    list(pupils.select_for_update())
    return list(Photo.objects.select_for_update().filter(pk__in=pks).order_by("pk"))


def is_still_right(copy: SafeCopy, *, on: date) -> bool:
    """Whether everyone whom the copy shows may still be shown for its purpose."""
    return check([copy], on=on)[0].right


def give(copy: SafeCopy, *, by: User, at: datetime, on: date, longest: int | None = None) -> bytes:
    """Return the copy as JPEG bytes, made anew from the original. Raises `NotNow`.

    `longest` is the longest side in pixels; None keeps the size of the original.
    """
    require(can_handle(by, copy.photo.album))
    _require_right(copy, on)
    hide = [Box(*box) for box in copy.hidden]
    data = rendered(copy.photo, hide, longest)
    with transaction.atomic():
        held([copy.photo_id])
        # Asked again: a no may have come, or the use was given up, while the bytes were made.
        _require_right(copy, on)
        if longest is None:
            record("copy.given", copy, by=by.pk, at=at, photo=copy.photo_id)
    return data


@transaction.atomic
def give_clip(copy: SafeCopy, *, by: User, at: datetime, on: date, keep: bool) -> CoveredClip:
    """Return the covered clip, which may still have to be made. Raises `NotNow`.

    `keep`: it is to leave, which is written down.
    """
    require(can_handle(by, copy.photo.album))
    held([copy.photo_id])
    _require_right(copy, on)
    film = covering.film_of(copy)
    covered = covering.covered(film) or covering.ask_for(film, at=at)
    if keep and covered.made_at:
        record("copy.given", copy, by=by.pk, at=at, photo=copy.photo_id)
    return covered


def show(copy: SafeCopy, child: Pupil, *, by: User, on: date) -> bytes:
    """Return what a parent may see of a copy that shows their child. Raises `Refused`.

    What every family may see is shown as it is. In a copy for fewer eyes each other child is
    covered, whatever their own family said.
    """
    own = _children_of(by, child)

    def hide() -> list[Box]:
        require(check([copy], on=on)[0].shows(child))
        others = [] if copy.purpose.terms.seen_by_every_family else _others(copy.photo_id, own)
        return [*(Box(*box) for box in copy.hidden), *others]

    return _shown(copy.photo, hide)


def show_asked(request: PictureRequest, child: Pupil, *, by: User, on: date) -> bytes:
    """Return the very picture that a parent is asked about, with every other child covered.

    Raises `Refused` when they are not asked, or while the picture is not settled.
    """
    own = _children_of(by, child)

    def hide() -> list[Box]:
        photo = Photo.objects.get(pk=request.photo_id)
        require(PictureRequest.objects.open(on).with_child(child).filter(pk=request.pk).exists())
        require(bool(ask_one(photo, request.purpose, on=on).verdict))
        return _others(photo.pk, own)

    return _shown(request.photo, hide)


def show_shared(picture: SharedPicture, child: Pupil, *, by: User, on: date) -> bytes:
    """Return a picture of an album for families, as this parent may see it. Raises `Refused`.

    Their own child is seen in it. Another child is seen only where the purpose is for every family
    and that child's own family said yes to it; else they are covered.
    """
    own = _children_of(by, child)

    def hide() -> list[Box]:
        seen = seen_by_family(child, [picture], on=on)
        require(bool(seen))
        others = (
            [] if seen[0].purpose.terms.seen_by_every_family else _others(picture.photo_id, own)
        )
        return [*seen[0].hidden, *others]

    return _shown(picture.photo, hide)


def show_in_school(picture: SharedPicture, *, on: date) -> bytes:
    """Return a picture that is shown in school, with whom the rule covers. Raises `Refused`.

    Who may look at it at all is for the page to know.
    """

    def hide() -> list[Box]:
        seen = seen_in_school([picture], on=on)
        require(bool(seen))
        return list(seen[0].hidden)

    return _shown(picture.photo, hide)


def for_whom_it_shows(
    photo: Photo,
    child: Pupil,
    *,
    by: User,
    longest: int | None = None,
    made_from: Rendition = Rendition.ORIGINAL,
) -> bytes:
    """Return a picture for the child's own bundle: every other face is covered, grown-ups too.

    No purpose is asked: who asks what is held on a child has a right to it (UK GDPR Art. 15).
    Raises `Refused`, also while not every face has a box: one that was missed would be seen.
    """
    require(can_handle(by, photo.album))

    def hide() -> list[Box]:
        require(Photo.objects.showing(child).filter(pk=photo.pk, boxed_at__isnull=False).exists())
        faces = Face.objects.present().filter(photo=photo.pk).exclude(who=Who.NOT_A_FACE)
        return [face.box for face in faces if face.pupil_id != child.pk]

    boxes = hide()
    data = rendered(photo, boxes, longest, made_from=made_from)
    require(hide() == boxes)
    return data


def _children_of(user: User, child: Pupil) -> set[int]:
    own = set(children_answered_for_by(user).values_list("pk", flat=True))
    require(child.pk in own)
    return own


def _shown(photo: Photo, hide: Callable[[], list[Box]]) -> bytes:
    """The picture for one viewer, unless whom it must hide changed while the bytes were made."""
    boxes = hide()
    data = rendered(photo, boxes, FOR_FAMILIES)
    require(hide() == boxes)
    return data


def _others(photo_id: int, own: set[int]) -> list[Box]:
    """Every face that a parent does not see."""
    faces = Face.objects.present().filter(photo=photo_id)
    return [
        face.box
        for face in faces
        if is_covered_for_a_family(Who(face.who), own=face.pupil_id in own)
    ]


def rendered(
    photo: Photo,
    hide: list[Box],
    longest: int | None,
    *,
    made_from: Rendition = Rendition.ORIGINAL,
) -> bytes:
    """The picture with these faces covered; whether it may be given is for the caller to ask."""
    require(not photo.is_clip)
    file = StoredFile.objects.get(photo=photo, rendition=made_from)
    data: bytes = engine().safe_copy(store.fetch(file), hide, longest=longest)
    return data


def _require_right(copy: SafeCopy, on: date) -> None:
    if not is_still_right(copy, on=on):
        photo = Photo.objects.get(pk=copy.photo_id)
        purpose = Purpose.objects.get(pk=copy.purpose_id)
        raise NotNow(ask_one(photo, purpose, on=on, request=copy.request))
