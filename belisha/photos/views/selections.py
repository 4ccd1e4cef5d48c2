"""Pages on which pictures are chosen for a place, worded, put before the head, and published."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from belisha.people.access import SignedIn, open_to_staff, require
from belisha.people.acting import acted, asks, posted
from belisha.photos.access import can_handle, can_publish
from belisha.photos.actions import publications, selections
from belisha.photos.actions.selections import Worded, all_placed
from belisha.photos.models import Album, CoveredClip, Place, Publication, Selection
from belisha.photos.place_forms import ChooseForm, SetForm, UpForm
from belisha.photos.publishing import needs_head
from belisha.photos.showing import head_says
from belisha.photos.views.finding import album_of, photos_of
from belisha.photos.views.pictures import jpeg
from belisha.photos.views.playing import play
from belisha.photos.views.strip import strip_of
from belisha.photos.views.taking import zip_of
from belisha.policy.approvals import WAIT
from belisha.policy.replies import clause_shown, own_clauses


@open_to_staff
@asks
def choose(request: SignedIn, ref: str) -> HttpResponse:
    """Tick pictures of an album, and say for which place."""
    album, today = album_of(request, ref), timezone.localdate()
    require(can_handle(request.user, album))
    photos = list(photos_of(album))
    wanted = request.POST.getlist("picture") or request.GET.getlist("picture")
    form = ChooseForm(posted(request), initial={"from_on": today})
    if form.is_valid():
        try:
            row = selections.choose(
                album,
                photos=[one for one in photos if one.ref in wanted],
                **form.cleaned_data,
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as why:
            form.add_error(None, why)
        else:
            return redirect("selection", row.ref)
    context = {
        "album": album,
        "strip": strip_of(photos),
        "wanted": wanted,
        "form": form,
        "has_places": Place.objects.open().exists(),
    }
    status = 422 if form.errors else 200
    return render(request, "photos/choose.html", context, status=status)


@open_to_staff
@asks
def selection(request: SignedIn, ref: str) -> HttpResponse:
    """One set of pictures as it would go or went: each picture with its words and its light."""
    row = _selection(request, ref)
    draft = not (row.published_at or row.dropped_at)
    may = can_publish(request.user, row)
    form = SetForm(posted(request), selection=row) if draft and may else None
    if form and form.is_valid():
        try:
            _write(row, form, request)
        except ValidationError as why:
            form.add_error(None, why)
        else:
            messages.success(request, "The words are kept.")
            return redirect("selection", ref)
    return _page(request, row, form)


def _refused_words(request: SignedIn, row: Selection) -> HttpResponse | None:
    """Keep the words that stand on the page before more is done with a draft; where they cannot be
    kept, answer the page that says why."""
    require(can_publish(request.user, row))
    if row.published_at or row.dropped_at:
        return None
    form = SetForm(request.POST, selection=row)
    if form.is_valid() and form.has_changed():
        try:
            _write(row, form, request)
        except ValidationError as why:
            form.add_error(None, why)
    return _page(request, row, form) if form.errors else None


def _write(row: Selection, form: SetForm, request: SignedIn) -> None:
    said = form.cleaned_data
    selections.write(
        row,
        {pk: Worded(said[f"caption_{pk}"], said[f"alt_{pk}"]) for pk in form.pictures},
        title=said["title"],
        words=said["words"],
        from_on=said["from_on"],
        until_on=said["until_on"],
        looked=said["looked"],
        by=request.user,
        at=timezone.now(),
    )


def _page(request: SignedIn, row: Selection, form: SetForm | None) -> HttpResponse:
    on, user = timezone.localdate(), request.user
    found = all_placed(row, on=on)
    clause, head = needs_head(row.place.what), head_says([row], on=on)[row.pk]
    context: dict[str, Any] = {
        "selection": row,
        "pictures": [(one, form.fields_of(one.publication) if form else ()) for one in found],
        "form": form,
        "draft": not (row.published_at or row.dropped_at),
        "can_publish": can_publish(user, row),
        "clause": clause_shown(clause, own_clauses(timezone.now())) if clause else "",
        "head": head,
        "may_ask": head is not None and head.remedy != WAIT,
        # Words are written first, and what is done with them stands below them.
        "fills": not clause or (head is not None and not head and head.remedy != WAIT),
        "sees_album": Album.objects.visible_to(user).filter(pk=row.album_id).exists(),
        "ready": any(one.right for one in found),
        "left": any(one.publication.left_at for one in found),
        "up": UpForm(),
    }
    status = 422 if form and form.errors else 200
    return render(request, "photos/selection.html", context, status=status)


@open_to_staff
@require_POST
def ask_head(request: SignedIn, ref: str) -> HttpResponse:
    """Put the set before the head, with the words as they stand on the page."""
    row = _selection(request, ref)
    if refused := _refused_words(request, row):
        return refused
    return acted(
        request,
        lambda: selections.ask(
            row,
            by=request.user,
            at=timezone.now(),
            on=timezone.localdate(),
            why=request.POST.get("why", "").strip()[:2000],
        ),
        reverse("selection", args=[ref]),
        "The head is asked. You are told by mail when there is an answer.",
    )


@open_to_staff
@require_POST
def publish(request: SignedIn, ref: str) -> HttpResponse:
    """Publish what may go; say what was left out, since a no came in between."""
    row = _selection(request, ref)
    if refused := _refused_words(request, row):
        return refused
    try:
        left_out = selections.publish(
            row, by=request.user, at=timezone.now(), on=timezone.localdate()
        )
    except ValidationError as why:
        messages.error(request, " ".join(why.messages))
        return redirect("selection", ref)
    messages.success(request, f"Published at {row.place.name}.")
    if left_out:
        count = len(left_out)
        words = "1 picture was" if count == 1 else f"{count} pictures were"
        why_not = "; ".join(sorted({one.why for one in left_out}))
        messages.warning(request, f"{words} left out: {why_not}.")
    return redirect("selection", ref)


@open_to_staff
@require_POST
def drop(request: SignedIn, ref: str) -> HttpResponse:
    row = _selection(request, ref)
    url = reverse("album", args=[row.album.ref]) if row.album else reverse("publications")
    return acted(
        request,
        lambda: selections.drop(row, by=request.user, at=timezone.now()),
        url,
        "The set is given up. The pictures are still in the album.",
    )


@open_to_staff
@require_POST
def take_out(request: SignedIn, ref: str) -> HttpResponse:
    """Take one picture out of a draft."""
    row = publication_of(request, ref)
    return acted(
        request,
        lambda: selections.take_out(row, by=request.user, at=timezone.now()),
        reverse("selection", args=[row.selection.ref]),
        "The picture is out of this set.",
    )


@open_to_staff
@require_POST
def note_up(request: SignedIn, ref: str) -> HttpResponse:
    """Write down where the copies are up: an address, an issue, a page."""
    row, form = _selection(request, ref), UpForm(request.POST)
    url = reverse("selection", args=[ref])
    if not form.is_valid():
        messages.error(request, "Say where they are up.")
        return redirect(url)
    return acted(
        request,
        lambda: publications.note_up(
            row, where=form.cleaned_data["where"], by=request.user, at=timezone.now()
        ),
        url,
        "Written down.",
    )


@open_to_staff
@require_POST
def take_all(request: SignedIn, ref: str) -> Any:
    """Every copy of a set that may leave now, as one file; that each left is remembered."""
    row = _selection(request, ref)
    require(can_publish(request.user, row))
    return zip_of(row, request.user)


@open_to_staff
@require_GET
def preview(request: SignedIn, ref: str) -> HttpResponse:
    """The picture as it would be seen there; of a clip its poster."""
    row = publication_of(request, ref)
    try:
        return jpeg(publications.preview(row, by=request.user, on=timezone.localdate()))
    except publications.NotThere:
        return HttpResponse(status=410)


@open_to_staff
@require_GET
def preview_clip(request: SignedIn, ref: str) -> HttpResponseBase:
    """The clip as it would be seen there."""
    row = publication_of(request, ref)
    if row.photo is None or not row.photo.is_clip:
        raise Http404

    def see() -> CoveredClip:
        now, today = timezone.now(), timezone.localdate()
        return publications.preview_clip(row, by=request.user, at=now, on=today)

    try:
        return play(request, see, school=request.school)
    except publications.NotThere:
        return HttpResponse(status=410)


def _selection(request: SignedIn, ref: str) -> Selection:
    rows = Selection.objects.visible_to(request.user).select_related(
        *("place__purpose", "place__account", "place__keeper", "album", "school"),
        *("made_by", "published_by", "dropped_by"),
    )
    row: Selection = get_object_or_404(rows, ref=ref)
    return row


def publication_of(request: SignedIn, ref: str) -> Publication:
    """The publication of an address, for someone who sees it."""
    rows = Publication.objects.visible_to(request.user).select_related(
        "selection__place__keeper", "selection__album", "photo"
    )
    row: Publication = get_object_or_404(rows, ref=ref)
    return row
