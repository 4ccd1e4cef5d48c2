"""Pages of albums."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.db.models import Count, Q
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.devices.models import Device
from belisha.devices.standing import debts
from belisha.people.access import SignedIn, open_to_staff, sees_whole_school
from belisha.people.sheets import as_csv
from belisha.photos.access import can_remove, can_share
from belisha.photos.actions import albums, pictures
from belisha.photos.asking import Decisions, ask
from belisha.photos.forms import AlbumForm, PartForm
from belisha.photos.imaging.film.limits import SAID_BEFORE
from belisha.photos.imaging.unreadable import Unreadable
from belisha.photos.models import Album, Photo
from belisha.photos.rules import Light
from belisha.photos.views.finding import album_of, photos_of, purpose_of
from belisha.photos.views.strip import strip_of
from belisha.photos.views.zipping import zip_response
from belisha.policy.models import Purpose

# A disk that is full, as files and as the database say it. Neither lets anything half done stand.
FULL = (OSError, OperationalError)


@open_to_staff
@require_GET
def index(request: SignedIn) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    found = Album.objects.visible_to(request.user).select_related("school_class")
    if words:
        found = found.filter(
            Q(title__icontains=words)
            | Q(event__icontains=words)
            | Q(school_class__name__icontains=words)
        )
    found = found.with_waiting().annotate(pictures=Count("photos", distinct=True))
    context = {
        "albums": found[:200],
        "words": words,
        "sees_recalls": sees_whole_school(request.user),
    }
    return render(request, "photos/albums.html", context)


@open_to_staff
@require_http_methods(["GET", "POST"])
def new(request: SignedIn) -> HttpResponse:
    form = AlbumForm(
        request.POST or None, user=request.user, initial={"taken_on": timezone.localdate()}
    )
    if form.is_valid():
        album = albums.make(**form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("album", album.ref)
    context = {"form": form, "title": "New album", "act": "Make the album", "back": "albums"}
    return render(request, "photos/album_form.html", context, status=422 if form.errors else 200)


@open_to_staff
@require_http_methods(["GET", "POST"])
def change(request: SignedIn, ref: str) -> HttpResponse:
    album = album_of(request, ref)
    form = AlbumForm(request.POST or None, instance=album, user=request.user)
    if form.is_valid():
        albums.change(form.save(commit=False), by=request.user, at=timezone.now())
        messages.success(request, "Saved.")
        return redirect("album", album.ref)
    context = {"form": form, "title": "Change the album", "act": "Save", "album": album}
    return render(request, "photos/album_form.html", context, status=422 if form.errors else 200)


@open_to_staff
@require_http_methods(["GET", "POST"])
def remove(request: SignedIn, ref: str) -> HttpResponse:
    album = album_of(request, ref)
    count, error = Photo.objects.filter(album=album).count(), ""
    if request.method == "POST":
        if request.POST.get("name", "").strip() == album.title:
            gone = albums.remove(album, by=request.user, at=timezone.now())
            messages.success(
                request,
                f"The album is gone, with {_pictures(count)}. Backups may hold it until "
                f"{gone.backups_until:%-d %B %Y}.",
            )
            return redirect("albums")
        error = f"Type {album.title} to remove it"
    context = {
        "title": "Remove this album",
        "words": f"The album {album.title} and {_pictures(count)} in it will be removed.",
        "act": "Remove the album",
        "back_url": reverse("album", args=[ref]),
        "typed_name": album.title,
        "error": error,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context, status=422 if error else 200)


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"


@dataclass(frozen=True)
class Use:
    """What an album's pictures come to for one purpose."""

    purpose: Purpose
    lights: Counter[Light]

    @property
    def as_is(self) -> int:
        return self.lights[Light.AS_IS]

    @property
    def hidden(self) -> int:
        return self.lights[Light.SAFE_COPY]

    @property
    def waiting(self) -> int:
        return self.lights[Light.WAITS]

    @property
    def not_used(self) -> int:
        return self.lights[Light.NO]

    @property
    def ready(self) -> int:
        return self.as_is + self.hidden


def _uses(purposes: list[Purpose], decisions: Decisions) -> list[Use]:
    return [
        Use(purpose, Counter(by_key[purpose.key].light for by_key in decisions.values()))
        for purpose in purposes
    ]


