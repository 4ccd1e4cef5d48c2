"""What of this area is done again after a restore: stopped, taken off, ended, removed."""

from belisha.audit.journal import Line
from belisha.consent.models import How
from belisha.consent.rules import Kind
from belisha.people.access import Refused
from belisha.people.again import who, who_if_known
from belisha.people.models import Parent, Pupil, User
from belisha.photos.actions import (
    albums,
    pictures,
    places,
    prints,
    publications,
    requests,
    selections,
    shares,
    stops,
)
from belisha.photos.models import (
    Album,
    GuestLook,
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
from belisha.policy.models import Purpose


def _stopped(line: Line) -> bool:
    facts = line.facts
    if Stop.objects.filter(pk=line.about_id).exists():
        return False
    purpose = Purpose.objects.get(pk=facts["purpose"]) if facts["purpose"] else None
    photo, pupil = Photo.objects.get(pk=facts["photo"]), Pupil.objects.get(pk=facts["pupil"])
    try:
        stops.stop(photo, pupil, Source(facts["source"]), purpose=purpose, by=who(line), at=line.at)
    except (Refused, User.DoesNotExist):
        # The child's name at the face, or who said it, came after the backup too. Until somebody
        # has looked, nobody is shown in the picture.
        pictures.keep_back_after_restore(photo, at=line.at)
    return True


def _kept_back(line: Line) -> bool:
    photo = Photo.objects.get(pk=line.about_id)
    if photo.kept_back_at:
        return False
    pictures.keep_back(photo, by=who(line), at=line.at)
    return True


def _picture_removed(line: Line) -> bool:
    pictures.remove(Photo.objects.get(pk=line.about_id), by=who(line), at=line.at)
    return True


def _album_removed(line: Line) -> bool:
    albums.remove(Album.objects.get(pk=line.about_id), by=who(line), at=line.at)
    return True


def _answered_no(line: Line) -> bool:
    """A yes to a very picture is not said again, as none is."""
    if not Kind(line.facts["kind"]).is_no:
        return False
    request, by = PictureRequest.objects.get(pk=line.about_id), who_if_known(line)
    if by is None:
        pictures.keep_back_after_restore(request.photo, at=line.at)
        return True
    PictureAnswer.objects.create(
        school_id=line.school_id,
        request=request,
        pupil=Pupil.objects.get(pk=line.facts["pupil"]),
        parent=Parent.objects.get(pk=line.facts["parent"]),
        kind=line.facts["kind"],
        how=How(line.facts["how"]),
        happened_on=line.at.date(),
        at=line.at,
        by=by,
    )
    return True


def _request_withdrawn(line: Line) -> bool:
    request = PictureRequest.objects.get(pk=line.about_id)
    requests.withdraw(request, by=who(line), at=line.at)
    return True


def _share_ended(line: Line) -> bool:
    share = Share.objects.get(pk=line.about_id)
    if share.ended_at:
        return False
    shares.end(share, by=who(line), at=line.at)
    return True


def _guest_look_ended(line: Line) -> bool:
    looks = GuestLook.objects.filter(share=line.about_id, guest=line.facts["guest"], ended_at=None)
    for look in looks:
        shares.end_guest_look(look, by=who(line), at=line.at)
    return bool(looks)


def _publication_ended(line: Line) -> bool:
    row = Publication.objects.get(pk=line.about_id)
    if row.ended_at:
        return False
    publications.end(row, by=who(line), at=line.at)
    return True


def _place_closed(line: Line) -> bool:
    place = Place.objects.get(pk=line.about_id)
    if place.closed_at:
        return False
    places.close_place(place, by=who(line), at=line.at)
    return True


def _print_down(line: Line) -> bool:
    sheet = Print.objects.get(pk=line.about_id)
    if sheet.down_at:
        return False
    prints.take_down(sheet, by=who(line), at=line.at)
    return True


def _selection_dropped(line: Line) -> bool:
    row = Selection.objects.get(pk=line.about_id)
    if row.dropped_at:
        return False
    selections.drop(row, by=who(line), at=line.at)
    return True


AGAIN = {
    "picture.stopped": _stopped,
    "picture.kept-back": _kept_back,
    "picture.removed": _picture_removed,
    "album.removed": _album_removed,
    "picture.answered": _answered_no,
    "picture.request-withdrawn": _request_withdrawn,
    "share.ended": _share_ended,
    "share.guest-ended": _guest_look_ended,
    "publication.ended": _publication_ended,
    "place.closed": _place_closed,
    "print.taken-down": _print_down,
    "selection.dropped": _selection_dropped,
}
LOOK_AT = {
    "face.settled": "Somebody said who a face is. Until it is said again, it is covered.",
    "face.drawn": "A face was drawn that the finder had missed.",
    "picture.answer-set-aside": "An answer about one picture was set aside.",
    "publication.taken-down": "Somebody wrote down that a picture was taken down elsewhere.",
    "share.changed": "An album that is shown was changed, perhaps to fewer pictures.",
    "selection.changed": "A set of pictures was changed.",
}
