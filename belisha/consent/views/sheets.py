"""Sheets for the wall: who may be in what, for a class or an event."""

from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.audit.actions import record
from belisha.consent import sheets
from belisha.consent.access import can_change_sheet, classes_seen_by, pupils_seen_by
from belisha.consent.forms import SheetForm
from belisha.consent.models import Sheet, SheetPupil
from belisha.consent.sheets import Arrangement, arrangement
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to_staff
from belisha.people.models import Pupil, SchoolClass
from belisha.people.rules import fits
from belisha.people.sheets import as_csv

MOST = 20  # children found; more than that and another letter helps


@open_to_staff
@require_GET
def sheet_list(request: SignedIn) -> HttpResponse:
    """Where the sheets are: one for each class, and those that someone made for an event."""
    shown = Sheet.objects.visible_to(request.user).select_related("made_by")
    context = {
        "classes": classes_seen_by(request.user),
        "sheets": shown.prefetch_related("classes__school_class"),
    }
    return render(request, "consent/sheets.html", context)


@open_to_staff
@require_GET
def class_sheet(request: SignedIn, class_id: int) -> HttpResponse:
    school_class = _class(request, class_id)
    context = {
        "title": school_class.name,
        "csv_url": reverse("class_sheet_csv", args=[class_id]),
    }
    return _sheet(request, _of_class(request, school_class), context)


@open_to_staff
@after_fresh_sign_in
@require_GET
def class_sheet_csv(request: SignedIn, class_id: int) -> HttpResponse:
    school_class = _class(request, class_id)
    return _csv(request, _of_class(request, school_class), school_class)


@open_to_staff
@require_http_methods(["GET", "POST"])
def add_sheet(request: SignedIn) -> HttpResponse:
    form = SheetForm(request.POST or None, user=request.user, initial={"on": timezone.localdate()})
    if form.is_valid():
        made = sheets.make(**form.cleaned_data, by=request.user, at=timezone.now())
        return redirect("sheet" if form.cleaned_data["classes"] else "sheet_change", made.ref)
    context = {"form": form, "title": "A sheet for an event", "act": "Make the sheet"}
    return render(request, "consent/sheet_form.html", context, status=422 if form.errors else 200)


@open_to_staff
@require_GET
def sheet(request: SignedIn, ref: str) -> HttpResponse:
    row = _of(request, ref)
    context = {
        "title": row.title,
        "sheet": row,
        "csv_url": reverse("sheet_csv", args=[ref]),
        "can_change": can_change_sheet(request.user, row),
    }
    return _sheet(request, _of_event(row), context)


@open_to_staff
@after_fresh_sign_in
@require_GET
def sheet_csv(request: SignedIn, ref: str) -> HttpResponse:
    row = _of(request, ref)
    return _csv(request, _of_event(row), row)


@open_to_staff
@require_http_methods(["GET", "POST"])
def change_sheet(request: SignedIn, ref: str) -> HttpResponse:
    """What a sheet is for and who comes; single children are looked up by the name."""
    row = _changeable(request, ref)
    title = row.title  # the form changes nothing, but the heading must not follow what is typed
    form = SheetForm(request.POST or None, user=request.user, sheet=row)
    if form.is_valid():
        sheets.change(row, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "Saved.")
        return redirect("sheet", ref)
    single = SheetPupil.objects.filter(sheet=row, pupil__in=Pupil.objects.current())
    typed = request.GET.get("q", "").strip()[:100]
    context = {
        "form": form,
        "title": f"Change {title}",
        "act": "Save",
        "sheet": row,
        "single": single.select_related("pupil__school_class").order_by("pupil__first_name", "id"),
        "typed": typed,
        "found": _found(request, row, typed) if typed else [],
    }
    return render(request, "consent/sheet_form.html", context, status=422 if form.errors else 200)


@open_to_staff
@require_POST
def sheet_children(request: SignedIn, ref: str) -> HttpResponse:
    """Put a single child on (`put_on`), or take one off (`take_off`): the child's number."""
    row = _changeable(request, ref)
    off, on = request.POST.get("take_off", ""), request.POST.get("put_on", "")
    if off.isdecimal():
        sheets.take_off(row, int(off), by=request.user, at=timezone.now())
    elif on.isdecimal():
        pupil = get_object_or_404(pupils_seen_by(request.user), pk=on)
        sheets.put_on(row, pupil, by=request.user, at=timezone.now())
    return redirect("sheet_change", ref)


@open_to_staff
@require_http_methods(["GET", "POST"])
def remove_sheet(request: SignedIn, ref: str) -> HttpResponse:
    row = _changeable(request, ref)
    if request.method == "POST":
        sheets.remove(row, by=request.user, at=timezone.now())
        messages.success(request, "The sheet is gone.")
        return redirect("sheets")
    context = {
        "title": f"Remove the sheet for {row.title}?",
        "words": "Only the sheet goes. What the families answered stays.",
        "act": "Remove the sheet",
        "back_url": reverse("sheet", args=[ref]),
    }
    return render(request, "ui/confirm.html", context)


def _class(request: SignedIn, class_id: int) -> SchoolClass:
    row: SchoolClass = get_object_or_404(classes_seen_by(request.user), pk=class_id)
    return row


def _of(request: SignedIn, ref: str) -> Sheet:
    row: Sheet = get_object_or_404(Sheet.objects.visible_to(request.user), ref=ref)
    return row


def _changeable(request: SignedIn, ref: str) -> Sheet:
    row = _of(request, ref)
    if not can_change_sheet(request.user, row):
        raise Http404
    return row


def _of_class(request: SignedIn, school_class: SchoolClass) -> Arrangement:
    pupils = pupils_seen_by(request.user).filter(school_class=school_class)
    return arrangement(pupils, on=timezone.localdate())


def _of_event(row: Sheet) -> Arrangement:
    return arrangement(sheets.pupils_on(row), on=timezone.localdate())


def _found(request: SignedIn, row: Sheet, typed: str) -> list[Pupil]:
    there = sheets.pupils_on(row).values("pk")
    pupils = pupils_seen_by(request.user).exclude(pk__in=there)
    names = ((pupil, (pupil.first_name, pupil.known_as, pupil.last_name)) for pupil in pupils)
    return [pupil for pupil, words in names if fits(typed, *words)][:MOST]


def _sheet(request: SignedIn, shown: Arrangement, context: dict[str, Any]) -> HttpResponse:
    """All uses at a glance, or one (`for`) with the names in two groups."""
    key = request.GET.get("for", "")
    use = next((purpose for purpose in shown.purposes if purpose.key == key), None)
    context |= {
        "shown": shown,
        "use": use,
        "in_it": shown.in_it(use) if use else [],
        "beside": shown.beside(use) if use else [],
        "now": timezone.now(),
        "live": request.build_absolute_uri(request.path),
    }
    return render(request, "consent/sheet.html", context)


def _csv(request: SignedIn, shown: Arrangement, about: models.Model) -> HttpResponse:
    """The same marks for a spreadsheet. The record tells who took it."""
    now = timezone.now()
    with transaction.atomic():
        record("sheet.exported", about, by=request.user.pk, at=now, count=len(shown.lines))
    name = f"{slugify(str(about)) or 'sheet'}-{timezone.localdate(now)}"
    rows = [["child", "class", *(purpose.name for purpose in shown.purposes)]]
    for line in shown.lines:
        marks = ["in the picture" if place.seen else "beside or covered" for place in line.places]
        rows.append([line.name, line.class_name, *marks])
    return as_csv(name, rows)