@open_to_staff
@require_GET
def album(request: SignedIn, ref: str) -> HttpResponse:
    shown = album_of(request, ref)
    photos = list(photos_of(shown))
    purposes = list(Purpose.objects.in_use())
    decisions = ask(photos, purposes, on=timezone.localdate())
    context = {
        "album": shown,
        "uses": _uses(purposes, {one.pk: decisions[one.pk] for one in photos if not one.is_clip}),
        "has_clips": any(one.is_clip for one in photos),
        "unwiped": _unwiped(shown),
        "can_remove": can_remove(request.user, shown),
        "can_share": can_share(request.user, shown),
        "clip_limits": SAID_BEFORE,
        "refused": shown.refused.all()[:20],
        **_film(photos),
    }
    return render(request, "photos/album.html", context)


def _unwiped(album: Album) -> Device | None:
    """The device of an album, while its pictures may still lie in its memory (P.ii)."""
    device: Device | None = album.from_device
    return device if device and debts([device]) else None


def _film(photos: list[Photo]) -> dict[str, Any]:
    """What the strip of pictures needs; `busy` while faces are still looked for."""
    frames = strip_of(photos)
    looking = sum(photo.faces_found_at is None for photo in photos)
    return {
        "photos": photos,
        "strip": frames,
        "busy": looking > 0,
        "looked": len(photos) - looking,
        "next": next((frame for frame in frames if frame.light == "ask"), None),
        "to_do": sum(frame.light == "ask" for frame in frames),
    }


@open_to_staff
@require_POST
def add(request: SignedIn, ref: str) -> HttpResponse:
    """The plain form: several whole files at once, for browsers without scripts."""
    shown, count = album_of(request, ref), Counter[str]()
    for file in request.FILES.getlist("pictures"):
        try:
            added = pictures.add(
                shown, file.read(), name=file.name or "", by=request.user, at=timezone.now()
            )
            count["already" if added.already else "new"] += 1
        except Unreadable as error:
            messages.error(request, f"{file.name}: {error.sentence}")
        except FULL:
            context = {"album": shown, "name": file.name, "added": _pictures(count["new"])}
            return render(request, "photos/no_room.html", context, status=507)
    if count["new"]:
        messages.success(request, f"{_pictures(count['new'])} added.")
    if count["already"]:
        messages.info(request, f"{_pictures(count['already'])} already here.")
    return redirect("album", ref)


@open_to_staff
@require_http_methods(["GET", "POST"])
def parts(request: SignedIn, ref: str) -> HttpResponse:
    """Files that come in parts. The contract stands at the top of static/js/upload.js."""
    shown = album_of(request, ref)
    if request.method == "GET":
        token = request.GET.get("upload", "")
        return JsonResponse({"received": pictures.received(shown, token, by=request.user)})
    form = PartForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse(
            {"message": "This file did not arrive as it should. Try it again."}, status=400
        )
    said = form.cleaned_data
    try:
        result = pictures.receive(
            shown,
            said["part"].read(),
            token=said["upload"],
            name=said["name"],
            size=said["size"],
            offset=said["offset"],
            by=request.user,
            at=timezone.now(),
        )
    except Unreadable as error:
        return JsonResponse({"done": True, "status": "refused", "message": error.sentence})
    except FULL:  # nothing was kept; the browser tries again
        return JsonResponse(
            {"message": "There is no room to keep it. Tell the office."}, status=507
        )
    if isinstance(result, int):
        return JsonResponse({"received": result})
    url = reverse("picture", args=[result.photo.ref])
    return JsonResponse(
        {"done": True, "status": "already-here" if result.already else "added", "url": url}
    )


@open_to_staff
@require_POST
def download(request: SignedIn, ref: str) -> StreamingHttpResponse:
    """Every picture that may go for a purpose, in one file that is made while it is read."""
    shown, purpose = album_of(request, ref), purpose_of(request.POST.get("purpose", ""))
    return zip_response(shown, purpose, request.user)


@open_to_staff
@require_GET
def answers_sheet(request: SignedIn, ref: str) -> HttpResponse:
    """The album's lights and reasons as a table for a spreadsheet."""
    shown = album_of(request, ref)
    photos, purposes = list(photos_of(shown)), list(Purpose.objects.in_use())
    decisions = ask(photos, purposes, on=timezone.localdate())
    rows: list[list[object]] = [["Picture", "Use", "Answer", "Clauses", "Reasons"]]
    for number, photo in enumerate(photos, start=1):
        for purpose in purposes:
            decision = decisions[photo.pk][purpose.key]
            reasons = decision.verdict.reasons
            clauses = ", ".join(dict.fromkeys(reason.clause for reason in reasons))
            said = "; ".join(reason.text for reason in reasons)
            rows.append([number, purpose.name, decision.words, clauses, said])
    return as_csv("album", rows)
