"""The page of one clip: each face through it is settled once, missed ones are drawn on a still."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.people.access import SignedIn, open_to_staff
from belisha.photos import store
from belisha.photos.access import can_remove
from belisha.photos.actions import clips
from belisha.photos.actions import faces as face_actions
from belisha.photos.forms import BoxForm, TimesForm
from belisha.photos.imaging.box import Box
from belisha.photos.imaging.film.engine import Clip
from belisha.photos.imaging.unreadable import Unreadable
from belisha.photos.models import Face, Photo, RefusedClip, Rendition, SafeCopy, StoredFile
from belisha.photos.rules import Who
from belisha.photos.views.finding import album_of, face_of, photo_of, photos_of
from belisha.photos.views.pictures import (
    NAMES,
    chosen_in,
    jpeg,
    may_ask,
    picker_of,
    places_of,
    sources_of,
    stops_of,
)
from belisha.photos.views.playing import mp4
from belisha.photos.views.strip import strip_of
from belisha.policy.models import Purpose


@dataclass(frozen=True)
class Way:
    """One face through the clip, as the page lists it."""

    face: Face
    number: int
    url: str
    name: str
    words: str
    tone: str
    current: bool
    box: Box | None  # where it is at the moment that is shown

    @property
    def id(self) -> int:
        return self.face.pk

    @property
    def label(self) -> str:
        return self.name

    @property
    def starts(self) -> float:
        return self.face.track.starts / 1000

    @property
    def ends(self) -> float:
        return self.face.track.ends / 1000

    @property
    def x(self) -> float:
        return self.box.x if self.box else 0

    @property
    def y(self) -> float:
        return self.box.y if self.box else 0

    @property
    def w(self) -> float:
        return self.box.w if self.box else 0

    @property
    def h(self) -> float:
        return self.box.h if self.box else 0


@open_to_staff
@require_GET
def clip(request: SignedIn, ref: str) -> HttpResponse:
    photo = _clip_of(request, ref)
    photos = list(photos_of(photo.album))
    number = photos.index(photo)
    faces = list(photo.faces.filter(removed_at=None).select_related("pupil"))
    faces.sort(key=lambda face: (face.track.starts, face.pk))
    places = places_of(photo, list(Purpose.objects.in_use()))
    chosen = chosen_in(request, faces)
    moment = _moment(request, photo, chosen)
    ways = _ways(photo, faces, chosen, moment)
    current = next((way for way in ways if way.current), None)
    seen = [way for way in ways if way.box]
    strip = strip_of(photos, photo)
    copies = SafeCopy.objects.filter(photo=photo).select_related("purpose", "request", "made_by")
    context = {
        "photo": photo,
        "album": photo.album,
        "number": number + 1,
        "count": len(photos),
        "previous": photos[number - 1] if number else None,
        "following": photos[number + 1] if number + 1 < len(photos) else None,
        "strip": strip,
        "go_on": next(
            (frame for frame in strip[number + 1 :] + strip if frame.light == "ask"), None
        ),
        "ways": ways,
        "chosen": current,
        "moment": moment,
        "at": moment / 1000,
        "picture": _still(photo, moment, len(seen)),
        "faces": seen,
        "add_url": reverse("draw-in-clip", args=[photo.ref, moment]),
        "open_faces": sum(face.who == Who.UNSETTLED for face in faces),
        "places": places,
        "ready_places": [place for place in places if place.decision.verdict],
        "stops": stops_of(request, photo),
        "sources": sources_of(request, photo, chosen),
        "copies": copies[:20],
        "requests": photo.requests.all()[:20],
        "can_ask": may_ask(request, photo, places),
        "can_undo": photo.changes.filter(undone_at=None).exists(),
        "can_remove": can_remove(request.user, photo),
    }
    if chosen and current:
        context |= picker_of(request, photo.album, chosen, current)
        there = [photo.ref, chosen.pk, moment]
        context["move_url"] = reverse("move-in-clip", args=there) if current.box else ""
        context["times_url"] = reverse("face-times", args=[photo.ref, chosen.pk])
    return render(request, "photos/clip.html", context)


def _clip_of(request: SignedIn, ref: str) -> Photo:
    photo = photo_of(request, ref)
    if not photo.is_clip:
        raise Http404
    return photo


def _moment(request: SignedIn, photo: Photo, chosen: Face | None) -> int:
    """Which moment is looked at (ms): that in the address, else where the chosen face begins."""
    begins = chosen.track.starts if chosen else 0
    try:
        asked = round(float(request.GET["at"]) * 1000)
    except (KeyError, ValueError, OverflowError):
        return begins
    return max(0, min(asked, round((photo.seconds or 0) * 1000)))


def _ways(photo: Photo, faces: Sequence[Face], chosen: Face | None, moment: int) -> list[Way]:
    page = reverse("clip", args=[photo.ref])
    ways = []
    for number, face in enumerate(faces, start=1):
        name = face.pupil.short_name if face.pupil else NAMES.get(Who(face.who), "Who?")
        unsettled = face.who == Who.UNSETTLED
        tone = ("ask" if face.sure else "perhaps") if unsettled else ""
        words = f"Face {number}, {'no name yet' if unsettled else name}"
        ways.append(
            Way(
                face,
                number,
                f"{page}?face={face.pk}",
                "Face?" if tone == "perhaps" else name,
                words,
                tone,
                face == chosen,
                face.track.box_at(moment),
            )
        )
    return ways


def _still(photo: Photo, moment: int, faces: int) -> dict[str, Any]:
    boxes = f"{faces} {'box' if faces == 1 else 'boxes'} for faces"
    return {
        "url": reverse("clip-still", args=[photo.ref, moment]),
        "width": photo.width,
        "height": photo.height,
        "words": f"The clip at {moment / 1000:.1f} seconds, with {boxes}",
    }


@open_to_staff
@require_GET
def still(request: SignedIn, ref: str, moment: int) -> HttpResponse:
    """The picture that is seen at a moment, for staff who may see the album."""
    pieces = store.pieces(_clip_of(request, ref), Rendition.CLIP)
    try:
        return jpeg(Clip(pieces.size, pieces.read).still(moment)[1])
    except Unreadable as refusal:
        raise Http404(refusal.sentence) from refusal


@open_to_staff
@require_GET
def strip(request: SignedIn, ref: str, number: int) -> HttpResponse:
    """A face's first, best and last picture."""
    photo = _clip_of(request, ref)
    kept = StoredFile.objects.select_related("school")
    row = get_object_or_404(kept, photo=photo, rendition=Rendition.STRIP, number=number)
    return jpeg(store.fetch(row))


