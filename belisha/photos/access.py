"""Who may see and handle pictures, ask families about one, and stop one (P.i, P.iii, P.vi)."""

from belisha.consent.access import can_record, children_answered_for_by
from belisha.consent.models import How
from belisha.people.access import sees_whole_school
from belisha.people.models import Pupil, SchoolClass, User
from belisha.people.rules import LEADERS, SAFEGUARDING, Role
from belisha.photos.models import (
    Album,
    Photo,
    PictureAnswer,
    PictureRequest,
    Place,
    Print,
    Publication,
    Selection,
    Share,
    Stop,
)
from belisha.photos.rules import Source


def can_make_albums(user: User) -> bool:
    """Every member of staff."""
    return user.is_staff_member


def can_handle(user: User, album: Album) -> bool:
    """Add pictures, settle faces, make copies: staff who may see the album."""
    return user.is_staff_member and Album.objects.visible_to(user).filter(pk=album.pk).exists()


def can_remove(user: User, thing: Album | Photo) -> bool:
    """Remove for good: who made it, or those who see the whole school."""
    maker = thing.created_by_id if isinstance(thing, Album) else thing.added_by_id
    album = thing if isinstance(thing, Album) else thing.album
    return can_handle(user, album) and (maker == user.pk or sees_whole_school(user))


def can_set_periods(user: User) -> bool:
    """Say how long pictures are kept: the head, the office and the safeguarding lead."""
    return user.has_role(Role.HEAD, Role.OFFICE, *SAFEGUARDING)


def can_review_exposure(user: User) -> bool:
    """Say that what is public was looked at: the head and the safeguarding lead."""
    return user.has_role(Role.HEAD, *SAFEGUARDING)


def can_keep_print(user: User, sheet: Print) -> bool:
    """Print it again, change its last day, take it down: staff who may see it."""
    return user.is_staff_member and Print.objects.visible_to(user).filter(pk=sheet.pk).exists()


def can_share(user: User, album: Album) -> bool:
    """Show pictures to families or in school: whoever may ask the families of the album."""
    return can_ask_families(user, album) or (
        can_handle(user, album) and album.created_by_id == user.pk
    )


def can_end_share(user: User, share: Share) -> bool:
    """Show them no more: who shared them, and whoever might have."""
    mine = share.shared_by_id == user.pk and user.is_staff_member
    return mine or can_share(user, share.album)


def can_ask_families(user: User, album: Album) -> bool:
    """Ask for a yes to one picture: the leaders, the office, and who teaches the album's class."""
    if user.has_role(*LEADERS, Role.OFFICE):
        return True
    return _teaches(user, album.school_class)


def can_withdraw(user: User, request: PictureRequest) -> bool:
    """Take a request back: who asked, and whoever might have asked."""
    album = request.photo.album
    asked = request.asked_by_id == user.pk and can_handle(user, album)
    return asked or can_ask_families(user, album)


def can_remind(user: User, request: PictureRequest) -> bool:
    """Remind those who have not answered: whoever may take the request back."""
    return can_withdraw(user, request)


def can_see_who_said_what(user: User) -> bool:
    """Names of parents and their answers: for those who keep the answers and reach the families."""
    return can_record(user)


def can_set_aside(user: User, answer: PictureAnswer) -> bool:
    """Who writes answers down. What a parent said on their own page is the parent's alone."""
    return can_record(user) and answer.how != How.WEB and answer.voids_id is None


def can_stop(user: User, photo: Photo, pupil: Pupil, source: Source) -> bool:
    """Say "not this one" for a child.

    A family does so for its own child; staff write down what a child said, or decide; what a
    family told them in person is for those who write answers down.
    """
    if source is Source.FAMILY and children_answered_for_by(user).filter(pk=pupil.pk).exists():
        return True
    if not can_handle(user, photo.album):
        return False
    return source is not Source.FAMILY or can_record(user)


def can_lift(user: User, stop: Stop) -> bool:
    """Let a picture be used again: a family's stop only the same parent, or who keeps the answers
    and was told; a child's or the school's who wrote it down, who teaches the child, or above."""
    mine = stop.by_id == user.pk
    if stop.source == Source.FAMILY:
        own = children_answered_for_by(user).filter(pk=stop.pupil_id).exists()
        return can_record(user) or (mine and own)
    if not can_handle(user, stop.photo.album):
        return False
    return mine or sees_whole_school(user) or _teaches(user, stop.pupil.school_class)


def can_keep_places(user: User) -> bool:
    """Add, change and close places: the leaders and the office."""
    return user.has_role(*LEADERS, Role.OFFICE)


def can_publish(user: User, selection: Selection) -> bool:
    """Choose pictures, write the words, ask the head, publish: staff who handle the album."""
    if selection.album is None:
        return sees_whole_school(user)
    return can_handle(user, selection.album)


def keeps(user: User, place: Place) -> bool:
    """Whether somebody looks after a place."""
    return user.staff is not None and place.keeper_id == user.staff.pk


def can_take_down(user: User, publication: Publication) -> bool:
    """Take a picture off, and write down that it is: whoever may publish, or keeps the place."""
    return keeps(user, publication.place) or can_publish(user, publication.selection)


def _teaches(user: User, school_class: SchoolClass | None) -> bool:
    return bool(user.staff and school_class and school_class.teachers.contains(user.staff))
