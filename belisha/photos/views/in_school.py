"""What is shown in school: for children on the class's screen, staff, governors, invited guests."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.people.access import Refused, SignedIn, open_to_guests
from belisha.people.models import GuestPass
from belisha.people.rules import GOVERNORS, STAFF
from belisha.photos.actions import copies, shares
from belisha.photos.models import CoveredClip, GuestLook, Share, SharedPicture, ShareQuerySet
from belisha.photos.shared import seen_in_school
from belisha.photos.views.pictures import jpeg
from belisha.photos.views.playing import play

PAGE = "in-school"
WHO = STAFF | GOVERNORS


def _shares(request: SignedIn) -> ShareQuerySet:
    """Open shares in school: all for those who belong, for a guest those that they were given."""
    now = timezone.now()
    today = timezone.localdate(now)
    found: ShareQuerySet = Share.objects.open(today).in_school()
    if request.user.has_role(*WHO):
        return found
    looks = GuestLook.objects.filter(
        guest=request.user.guest_pass,
        guest__in=GuestPass.objects.live(now),
        until_on__gte=today,
        ended_at=None,
    )
    return found.filter(pk__in=looks.values("share"))


@open_to_guests(*WHO, says="Pictures shown in school: the albums that you choose")
@require_GET
def index(request: SignedIn) -> HttpResponse:
    today = timezone.localdate()
    rows = list(_shares(request))[:200]
    pictures = SharedPicture.objects.filter(share__in=rows)
    count = dict.fromkeys((row.pk for row in rows), 0)
    for seen in seen_in_school(list(pictures), on=today):
        count[seen.picture.share_id] += 1
    context = {"shares": [(row, count[row.pk]) for row in rows if count[row.pk]]}
    return render(request, "photos/in_school.html", context)


@open_to_guests(*WHO, page=PAGE)
@require_GET
def album(request: SignedIn, ref: str) -> HttpResponse:
    """The pictures of one share; the look of anyone but staff is written down."""
    row, now = get_object_or_404(_shares(request), ref=ref), timezone.now()
    if not request.user.is_staff_member:
        shares.note_look(row, by=request.user, at=now)
    seen = seen_in_school(list(row.pictures.all()), on=timezone.localdate(now))
    context = {"share": row, "seen": seen, "covered": copies.covered_clips(seen)}
    return render(request, "photos/in_school_album.html", context)


@open_to_guests(*WHO, page=PAGE)
@require_GET
def file(request: SignedIn, ref: str, photo: str) -> HttpResponse:
    """The bytes of one picture, or of a clip's poster, decided at this moment."""
    return jpeg(copies.show_in_school(_picture(request, ref, photo), on=timezone.localdate()))


@open_to_guests(*WHO, page=PAGE)
@require_GET
def clip(request: SignedIn, ref: str, photo: str) -> HttpResponseBase:
    """One clip or a part of it, decided at this moment, as is who may look."""

    def see() -> CoveredClip:
        try:
            picture = _picture(request, ref, photo)
        except Http404 as no:
            raise Refused from no
        return copies.play_in_school(picture, on=timezone.localdate())

    return play(request, see, school=request.school)


def _picture(request: SignedIn, ref: str, photo: str) -> SharedPicture:
    row = get_object_or_404(_shares(request), ref=ref)
    picture: SharedPicture = get_object_or_404(SharedPicture, share=row, photo__ref=photo)
    return picture
