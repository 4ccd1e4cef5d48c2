"""The school's own gallery, open to anyone: each picture is decided at each request.

No name stands in it, and nothing leads from it into the school. What a browser keeps it keeps for a
minute at most, so that a picture that was taken back is gone from there within that minute.
"""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
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
from belisha.photos.showing import Placed, placed, with_all
from belisha.photos.views.pictures import jpeg

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
    """The same as JSON Feed 1.1: `items`, each with `id`, `image`, `summary` and `content_text`."""
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
    """The bytes of one picture, asked about before they are made and once more after."""
    place = _place(token)
    with scope(school=place.school):
        on = timezone.localdate()
        row = Publication.objects.served(on).filter(selection__place=place, ref=ref).first()
        if row is None:
            raise Http404
        try:
            response = jpeg(publications.serve(row, on=on))
        except publications.NotThere as no:
            raise Http404 from no
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return _open(response)


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
    return page, [one for one in placed(list(page.object_list), on=on) if one.right]


def _item(request: HttpRequest, place: Place, one: Placed) -> dict[str, str]:
    row = one.publication
    url = request.build_absolute_uri(reverse("gallery-picture", args=[place.token, row.ref]))
    return {
        "id": row.ref,
        "image": url,
        "summary": row.alt,
        "content_text": row.caption or row.alt,
    }


def _open(response: HttpResponse) -> HttpResponse:
    """Anyone may see it; nobody keeps it longer than a minute."""
    patch_cache_control(response, public=True, max_age=60)
    return response
