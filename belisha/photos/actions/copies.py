"""Safe copies: made for one purpose, given only while they are still right (clauses P.i, P.iv)."""

from collections.abc import Callable, Collection
from datetime import date, datetime

from django.db import transaction

from belisha.audit.actions import record
from belisha.consent.access import children_answered_for_by
from belisha.people.access import Refused, require
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
from belisha.photos.rules import CLIP_ALONE, Decision, Who
from belisha.photos.shared import Seen, others, seen_by_family, seen_in_school
from belisha.photos.sights import Sight, sight_of
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
        # Whom families are asked about is shown to them without a sound, and goes so.
        sound=bool(sound and photo.sound and request is None),
        made_at=at,
        made_by=by,
    )
    record("copy.made", copy, by=by.pk, at=at, photo=photo.pk, purpose=purpose.key)
    if photo.is_clip:
        covering.keep_up(photo, at=at, on=on)
        covering.ask_for(sight_of(copy), at=at)
    return copy


def held(pks: Collection[int]) -> list[Photo]:
    """These pictures, held until the end of the transaction, with the pupils in them.

    The pupils' rows are locked first, as a withdrawal locks them, so that one of the two comes
    before the other for everyone.
    """
    faces = Face.objects.present().filter(photo__in=pks)
    pupils = Pupil.objects.filter(pk__in=faces.values("pupil")).order_by("pk")
    list(pupils.select_for_update())
    photos = Photo.objects.select_for_update(no_key=True).filter(pk__in=pks)
    return list(photos.order_by("pk"))


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
    sight = sight_of(copy)
    covered = covering.covered(sight) or covering.ask_for(sight, at=at)
    if keep and covered.made_at:
        record("copy.given", copy, by=by.pk, at=at, photo=copy.photo_id)
    return covered


# What a viewer may see at this moment. It raises `Refused` where that is nothing.
See = Callable[[], Sight]


def show(copy: SafeCopy, child: Pupil, *, by: User, on: date) -> bytes:
    """Return what a parent may see of a copy that shows their child. Raises `Refused`.

    What every family may see is shown as it is. In a copy for fewer eyes each other child is
    covered, whatever their own family said. Of a clip it is the poster.
    """
    return _shown(copy.photo, _copy_with(copy, child, by, on))


def play(copy: SafeCopy, child: Pupil, *, by: User, on: date) -> CoveredClip:
    """The same of a clip, to be handed over in pieces. Raises `Refused`, `NotCovered`."""
    return covering.made(_copy_with(copy, child, by, on)())


def playable(some: Collection[SafeCopy]) -> set[int]:
    """The ids of those of these copies that are clips which every family may see, and made.

    One for fewer eyes would have to be covered for each family.
    """
    clips = {
        one.pk: sight_of(one)
        for one in some
        if one.photo.is_clip and one.purpose.terms.seen_by_every_family
    }
    made = covering.made_of(clips.values())
    return {pk for pk, sight in clips.items() if (sight.photo_id, sight.digest) in made}


def _copy_with(copy: SafeCopy, child: Pupil, by: User, on: date) -> See:
    own = _children_of(by, child)

    def see() -> Sight:
        require(check([copy], on=on)[0].shows(child))
        more = []
        if not copy.purpose.terms.seen_by_every_family:
            require(not copy.photo.is_clip)
            more = others(Face.objects.present().filter(photo=copy.photo_id), own)
        return Sight(copy.photo_id, [*copy.hidden, *more], copy.sound)

    return see


def show_asked(request: PictureRequest, child: Pupil, *, by: User, on: date) -> bytes:
    """Return the very picture that a parent is asked about, with every other child covered.

    Raises `Refused` when they are not asked, or while the picture is not settled. Of a clip it is
    the poster.
    """
    return _shown(request.photo, _asked_about(request, child, by, on))


def play_asked(request: PictureRequest, child: Pupil, *, by: User, on: date) -> CoveredClip:
    """The same of a clip, to be handed over in pieces. Raises `Refused`, `NotCovered`."""
    return covering.made(_asked_about(request, child, by, on)())


def can_be_seen(request: PictureRequest, child: Pupil, *, by: User, on: date) -> bool:
    """Whether this parent can look at what they are asked about: it is settled, a clip covered."""
    try:
        sight = _asked_about(request, child, by, on)()
    except Refused:
        return False
    return not request.photo.is_clip or bool(covering.made_of([sight]))


def _asked_about(request: PictureRequest, child: Pupil, by: User, on: date) -> See:
    own = _children_of(by, child)

    def see() -> Sight:
        photo = Photo.objects.get(pk=request.photo_id)
        require(PictureRequest.objects.open(on).with_child(child).filter(pk=request.pk).exists())
        require(bool(ask_one(photo, request.purpose, on=on).verdict))
        faces = Face.objects.present().filter(photo=photo)
        # Of a clip there is one for each child.
        return covering.asked_about(photo.pk, faces, {child.pk} if photo.is_clip else own)

    return see


def show_shared(picture: SharedPicture, child: Pupil, *, by: User, on: date) -> bytes:
    """Return a picture of an album for families, as this parent may see it. Raises `Refused`.

    Their own child is seen in it. Another child is seen only where the purpose is for every family
    and that child's own family said yes to it; else they are covered. Of a clip it is the poster.
    """
    return _shown(picture.photo, _shared_with(picture, child, by, on))


def play_shared(picture: SharedPicture, child: Pupil, *, by: User, on: date) -> CoveredClip:
    """The same of a clip, to be handed over in pieces. Raises `Refused`, `NotCovered`."""
    return covering.made(_shared_with(picture, child, by, on)())


def _shared_with(picture: SharedPicture, child: Pupil, by: User, on: date) -> See:
    own = _children_of(by, child)

    def see() -> Sight:
        seen = seen_by_family(child, [picture], on=on, own=own)
        require(bool(seen))
        return seen[0].sight

    return see


def show_in_school(picture: SharedPicture, *, on: date) -> bytes:
    """Return a picture that is shown in school, with whom the rule covers. Raises `Refused`.

    Who may look at it at all is for the page to know. Of a clip it is the poster.
    """
    return _shown(picture.photo, _in_school(picture, on))


def play_in_school(picture: SharedPicture, *, on: date) -> CoveredClip:
    """The same of a clip, to be handed over in pieces. Raises `Refused`, `NotCovered`."""
    return covering.made(_in_school(picture, on)())


def _in_school(picture: SharedPicture, on: date) -> See:
    def see() -> Sight:
        seen = seen_in_school([picture], on=on)
        require(bool(seen))
        return seen[0].sight

    return see


def covered_clips(some: Collection[Seen]) -> set[int]:
    """The ids of those of these shared clips that are covered already, and so can be played."""
    clips = [one for one in some if one.photo.is_clip]
    made = covering.made_of([one.sight for one in clips])
    return {one.picture.pk for one in clips if (one.photo.pk, one.sight.digest) in made}


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


def _shown(photo: Photo, see: See) -> bytes:
    """The picture for one viewer, unless whom it must hide changed while the bytes were made."""
    sight = see()
    if photo.is_clip:
        data = covering.poster(covering.made(sight))
    else:
        data = rendered(photo, [Box(*box) for box in sight.hidden], FOR_FAMILIES)
    require(see() == sight)
    return data


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
