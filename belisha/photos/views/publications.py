"""The register of what is where; taking copies along, taking pictures off, writing down that they
are down."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, open_to_staff, require
from belisha.people.acting import acted, ask, asks, confirm, done, posted
from belisha.people.models import Pupil
from belisha.people.rules import SEES_WHOLE_SCHOOL
from belisha.people.sheets import sheet as as_sheet
from belisha.photos.access import can_take_down
from belisha.photos.actions import covering
from belisha.photos.actions import publications as acts
from belisha.photos.ledger import ledger_of
from belisha.photos.models import Publication, PublicationQuerySet
from belisha.photos.place_forms import PublicationsForm, TakeDownForm
from belisha.photos.showing import placed, with_all
from belisha.photos.views.pictures import jpeg
from belisha.photos.views.playing import mp4
from belisha.photos.views.selections import publication_of

AT_ONCE = 40
COLUMNS = (
    *("place", "kind", "set", "picture", "caption", "from", "until", "published", "by"),
    *("left", "where", "taken off", "may be there today", "why not"),
)


@open_to_staff
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """Everything that was published, the newest first, with its light of this moment."""
    form, rows = _listed(request)
    page = Paginator(rows, AT_ONCE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "placed": placed(list(page.object_list), on=timezone.localdate()),
        "query": query.urlencode(),
        "can_export": not request.user.roles.isdisjoint(SEES_WHOLE_SCHOOL),
    }
    return render(request, "photos/publications.html", context)


@open_to(*SEES_WHOLE_SCHOOL)
@after_fresh_sign_in
@require_GET
def sheet(request: SignedIn) -> HttpResponse:
    """The same as a sheet. No child is named in it."""
    _, rows = _listed(request)
    found = placed(list(rows), on=timezone.localdate())
    lines = [
        [
            *(row.place.name, row.place.what.label, of.title, row.position, row.caption),
            *(of.from_on, of.until_on, _day(of.published_at), of.published_by or ""),
            *(_day(row.left_at), row.where, _day(row.ended_at)),
            *("yes" if one.right else "no", "" if one.right else one.why),
        ]
        for one in found
        for row, of in [(one.publication, one.publication.selection)]
    ]
    return as_sheet(request, "publications", COLUMNS, lines)


@open_to_staff
@require_POST
def take(request: SignedIn, ref: str) -> HttpResponseBase:
    """One copy in full size, to be put up elsewhere; that it left is remembered."""
    row, on = publication_of(request, ref), timezone.localdate()
    try:
        if row.photo and row.photo.is_clip:
            covered = acts.take_clip(row, by=request.user, at=timezone.now(), on=on)
            pieces = covering.pieces(covered)
            return mp4(pieces, request, school=request.school, attach=True)
        data = acts.take(row, by=request.user, at=timezone.now(), on=on)
    except acts.NotThere as no:
        context = {"publication": row, "why": str(no)}
        return render(request, "photos/not_there.html", context, status=410)
    return jpeg(data, attach=True)


@open_to_staff
@asks
def end(request: SignedIn, ref: str) -> HttpResponse:
    """Take a picture off before its last day."""
    row = publication_of(request, ref)
    require(can_take_down(request.user, row))
    back = reverse("selection", args=[row.selection.ref])
    if request.method == "POST":
        return acted(
            request,
            lambda: acts.end(row, by=request.user, at=timezone.now()),
            back,
            "It is taken off.",
        )
    ours = row.place.in_our_hands
    words = (
        "Nobody sees it there from this moment."
        if ours
        else "It must then be taken down there. Write down when that is done."
    )
    title = f"Take this picture off {row.place.name}"
    return confirm(
        request, title=title, words=f"{words} It does not come back.", act="Take it off", back=back
    )


@open_to_staff
@asks
def take_down(request: SignedIn, ref: str) -> HttpResponse:
    """Write down that it is down there, or that it cannot be called back, and how one knows."""
    row = publication_of(request, ref)
    require(can_take_down(request.user, row))
    form = TakeDownForm(posted(request), initial={"happened_on": timezone.localdate()})
    noted = done(
        request,
        form,
        lambda: acts.take_down(row, **form.cleaned_data, by=request.user, at=timezone.now()),
        "Written down.",
    )
    if noted:
        return redirect("recalls")
    return ask(
        request,
        form,
        title=f"Taken down: {row.place.name}",
        act="Write it down",
        back=reverse("recalls"),
        above="To be taken down",
        words=row.place.how_down or f"{row.selection.title}. {row.caption}".strip(),
    )


@open_to_staff
@require_GET
def child_places(request: SignedIn, pk: int) -> HttpResponse:
    """The ledger of places of one child."""
    child = get_object_or_404(Pupil.objects.visible_to(request.user), pk=pk)
    entries, further = ledger_of(
        child,
        on=timezone.localdate(),
        reader=request.user,
        before=request.GET.get("before", ""),
    )
    seen = set(
        Publication.objects.visible_to(request.user)
        .filter(pk__in=[one.publication.pk for one in entries])
        .values_list("pk", flat=True)
    )
    entries = [one for one in entries if one.publication.pk in seen]
    context = {"child": child, "entries": entries, "further": further}
    return render(request, "photos/child_places.html", context)


def _listed(request: SignedIn) -> tuple[PublicationsForm, PublicationQuerySet]:
    form = PublicationsForm(request.GET)
    rows = with_all(Publication.objects.visible_to(request.user).published()).select_related(
        "selection__published_by"
    )
    chosen: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if place := chosen.get("place"):
        rows = rows.filter(selection__place=place)
    if words := chosen.get("q"):
        rows = rows.saying(words)
    return form, rows.order_by("-id")


def _day(at: Any) -> Any:
    return timezone.localdate(at) if at else ""
