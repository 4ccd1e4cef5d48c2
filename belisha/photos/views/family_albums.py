"""What a parent sees of the albums that the school shares, and the record of one child (P.iii)."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from belisha.consent.access import children_answered_for_by
from belisha.people.access import SignedIn, open_to, open_to_staff
from belisha.people.models import Pupil
from belisha.people.rules import Role
from belisha.photos.about import stops_about
from belisha.photos.actions import copies, stops
from belisha.photos.asking import ask
from belisha.photos.models import CoveredClip, Photo, SharedPicture, Stop
from belisha.photos.printing import Frame, marked
from belisha.photos.rules import Source
from belisha.photos.shared import Seen, pictures_with, seen_by_family
from belisha.photos.views.pictures import jpeg
from belisha.photos.views.playing import play
from belisha.policy.models import Purpose

ON_A_PAGE = 48
RECORD = "learning-journal"  # the purpose of a child's own record


@open_to(Role.PARENT)
@require_GET
def albums(request: SignedIn, pk: int) -> HttpResponse:
    """Albums in which the parent's own child is seen, the newest first."""
    child, today = _child_of(request, pk), timezone.localdate()
    seen = seen_by_family(child, list(pictures_with(child, on=today)[:2000]), on=today)
    count: dict[int, list[Seen]] = {}
    for one in seen:
        count.setdefault(one.picture.share_id, []).append(one)
    context = {"child": child, "albums": [(some[0], len(some)) for some in count.values()]}
    return render(request, "photos/child_albums.html", context)


@open_to(Role.PARENT)
@require_GET
def album(request: SignedIn, pk: int, ref: str) -> HttpResponse:
    """The pictures of one album in which the child is seen."""
    child, today = _child_of(request, pk), timezone.localdate()
    pictures = pictures_with(child, on=today).filter(share__ref=ref)
    page = Paginator(seen_by_family(child, list(pictures), on=today), ON_A_PAGE)
    seen = page.get_page(request.GET.get("page"))
    if not seen.object_list:
        messages.info(request, _("This album is not shown any more."))
        return redirect("child-albums", pk)
    share = seen[0].picture.share
    context = {
        "child": child,
        "share": share,
        "page": seen,
        "covered": copies.covered_clips(list(seen)),
        "narrow": _is_narrow(share.purpose),
    }
    return render(request, "photos/child_album.html", context)


def _is_narrow(purpose: Purpose) -> bool:
    return not purpose.terms.seen_by_every_family


@open_to(Role.PARENT)
@require_GET
def file(request: SignedIn, pk: int, ref: str, photo: str) -> HttpResponse:
    """The picture as this parent may see it; with `keep`, to save, marked for the family.

    Of a clip it is the poster.
    """
    child, today = _child_of(request, pk), timezone.localdate()
    picture = _picture_of(child, ref, photo)
    data = copies.show_shared(picture, child, by=request.user, on=today)
    if "keep" not in request.GET or picture.photo.is_clip:
        return jpeg(data)
    frame = Frame(data, *_size_of(picture.photo), number=0, alt="")
    day = date_format(today, "DATE_FORMAT")
    words = _("For your family only. Do not post it.") + f" {request.school.name}, {day}"
    response = HttpResponse(marked(frame, words=words), content_type="image/png")
    response["Content-Disposition"] = 'attachment; filename="for-your-family.png"'
    return response


@open_to(Role.PARENT)
@require_GET
def clip(request: SignedIn, pk: int, ref: str, photo: str) -> HttpResponseBase:
    """The clip or a part of it, as this parent may see it; with `keep`, to save."""
    child = _child_of(request, pk)
    picture = _picture_of(child, ref, photo)

    def see() -> CoveredClip:
        return copies.play_shared(picture, child, by=request.user, on=timezone.localdate())

    keep = "keep" in request.GET
    return play(request, see, school=request.school, name="for-your-family.mp4" if keep else "")


def _size_of(photo: Photo) -> tuple[int, int]:
    """Width and height of the picture as families get it."""
    shrunk = min(1.0, copies.FOR_FAMILIES / max(photo.width, photo.height))
    return round(photo.width * shrunk), round(photo.height * shrunk)


@open_to(Role.PARENT)
@require_http_methods(["GET", "POST"])
def take_down(request: SignedIn, pk: int, ref: str, photo: str) -> HttpResponse:
    """Say "not this one" of a shared picture, for this use of it or for all."""
    child = _child_of(request, pk)
    picture = _picture_of(child, ref, photo)
    where = request.POST.get("where")
    if where in ("here", "everywhere"):
        stops.stop(
            picture.photo,
            child,
            Source.FAMILY,
            purpose=picture.share.purpose if where == "here" else None,
            by=request.user,
            at=timezone.now(),
        )
        return redirect("child_pictures", pk)
    context = {"child": child, "picture": picture}
    status = 422 if request.method == "POST" else 200
    return render(request, "photos/shared_take_down.html", context, status=status)


@open_to(Role.PARENT)
@require_GET
def record(request: SignedIn, pk: int) -> HttpResponse:
    """Every picture of the child that the school shows this family now, by date, and the stops."""
    child, today = _child_of(request, pk), timezone.localdate()
    once: dict[int, Seen] = {}
    for one in seen_by_family(child, list(pictures_with(child, on=today)[:2000]), on=today):
        once.setdefault(one.photo.pk, one)
    page = Paginator(list(once.values()), ON_A_PAGE).get_page(request.GET.get("page"))
    own = Stop.objects.standing().filter(pupil=child, source=Source.FAMILY, by=request.user)
    context = {
        "child": child,
        "page": page,
        "covered": copies.covered_clips(list(page)),
        "stops": own.select_related("purpose", "photo__album"),
        "today": today,
    }
    return render(request, "photos/child_record.html", context)


@open_to_staff
@require_GET
def record_for_staff(request: SignedIn, pk: int) -> HttpResponse:
    """Every picture of one child that this person may see, by date, and what stops it."""
    child: Pupil = get_object_or_404(Pupil.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    found = Photo.objects.visible_to(request.user).showing(child).select_related("album")
    by_date = found.order_by("-album__taken_on", "taken_at", "id")
    page = Paginator(by_date, ON_A_PAGE).get_page(request.GET.get("page"))
    purposes = list(Purpose.objects.filter(key=RECORD))
    photos = list(page)
    decisions = ask(photos, purposes, on=today)
    shown = _shown_to_family(child, photos)
    context = {
        "child": child,
        "page": page,
        "pictures": [
            (photo, decisions[photo.pk].get(RECORD), photo.pk in shown) for photo in photos
        ],
        "stops": stops_about(child, request.user),
        "today": today,
    }
    return render(request, "photos/pupil_record.html", context)


def _shown_to_family(child: Pupil, photos: list[Photo]) -> set[int]:
    today = timezone.localdate()
    shared = pictures_with(child, on=today).filter(photo__in=photos)
    return {seen.photo.pk for seen in seen_by_family(child, list(shared), on=today)}


def _child_of(request: SignedIn, pk: int) -> Pupil:
    child: Pupil = get_object_or_404(children_answered_for_by(request.user), pk=pk)
    return child


def _picture_of(child: Pupil, ref: str, photo: str) -> SharedPicture:
    """A shared picture in which the child is seen now; else there is none."""
    today = timezone.localdate()
    found = pictures_with(child, on=today).filter(share__ref=ref, photo__ref=photo)
    seen = seen_by_family(child, list(found), on=today)
    if not seen:
        raise Http404
    return seen[0].picture
