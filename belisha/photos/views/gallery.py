"""The school's own gallery, open to anyone: each picture and clip is decided at each request.

No name stands in it, and nothing leads from it into the school. What a browser keeps it keeps for a
minute at most, so that a picture that was taken back is gone from there within that minute. Of a
clip it keeps nothing: each part that is played, and each jump, is asked for anew.
"""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe
from django_scopes import scope, scopes_disabled

from belisha.people.access import open_to_anyone
from belisha.photos.actions import publications
from belisha.photos.models import Place, Publication
from belisha.photos.rules import PlaceKind
from belisha.photos.showing import Placed, with_all
from belisha.photos.views.pictures import jpeg
from belisha.photos.views.playing import play

AT_ONCE = 24
JSON_FEED = "https://jsonfeed.org/version/1.1"  # names the form; it is never fetched


@open_to_anyone  # the token is the address that the school gives to its website
@xframe_options_exempt  # the policy of frame-ancestors below says who may embed it
@require_safe
def gallery(request: HttpRequest, token: str) -> HttpResponse:
    """The pictures as a plain page, to be looked at or embedded."""
    place = _place(token)
    with scope(school=place.school):
        page, shown = _shown(place, request)
        context = {"place": place, "page": page, "shown": shown, "school": place.school}
        response = render(request, "photos/gallery.html", context)
    csp_replace({"frame-ancestors": place.sites or [SELF]})(lambda request: response)(request)
    return _open(response)


@open_to_anyone
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The same as JSON Feed 1.1: `items`, each with `id`, `image`, `summary` and `content_text`.

    `_belisha` says of each its `kind`, picture or clip. A clip is in `attachments`, and `image` is
    its poster.
    """
    place = _place(token)
    with scope(school=place.school):
        page, shown = _shown(place, request)
        items = [_item(request, place, one) for one in shown]
    said: dict[str, Any] = {"version": JSON_FEED, "title": place.name, "items": items}
    if page.has_next():
        there = reverse("gallery-feed", args=[token])
        said["next_url"] = request.build_absolute_uri(f"{there}?page={page.next_page_number()}")
    response = JsonResponse(said, content_type="application/feed+json")
    response["Access-Control-Allow-Origin"] = "*"  # it holds what anyone may see
    return _open(response)


@open_to_anyone
@require_safe
def picture(request: HttpRequest, token: str, ref: str) -> HttpResponse:
    """The bytes of one picture, asked about before they are made and once more after.

    Of a clip it is the poster: its first picture, covered as the clip is.
    """
    place = _place(token)
    with scope(school=place.school):
        on = timezone.localdate()
        try:
            response = jpeg(publications.serve(_served(place, ref), on=on))
        except publications.NotThere as no:
            raise Http404 from no
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _open(response)


@open_to_anyone
@require_safe
def clip(request: HttpRequest, token: str, ref: str) -> HttpResponseBase:
    """A clip or the part of it that a player asks for, asked about at each."""
    place = _place(token)
    with scope(school=place.school):
        row = _served(place, ref)
        response = play(
            request,
            lambda: publications.serve_clip(row, on=timezone.localdate()),
            school=place.school,
        )
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _served(place: Place, ref: str) -> Publication:
    rows = Publication.objects.served(timezone.localdate()).filter(selection__place=place)
    row: Publication = get_object_or_404(rows, ref=ref)
    return row


def _place(token: str) -> Place:
    with scopes_disabled():  # nobody is signed in: the token says which school it is
        rows = Place.objects.open().filter(in_our_hands=True, kind=PlaceKind.WEBSITE)
        place: Place | None = rows.select_related("school").filter(token=token).first()
    if place is None:
        raise Http404
    return place


def _shown(place: Place, request: HttpRequest) -> tuple[Any, list[Placed]]:
    on = timezone.localdate()
    rows = with_all(Publication.objects.served(on).filter(selection__place=place))
    newest = rows.order_by("-selection__from_on", "-selection_id", "position", "id")
    page = Paginator(newest, AT_ONCE).get_page(request.GET.get("page"))
    return page, publications.served(list(page.object_list), on=on)


def _item(request: HttpRequest, place: Place, one: Placed) -> dict[str, Any]:
    row, there = one.publication, [place.token, one.publication.ref]
    said: dict[str, Any] = {
        "id": row.ref,
        "image": request.build_absolute_uri(reverse("gallery-picture", args=there)),
        "summary": row.alt,
        "content_text": row.caption or row.alt,
        "_belisha": {"kind": "picture"},
    }
    if row.photo and row.photo.is_clip:
        url = request.build_absolute_uri(reverse("gallery-clip", args=there))
        film = {"url": url, "mime_type": "video/mp4", "title": row.alt}
        said["attachments"] = [film | {"duration_in_seconds": round(row.photo.seconds or 0, 1)}]
        said["_belisha"] = {"kind": "clip", "poster": said["image"]}
    return said


def _open(response: HttpResponse) -> HttpResponse:
    """Anyone may see it; nobody keeps it longer than a minute."""
    patch_cache_control(response, public=True, max_age=60)
    return response
