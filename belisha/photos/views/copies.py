"""Pages of safe copies: made for one purpose, looked at, downloaded."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.people.access import SignedIn, open_to_staff
from belisha.photos.actions import copies, covering
from belisha.photos.asking import ask_one
from belisha.photos.models import CoveredClip, SafeCopy
from belisha.photos.views.finding import copy_of, photo_of, purpose_of, request_of
from belisha.photos.views.pictures import Place, jpeg
from belisha.photos.views.playing import mp4

PREVIEW = 1600  # pixels on the longest side


@open_to_staff
@require_POST
def make(request: SignedIn, ref: str) -> HttpResponse:
    photo = photo_of(request, ref)
    key, _, asked_ref = request.POST.get("purpose", "").partition(":")
    purpose, asked = purpose_of(key), request_of(photo, asked_ref)
    now, today = timezone.now(), timezone.localdate()
    try:
        sound = "sound" in request.POST if photo.is_clip else None
        copy = copies.make(
            photo, purpose, by=request.user, at=now, on=today, request=asked, sound=sound
        )
    except copies.NotNow as no:
        context = {"photo": photo, "place": Place(purpose, no.decision, asked)}
        return render(request, "photos/not_now.html", context, status=409)
    return redirect("copy", copy.ref)


@open_to_staff
@require_GET
def copy(request: SignedIn, ref: str) -> HttpResponse:
    shown, today = copy_of(request, ref), timezone.localdate()
    decision = ask_one(shown.photo, shown.purpose, on=today, request=shown.request)
    place = Place(shown.purpose, decision, shown.request)
    if not copies.is_still_right(shown, on=today):
        context = {"photo": shown.photo, "place": place, "copy": shown}
        return render(request, "photos/not_now.html", context, status=410)
    context = {"copy": shown, "place": place}
    if shown.photo.is_clip:
        context["covered"] = _covered(shown, request, keep=False)
    return render(request, "photos/copy.html", context)


@open_to_staff
@require_GET
def file(request: SignedIn, ref: str) -> HttpResponse:
    """The copy's bytes, decided at this moment: shown on the page, or to keep."""
    shown, today = copy_of(request, ref), timezone.localdate()
    keep = "keep" in request.GET
    if shown.photo.is_clip:
        raise Http404
    try:
        data = copies.give(
            shown,
            by=request.user,
            at=timezone.now(),
            on=today,
            longest=None if keep else PREVIEW,
        )
    except copies.NotNow as no:
        place = Place(shown.purpose, no.decision, shown.request)
        context = {"photo": shown.photo, "place": place, "copy": shown}
        return render(request, "photos/not_now.html", context, status=410)
    return jpeg(data, attach=keep)


@open_to_staff
@require_GET
def clip(request: SignedIn, ref: str) -> HttpResponseBase:
    """The covered clip, decided at this moment: played on the page, or to keep."""
    shown, keep = copy_of(request, ref), "keep" in request.GET
    if not shown.photo.is_clip:
        raise Http404
    try:
        covered = _covered(shown, request, keep=keep)
    except copies.NotNow as no:
        context = {
            "photo": shown.photo,
            "place": Place(shown.purpose, no.decision, shown.request),
            "copy": shown,
        }
        return render(request, "photos/not_now.html", context, status=410)
    if covered.made_at is None:
        raise Http404
    return mp4(
        covering.pieces(covered),
        request,
        school=shown.school,
        attach=keep,
        still=lambda: copies.is_still_right(shown, on=timezone.localdate()),
    )


def _covered(copy: SafeCopy, request: SignedIn, *, keep: bool) -> CoveredClip:
    return copies.give_clip(
        copy, by=request.user, at=timezone.now(), on=timezone.localdate(), keep=keep
    )
