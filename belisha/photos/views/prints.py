"""Pages of prints: chosen, set as PDF, found again, taken down."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.people.access import SignedIn, after_fresh_sign_in, open_to_staff
from belisha.people.sheets import sheet as as_sheet
from belisha.photos.access import can_keep_print
from belisha.photos.actions import prints
from belisha.photos.models import Print, PrintQuerySet
from belisha.photos.printed import printed
from belisha.photos.rules import Layout, may_be_named
from belisha.photos.sharing_forms import PrintChangeForm, PrintForm
from belisha.photos.views.choosing import choices, chosen_of, refs_in
from belisha.photos.views.finding import album_of
from belisha.policy.models import Purpose

ON_A_PAGE = 50
USUAL = "display"
STATES = {"up": "Up now", "down": "Down", "all": "All"}
COLUMNS = (
    *("title", "album", "for", "layout", "where", "pictures"),
    *("printed", "by", "until", "state"),
)


@open_to_staff
@require_http_methods(["GET", "POST"])
def new(request: SignedIn, ref: str) -> HttpResponse:
    """What to print, of what may be shown for a purpose; the others, and why not."""
    album, today = album_of(request, ref), timezone.localdate()
    purposes = list(Purpose.objects.in_use().filter(each_picture=False))
    key = request.POST.get("for") or request.GET.get("for") or USUAL
    purpose = next((one for one in purposes if one.key == key), None)
    if purpose is None:
        return redirect("album", ref)
    sent = request.method == "POST"
    chosen = refs_in(request.POST, sent=sent)
    some = choices(album, purpose, on=today, chosen=chosen, on_paper=True)
    form = PrintForm(
        request.POST if sent else None,
        today=today,
        may_name=may_be_named(purpose.terms),
        initial={"title": album.title},
    )
    if form.is_valid():
        typed = form.cleaned_data
        draft = prints.Draft(**{**typed, "layout": Layout(typed["layout"]), "purpose": purpose})
        try:
            made = prints.make(
                album, chosen_of(some), draft, by=request.user, at=timezone.now(), on=today
            )
        except prints.NothingToPrint as error:
            form.add_error(None, str(error))
        else:
            return redirect("print", made.ref)
    context = {
        "album": album,
        "form": form,
        "purposes": purposes,
        "purpose": purpose,
        "allowed": [one for one in some if one.allowed],
        "left_out": [one for one in some if not one.allowed],
    }
    return render(request, "photos/print_new.html", context, status=422 if form.errors else 200)


@open_to_staff
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """Every print that the person may see, and which of them must come down."""
    state = request.GET.get("state", "up")
    page = Paginator(_found(request, state), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "prints": printed(list(page), on=timezone.localdate()),
        "states": STATES,
        "state": state,
    }
    return render(request, "photos/prints.html", context)


def _found(request: SignedIn, state: str) -> PrintQuerySet:
    seen = Print.objects.visible_to(request.user)
    found: PrintQuerySet = seen.select_related("album", "purpose", "made_by")
    if state == "down":
        return found.exclude(down_at=None)
    return found if state == "all" else found.up()


@open_to_staff
@after_fresh_sign_in
@require_GET
def sheet(request: SignedIn) -> HttpResponse:
    """The register of prints as a table for a spreadsheet."""
    rows = [
        [
            row.title,
            row.album or "removed",
            row.purpose.name,
            row.get_layout_display(),
            row.where,
            row.count,
            timezone.localdate(row.made_at),
            row.made_by.name,
            row.until_on,
            one.words,
        ]
        for one in printed(list(_found(request, "all")), on=timezone.localdate())
        for row in [one.sheet]
    ]
    return as_sheet(request, "prints", COLUMNS, rows)


@open_to_staff
@require_GET
def print_page(request: SignedIn, ref: str) -> HttpResponse:
    """A print, the file, what came of it, and whether the camera was wiped."""
    row = _print_of(request, ref)
    context = {
        "print": row,
        "standing": printed([row], on=timezone.localdate())[0],
        "layout": Layout(row.layout),
        "can_keep": can_keep_print(request.user, row),
        "wipe_url": _way_to("device-wipe"),
    }
    return render(request, "photos/print.html", context)


def _way_to(route: str) -> str:
    """The first page of another area, or nothing where the school has no such area."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


@open_to_staff
@require_GET
def file(request: SignedIn, ref: str) -> HttpResponse:
    """The PDF, every picture decided at this moment."""
    row = _print_of(request, ref)
    try:
        data = prints.give(row, by=request.user, at=timezone.now(), on=timezone.localdate())
    except prints.NothingToPrint as error:
        context = {"print": row, "why": str(error)}
        return render(request, "photos/print_gone.html", context, status=410)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="sheet.pdf"'
    return response


@open_to_staff
@require_http_methods(["GET", "POST"])
def change(request: SignedIn, ref: str) -> HttpResponse:
    row = _print_of(request, ref)
    form = PrintChangeForm(
        request.POST or None, initial={"where": row.where, "until_on": row.until_on}
    )
    page = reverse("print", args=[ref])
    if form.is_valid():
        prints.change(row, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Saved. Print it again: its last day stands on it.")
        return redirect(page)
    context = {
        "title": "Where it hangs, and until when",
        "form": form,
        "act": "Save",
        "above": row.title,
        "back": page,
    }
    return render(request, "ui/form.html", context, status=422 if form.errors else 200)


@open_to_staff
@require_POST
def take_down(request: SignedIn, ref: str) -> HttpResponse:
    prints.take_down(_print_of(request, ref), by=request.user, at=timezone.now())
    messages.success(request, "Written down: it is down and shredded.")
    return redirect("print", ref)


@open_to_staff
@require_POST
def put_back(request: SignedIn, ref: str) -> HttpResponse:
    prints.put_back(_print_of(request, ref), by=request.user, at=timezone.now())
    messages.success(request, "Written down: it still hangs.")
    return redirect("print", ref)


def _print_of(request: SignedIn, ref: str) -> Print:
    found = Print.objects.visible_to(request.user)
    row: Print = get_object_or_404(
        found.select_related("album", "purpose", "made_by", "down_by", "school"), ref=ref
    )
    return row