@open_to_staff
@require_GET
def preview(request: SignedIn, ref: str) -> HttpResponseBase:
    """The clip for staff who may see the album, as any browser plays it. Never the original."""
    photo = _clip_of(request, ref)
    if photo.faces_found_at is None:
        raise Http404
    return mp4(store.pieces(photo, Rendition.PREVIEW), request, school=photo.school)


@open_to_staff
@require_POST
def draw(request: SignedIn, ref: str, moment: int) -> HttpResponse:
    """A missed face: it is covered through all of the clip, until somebody says from when."""
    photo, form = _clip_of(request, ref), BoxForm(request.POST)
    whole = 0, round((photo.seconds or 0) * 1000) + 1000
    try:
        if not form.is_valid():
            raise ValueError("The four numbers must lie between 0 and 1.")
        now = timezone.now()
        face = face_actions.draw(photo, form.box, by=request.user, at=now, between=whole)
    except ValueError as error:
        messages.error(request, str(error))
        return redirect(f"{reverse('clip', args=[ref])}?at={moment / 1000}")
    return redirect(f"{reverse('clip', args=[ref])}?face={face.pk}&at={moment / 1000}")


@open_to_staff
@require_POST
def move(request: SignedIn, ref: str, face: int, moment: int) -> HttpResponse:
    """Where a face is at one moment; before and after it the box moves there and on."""
    photo, form = _clip_of(request, ref), BoxForm(request.POST)
    try:
        if not form.is_valid():
            raise ValueError("The four numbers must lie between 0 and 1.")
        row, now = face_of(photo, face), timezone.now()
        face_actions.move(row, form.box, by=request.user, at=now, moment=moment)
    except ValueError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('clip', args=[ref])}?face={face}&at={moment / 1000}")


@open_to_staff
@require_POST
def times(request: SignedIn, ref: str, face: int) -> HttpResponse:
    """From when to when a face is covered."""
    photo, form = _clip_of(request, ref), TimesForm(request.POST)
    try:
        if not form.is_valid():
            raise ValueError("Give both times in seconds, such as 2.5.")
        row, now = face_of(photo, face), timezone.now()
        face_actions.cover_between(row, form.between, by=request.user, at=now)
    except ValueError as error:
        messages.error(request, str(error))
    return redirect(f"{reverse('clip', args=[ref])}?face={face}")


@open_to_staff
@require_POST
def dismiss(request: SignedIn, ref: str, pk: int) -> HttpResponse:
    """Take the note away that a clip could not be taken."""
    album = album_of(request, ref)
    refused = get_object_or_404(RefusedClip, album=album, pk=pk)
    clips.dismiss(refused, by=request.user, at=timezone.now())
    return redirect("album", ref)
