"""Pages of retention: how long what is kept, what is over, and that it was deleted."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from belisha.people.access import (
    SignedIn,
    after_fresh_sign_in,
    open_to,
    open_to_staff,
    require,
    sees_whole_school,
)
from belisha.people.rules import SAFEGUARDING, Role
from belisha.people.sheets import sheet as as_sheet
from belisha.photos.access import can_remove, can_set_periods
from belisha.photos.actions import retention as acts
from belisha.photos.models import Deletion, Period
from belisha.photos.overdue import albums_over, overdue, pictures_over
from belisha.photos.retention import Keeps, in_days, spoken
from belisha.photos.sharing_forms import KeepLongerForm, PeriodForm
from belisha.photos.views.finding import album_of

ON_A_PAGE = 50
COUNTS = ("albums", "pictures", "files", "records")
OF_PICTURES = (Keeps.KEPT_BACK, Keeps.LEAVERS)


@open_to_staff
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """What is over, as a list of proposals; and how long what is kept. Looking deletes nothing."""
    today, said = timezone.localdate(), Period.objects.said()
    albums = albums_over(request.user, on=today).select_related("school_class", "created_by")
    page = Paginator(albums, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "albums": [(album, album.photos.count()) for album in page],
        "over": overdue(request.user, on=today),
        "kinds": [(kind, pictures_over(kind, request.user, on=today)[:12]) for kind in OF_PICTURES],
        "periods": [
            (kind, spoken(in_days(said, kind)), kind.value in said)
            for kind in Keeps
            if kind.has_period
        ],
        "can_set": can_set_periods(request.user),
        "whole": sees_whole_school(request.user),
    }
    return render(request, "photos/retention.html", context)


@open_to(Role.HEAD, Role.OFFICE, *SAFEGUARDING)
@require_http_methods(["GET", "POST"])
def period(request: SignedIn, kind: str) -> HttpResponse:
    keeps, said = _kind(kind), Period.objects.said()
    if not keeps.has_period:
        raise Http404
    form = PeriodForm(request.POST or None, initial={"days": in_days(said, keeps)})
    if form.is_valid():
        days = form.cleaned_data["days"]
        acts.set_period(request.school, keeps, days, by=request.user, at=timezone.now())
        messages.success(request, f"{keeps.label}: kept for {spoken(days)}.")
        return redirect("retention")
    context = {
        "title": f"How long: {keeps.label.lower()}",
        "words": f"{keeps.words} Schools usually say {spoken(keeps.days)}.",
        "form": form,
        "act": "Save",
        "above": "Retention",
        "back": reverse("retention"),
    }
    return render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to_staff
@require_http_methods(["GET", "POST"])
def keep_longer(request: SignedIn, ref: str) -> HttpResponse:
    album, today = album_of(request, ref), timezone.localdate()
    require(can_remove(request.user, album))
    form = KeepLongerForm(request.POST or None, today=today)
    if form.is_valid():
        acts.keep_longer(album, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, f"{album.title} is kept. You are asked again after that day.")
        return redirect("retention")
    context = {
        "title": "Keep this album longer",
        "words": album.title,
        "form": form,
        "act": "Keep it",
        "above": "Retention",
        "back": reverse("retention"),
    }
    return render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to_staff
@after_fresh_sign_in
@require_http_methods(["GET", "POST"])
def delete_album(request: SignedIn, ref: str) -> HttpResponse:
    """Delete an album whose time is over, after its count was typed."""
    album, today = album_of(request, ref), timezone.localdate()
    over = albums_over(request.user, on=today).filter(pk=album.pk)
    album = get_object_or_404(over)
    count = album.photos.count()

    def delete() -> Deletion:
        return acts.delete_album(album, count=count, by=request.user, at=timezone.now(), on=today)

    return _typed(request, album.title, count, _pictures(count), delete)


@open_to_staff
@after_fresh_sign_in
@require_http_methods(["GET", "POST"])
def delete_some(request: SignedIn, kind: str) -> HttpResponse:
    """Delete the pictures, or the records, of one kind whose time is over."""
    keeps, today, user = _kind(kind), timezone.localdate(), request.user
    now = timezone.now()
    if keeps in OF_PICTURES:
        count = pictures_over(keeps, user, on=today).count()

        def delete() -> Deletion:
            return acts.delete_pictures(keeps, count=count, by=user, at=now, on=today)

        what = _pictures(count)
    elif keeps is Keeps.ENDED and sees_whole_school(user):
        count = overdue(user, on=today).records

        def delete() -> Deletion:
            return acts.delete_records(count=count, by=user, at=now, on=today)

        what = "1 record" if count == 1 else f"{count} records"
    else:
        raise Http404
    if not count:
        messages.info(request, "Nothing of this kind is over.")
        return redirect("retention")
    return _typed(request, keeps.label, count, what, delete)


def _typed(
    request: SignedIn, title: str, count: int, what: str, delete: Callable[[], Deletion]
) -> HttpResponse:
    """Ask for the count, delete, and lead to the record of it."""
    error = ""
    if request.method == "POST":
        if request.POST.get("name", "").strip() == str(count):
            try:
                gone = delete()
            except acts.NotDeleted as reason:
                messages.error(request, str(reason))
                return redirect("retention")
            return redirect("deletion", gone.ref)
        error = f"Type {count} to delete them"
    context = {
        "title": f"Delete: {title}",
        "words": f"{what} will be deleted in every form, and with them who was named in them.",
        "act": "Delete for good",
        "back_url": reverse("retention"),
        "typed_name": str(count),
        "error": error,
        "danger": True,
    }
    return render(request, "ui/confirm.html", context, status=422 if error else 200)


@open_to_staff
@require_GET
def deletions(request: SignedIn) -> HttpResponse:
    """What was deleted: kinds and counts, no names."""
    found = Deletion.objects.visible_to(request.user).select_related("by")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "today": timezone.localdate()}
    return render(request, "photos/deletions.html", context)


@open_to_staff
@after_fresh_sign_in
@require_GET
def sheet(request: SignedIn) -> HttpResponse:
    """The same list as a table for a spreadsheet."""
    rows = [
        [
            *(row.ref, row.get_kind_display(), *(getattr(row, count) for count in COUNTS)),
            *(timezone.localdate(row.at), row.by.name if row.by else "", row.backups_until),
        ]
        for row in Deletion.objects.visible_to(request.user).select_related("by")
    ]
    head = ("record", "kind", *COUNTS, "on", "by", "in backups until")
    return as_sheet(request, "deletions", head, rows)


@open_to_staff
@require_GET
def deletion(request: SignedIn, ref: str) -> HttpResponse:
    """The record of one deletion, to print."""
    found = Deletion.objects.visible_to(request.user).select_related("by", "school")
    row: Deletion = get_object_or_404(found, ref=ref)
    context = {"deletion": row, "kind": Keeps(row.kind), "today": timezone.localdate()}
    return render(request, "photos/deletion.html", context)


def _kind(word: str) -> Keeps:
    if word not in set(Keeps):
        raise Http404
    return Keeps(word)


def _pictures(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"
