"""Pages of the places where pictures go: added, changed, closed, and what is there."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, open_to_staff
from belisha.people.acting import acted, ask, asks, confirm, done, posted
from belisha.people.rules import LEADERS, Role
from belisha.people.sheets import sheet
from belisha.photos.access import can_keep_places
from belisha.photos.actions import places as acts
from belisha.photos.models import Place, Publication
from belisha.photos.place_forms import PlaceForm
from belisha.photos.rules import PlaceKind
from belisha.photos.showing import placed, with_all

KEEPERS = (*LEADERS, Role.OFFICE)
AT_ONCE = 30
SHEET = (
    *("place", "kind", "served by us", "account", "issue of", "purpose", "looked after by"),
    *("days that a picture stays", "how it comes down", "added", "closed"),
)


@open_to_staff
@require_GET
def places(request: SignedIn) -> HttpResponse:
    """Where pictures go: the open places by kind, the closed ones below."""
    rows = Place.objects.select_related("keeper", "account", "purpose")
    context = {
        "open": rows.open(),
        "closed": rows.exclude(closed_at=None),
        "kinds": list(PlaceKind),
        "can_keep": can_keep_places(request.user),
    }
    return render(request, "photos/places.html", context)


@open_to_staff
@after_fresh_sign_in
@require_GET
def places_csv(request: SignedIn) -> HttpResponse:
    rows = [
        [
            *(one.name, one.what.label, "yes" if one.in_our_hands else "", one.account or ""),
            *(one.goes_out_on or "", one.purpose, one.keeper.name, one.stays, one.how_down),
            timezone.localdate(one.made_at),
            timezone.localdate(one.closed_at) if one.closed_at else "",
        ]
        for one in Place.objects.select_related("keeper", "account", "purpose")
    ]
    return sheet(request, "places", SHEET, rows)


@open_to_staff
@require_GET
def place(request: SignedIn, ref: str) -> HttpResponse:
    """One place, and each picture that is there or was, with its light of this moment."""
    row, on = _place(ref), timezone.localdate()
    rows = Publication.objects.visible_to(request.user).published().filter(selection__place=row)
    page = Paginator(with_all(rows).order_by("-id"), AT_ONCE).get_page(request.GET.get("page"))
    context = {
        "place": row,
        "page": page,
        "placed": placed(list(page.object_list), on=on),
        "can_keep": can_keep_places(request.user),
        "gallery": request.build_absolute_uri(reverse("gallery", args=[row.token])),
        "feed": request.build_absolute_uri(reverse("gallery-feed", args=[row.token])),
    }
    return render(request, "photos/place.html", context)


@open_to(*KEEPERS)
@asks
def add(request: SignedIn, kind: str) -> HttpResponse:
    """Add a place of one kind."""
    if kind not in set(PlaceKind):
        raise Http404
    what = PlaceKind(kind)
    form = PlaceForm(posted(request), kind=what)
    row = done(
        request,
        form,
        lambda: acts.add_place(
            request.school, what, **form.cleaned_data, by=request.user, at=timezone.now()
        ),
        "The place is added.",
    )
    if row:
        return redirect("place", row.ref)
    title, back = f"Add a place: {what.label}", reverse("places")
    return ask(request, form, title=title, act="Add it", back=back, above="Places")


@open_to(*KEEPERS)
@asks
def change(request: SignedIn, ref: str) -> HttpResponse:
    row = _place(ref)
    form = PlaceForm(posted(request), kind=row.what, place=row)
    changed = done(
        request,
        form,
        lambda: acts.change_place(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        "The change is kept.",
    )
    if changed:
        return redirect("place", ref)
    back = reverse("place", args=[ref])
    return ask(request, form, title="Change the place", act="Save", back=back, above=row.name)


@open_to(*KEEPERS)
@asks
def close(request: SignedIn, ref: str) -> HttpResponse:
    """Nothing goes there any more; what is there must come down."""
    row, back = _place(ref), reverse("place", args=[ref])
    if request.method == "POST":
        return acted(
            request,
            lambda: acts.close_place(row, by=request.user, at=timezone.now()),
            back,
            "The place is closed.",
        )
    words = (
        "Nobody sees a picture there any more."
        if row.in_our_hands
        else (
            "Every picture that left for it must be taken down there. "
            "Whoever looks after it is told."
        )
    )
    return confirm(
        request, title=f"Close {row.name}", words=words, act="Close it", back=back, danger=True
    )


def _place(ref: str) -> Place:
    rows = Place.objects.select_related("keeper", "account", "purpose", "school")
    row: Place = get_object_or_404(rows, ref=ref)
    return row
