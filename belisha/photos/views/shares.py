"""Pages for staff: pictures shown to families or in school, until a day; guests who may look."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.people.access import (
    SignedIn,
    after_fresh_sign_in,
    can_invite_guests,
    open_to,
    open_to_staff,
    require,
)
from belisha.people.models import GuestPass, Pupil
from belisha.people.rules import Role
from belisha.people.sheets import sheet as as_sheet
from belisha.photos.access import can_end_share, can_share
from belisha.photos.actions import covering, shares
from belisha.photos.models import Album, Face, GuestLook, Share, ShareQuerySet
from belisha.photos.rules import Viewers
from belisha.photos.shared import seen_in_school
from belisha.photos.sharing_forms import GuestLookForm, ShareForm, purposes_for
from belisha.photos.views.choosing import Choice, choices, chosen_of, refs_in
from belisha.photos.views.finding import album_of
from belisha.policy.models import Purpose

ON_A_PAGE = 50
COLUMNS = ("title", "album", "for whom", "purpose", "from", "until", "shared", "by", "state")


@open_to_staff
@require_http_methods(["GET", "POST"])
def new(request: SignedIn, ref: str) -> HttpResponse:
    """Which pictures, for whom, until when."""
    album = album_of(request, ref)
    require(can_share(request.user, album))
    words = request.POST.get("viewers") or request.GET.get("viewers") or ""
    viewers = Viewers(words) if words in set(Viewers) else Viewers.FAMILIES
    return _edit(request, album, viewers, None)


@open_to_staff
@require_http_methods(["GET", "POST"])
def change(request: SignedIn, ref: str) -> HttpResponse:
    row = _share_of(request, ref)
    require(can_end_share(request.user, row))
    return _edit(request, row.album, row.who, row)


def _edit(request: SignedIn, album: Album, viewers: Viewers, row: Share | None) -> HttpResponse:
    today, sent = timezone.localdate(), request.method == "POST"
    purposes = [row.purpose] if row else purposes_for(viewers)
    key = request.POST.get("for") or request.GET.get("for")
    purpose = next((one for one in purposes if one.key == key), purposes[0] if purposes else None)
    if purpose is None:
        messages.error(request, "The school shows no pictures for this now.")
        return redirect("album", album.ref)
    chosen = refs_in(request.POST, sent=sent)
    if row and not sent:
        chosen = set(row.pictures.values_list("photo__ref", flat=True))
    some = choices(album, purpose, on=today, chosen=chosen)
    initial: dict[str, object] = {"title": album.title}
    if row:
        initial = {"title": row.title, "from_on": row.from_on, "until_on": row.until_on}
    typed = request.POST if sent else None
    form = ShareForm(typed, today=today, names=_names_in(album), initial=initial)
    if form.is_valid() and (made := _keep(request, album, viewers, purpose, row, form, some)):
        return redirect("share", made.ref)
    context = {
        "album": album,
        "form": form,
        "viewers": viewers,
        "all_viewers": list(Viewers),
        "purposes": purposes,
        "purpose": purpose,
        "share": row,
        "allowed": [one for one in some if one.allowed],
        "left_out": [one for one in some if not one.allowed],
    }
    return render(request, "photos/share_edit.html", context, status=422 if form.errors else 200)


def _keep(
    request: SignedIn,
    album: Album,
    viewers: Viewers,
    purpose: Purpose,
    row: Share | None,
    form: ShareForm,
    some: list[Choice],
) -> Share | None:
    """Share or change it; None with the reason on the form."""
    photos = [photo for _, photo in chosen_of(some)]
    said = {**form.cleaned_data, "by": request.user, "at": timezone.now()}
    try:
        if row:
            shares.change(row, photos, **said)
        else:
            row = shares.share(album, photos, viewers=viewers, purpose=purpose, **said)
    except shares.NotShared as error:
        form.add_error(None, str(error))
        return None
    return row


def _names_in(album: Album) -> frozenset[str]:
    """First and last names of the children in the pictures: none of them stands in a title."""
    faces = Face.objects.present().filter(photo__album=album)
    pupils = Pupil.objects.filter(pk__in=faces.values("pupil"))
    return frozenset(
        word.casefold()
        for names in pupils.values_list("first_name", "known_as", "last_name")
        for name in names
        for word in name.split()
    )


@open_to_staff
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """What is shown to families and in school, and what was."""
    today, state = timezone.localdate(), request.GET.get("state", "now")
    page = Paginator(_found(request, state), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "shares": [(row, _state(row)) for row in page],
        "state": state,
        "states": {"now": "Now", "over": "Over", "all": "All"},
        "today": today,
    }
    return render(request, "photos/shares.html", context)


def _found(request: SignedIn, state: str) -> ShareQuerySet:
    seen = Share.objects.visible_to(request.user)
    found: ShareQuerySet = seen.select_related("album", "purpose", "shared_by")
    now = found.filter(ended_at=None, until_on__gte=timezone.localdate())
    if state == "over":
        return found.exclude(pk__in=now.values("pk"))
    return found if state == "all" else now


def _state(row: Share) -> tuple[str, str]:
    """The light and the word for a share."""
    today = timezone.localdate()
    if row.ended_at:
        return "quiet", "Ended"
    if row.until_on < today:
        return "quiet", "Over"
    return ("yes", "Shown now") if row.from_on <= today else ("info", "Not yet")


@open_to_staff
@after_fresh_sign_in
@require_GET
def sheet(request: SignedIn) -> HttpResponse:
    """The same as a table for a spreadsheet."""
    rows = [
        [
            row.title,
            row.album.title,
            row.who.label,
            row.purpose.name,
            row.from_on,
            row.until_on,
            timezone.localdate(row.shared_at),
            row.shared_by.name,
            _state(row)[1],
        ]
        for row in _found(request, "all")
    ]
    return as_sheet(request, "shared", COLUMNS, rows)


@open_to_staff
@require_GET
def share(request: SignedIn, ref: str) -> HttpResponse:
    """One share: which pictures, how each stands now, who may look."""
    row, today = _share_of(request, ref), timezone.localdate()
    chosen = set(row.pictures.values_list("photo__ref", flat=True))
    some = [one for one in choices(row.album, row.purpose, on=today, chosen=chosen) if one.chosen]
    looks = GuestLook.objects.filter(share=row, ended_at=None).select_related("guest")
    context = {
        "share": row,
        "state": _state(row),
        "pictures": some,
        "can_end": can_end_share(request.user, row),
        "is_over": row.is_over(today),
        "in_school": row.who is Viewers.SCHOOL,
        "looks": looks,
        "can_invite": can_invite_guests(request.user),
        "seen_now": len(seen_in_school(list(row.pictures.all()), on=today)),
        "clips": covering.progress_of(row, on=today),
        "today": today,
    }
    return render(request, "photos/share.html", context)


@open_to_staff
@require_POST
def end(request: SignedIn, ref: str) -> HttpResponse:
    shares.end(_share_of(request, ref), by=request.user, at=timezone.now())
    messages.success(request, "Nobody sees it any more.")
    return redirect("share", ref)


@open_to_staff
@require_POST
def resume(request: SignedIn, ref: str) -> HttpResponse:
    shares.resume(_share_of(request, ref), by=request.user, at=timezone.now())
    messages.success(request, "It is shown again, until its last day.")
    return redirect("share", ref)


@open_to(Role.HEAD)
@require_http_methods(["GET", "POST"])
def let_guest(request: SignedIn, ref: str) -> HttpResponse:
    """Let a guest look at what is shown in school."""
    row, now = _share_of(request, ref), timezone.now()
    live = GuestPass.objects.live(now)
    form = GuestLookForm(
        request.POST or None,
        guests=live,
        today=timezone.localdate(now),
        initial={"until_on": row.until_on},
    )
    if form.is_valid():
        try:
            shares.let_guest_look(row, **form.cleaned_data, by=request.user, at=now)
        except shares.NotShared as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "They may look. Each look is written down.")
            return redirect("share", ref)
    context = {"share": row, "form": form, "guests": live}
    return render(request, "photos/share_guest.html", context, status=422 if form.errors else 200)


@open_to(Role.HEAD)
@require_POST
def end_guest(request: SignedIn, pk: int) -> HttpResponse:
    looks = GuestLook.objects.select_related("share")
    look: GuestLook = get_object_or_404(looks, pk=pk)
    shares.end_guest_look(look, by=request.user, at=timezone.now())
    messages.success(request, "They see it no more.")
    return redirect("share", look.share.ref)


def _share_of(request: SignedIn, ref: str) -> Share:
    found = Share.objects.visible_to(request.user)
    row: Share = get_object_or_404(
        found.select_related("album__school_class", "purpose", "shared_by", "ended_by"), ref=ref
    )
    return row
