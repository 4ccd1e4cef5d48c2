"""Pages about who has read what: lists, counts, reminders, what was read on paper."""

from collections import Counter
from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from belisha.audit.actions import record
from belisha.people.access import SignedIn, after_fresh_sign_in, open_to, open_to_guests
from belisha.people.acting import done
from belisha.people.models import Staff
from belisha.people.rules import GOVERNORS, LEADERS
from belisha.people.sheets import as_csv
from belisha.policy.access import SEE_READERS
from belisha.policy.actions import reading as acts
from belisha.policy.forms import OnPaperForm, ReadersForm, SetAsideForm
from belisha.policy.models import HowRead, Read
from belisha.policy.readings import (
    OfPerson,
    Reading,
    people_on,
    privacy_figures,
    reading_figures,
    readings_of,
)
from belisha.policy.rules import number_in

COLUMNS = (
    *("name", "department", "document", "part", "version", "asked", "by", "read", "how", "state"),
)


@open_to(*SEE_READERS)
@require_GET
def readers(request: SignedIn) -> HttpResponse:
    """Who has not read what, by department; also as on a past day, to print."""
    filters, on, people = _people(request)
    everyone = filters.cleaned_data.get("who") == "everyone"
    by_department: dict[str, list[tuple[OfPerson, list[Reading]]]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for person in people:
        shown = [one for one in person.readings if everyone or one.is_open]
        rows = by_department.setdefault(person.department, [])
        if shown:
            rows.append((person, shown))
        counts[person.department, "must"] += len(person.readings)
        counts[person.department, "read"] += sum(not one.is_open for one in person.readings)
    context = {
        "filters": filters,
        "on": on,
        "is_today": on == timezone.localdate(),
        "departments": [
            (name, rows, counts[name, "read"], counts[name, "must"])
            for name, rows in by_department.items()
            if counts[name, "must"]
        ],
        "late": sum(one.is_late for person in people for one in person.readings),
        "waiting": sum(one.is_open for person in people for one in person.readings),
        "figures": reading_figures(on),
        "query": request.GET.urlencode(),
    }
    return render(request, "policy/who_has_read.html", context)


@open_to(*SEE_READERS)
@after_fresh_sign_in
@require_GET
def readers_csv(request: SignedIn) -> HttpResponse:
    """The same as a sheet, one line for each person and reading."""
    _, on, people = _people(request)
    rows = [(person, one) for person in people for one in person.readings]
    with transaction.atomic():
        record(
            "readers.exported",
            request.school,
            by=request.user.pk,
            at=timezone.now(),
            on=on.isoformat(),
            count=len(rows),
        )
    lines = [
        [
            person.staff.name,
            person.department,
            one.version.title,
            one.duty.part,
            one.version.label,
            one.asked.asked_on,
            one.due_on,
            one.read.happened_on if one.read else "",
            one.read.get_how_display() if one.read else "",
            one.state.value,
        ]
        for person, one in rows
    ]
    return as_csv(f"readers-{on}", [COLUMNS, *lines])


@open_to(*SEE_READERS)
@require_POST
def remind_them(request: SignedIn) -> HttpResponse:
    """Mail those who were ticked, or one by the button beside the name: once a day at most."""
    chosen = {number_in(typed) for typed in request.POST.getlist("staff")}
    now = timezone.now()
    sent = sum(
        acts.remind(person.staff, person.readings, by=request.user, at=now)
        for person in people_on(timezone.localdate())
        if person.staff.pk in chosen
    )
    if sent:
        messages.success(
            request, f"{'1 reminder is' if sent == 1 else f'{sent} reminders are'} sent."
        )
    else:
        messages.info(
            request, "Nobody was reminded: they had a mail today, or have no email address."
        )
    return redirect("readers")


@open_to(*SEE_READERS)
@require_http_methods(["GET", "POST"])
def reader(request: SignedIn, pk: int) -> HttpResponse:
    """One member of staff: what waits, what they read; what was read on paper is written down."""
    staff = get_object_or_404(Staff.objects.prefetch_related("roles"), pk=pk)
    today = timezone.localdate()
    readings = readings_of(staff, today)
    waiting = [one for one in readings if one.is_open]
    form = OnPaperForm(request.POST or None, readings=waiting, initial={"on": today})
    if done(
        request,
        form,
        lambda: acts.write_reading_down(
            staff,
            form.cleaned_data["duty"],
            how=HowRead(form.cleaned_data["how"]),
            on=form.cleaned_data["on"],
            by=request.user,
            at=timezone.now(),
        ),
        "The reading is written down.",
    ):
        return redirect("reader", staff.pk)
    context = {
        "staff": staff,
        "readings": readings,
        "waiting": waiting,
        "form": form,
        "history": Read.objects.standing().filter(staff=staff).select_related("version"),
        "aside": Read.objects.filter(staff=staff, voids__isnull=False).select_related("version"),
    }
    return render(request, "policy/reader.html", context, status=422 if form.errors else 200)


@open_to(*SEE_READERS)
@require_http_methods(["GET", "POST"])
def set_read_aside(request: SignedIn, pk: int) -> HttpResponse:
    """One reading that was written down wrongly."""
    rows = Read.objects.standing().select_related("staff", "version")
    row = get_object_or_404(rows, pk=pk)
    form = SetAsideForm(request.POST or None)
    if form.is_valid():
        acts.set_read_aside(row, **form.cleaned_data, by=request.user, at=timezone.now())
        messages.success(request, "The reading is set aside.")
        return redirect("reader", row.staff_id)
    context = {"read": row, "form": form}
    return render(request, "policy/read_aside.html", context, status=422 if form.errors else 200)


@open_to_guests(*GOVERNORS, *LEADERS, says="How many of the staff have read what")
@require_GET
def reader_figures(request: SignedIn) -> HttpResponse:
    """Counts alone, without names; also as on a past day."""
    on = _day(request)
    context = {"on": on, "figures": reading_figures(on), "privacy": privacy_figures(on)}
    return render(request, "policy/reader_figures.html", context)


def _people(request: SignedIn) -> tuple[ReadersForm, date, list[OfPerson]]:
    on = _day(request)
    people = people_on(on)
    filters = ReadersForm(
        request.GET,
        departments=list(dict.fromkeys(one.department for one in people)),
        documents={one.duty.document_id for person in people for one in person.readings},
    )
    filters.is_valid()  # what makes no sense narrows nothing
    if department := filters.cleaned_data.get("department"):
        people = [one for one in people if one.department == department]
    if document := filters.cleaned_data.get("document"):
        people = [
            OfPerson(
                one.staff,
                one.department,
                tuple(each for each in one.readings if each.duty.document_id == document.pk),
            )
            for one in people
        ]
    return filters, on, people


def _day(request: SignedIn) -> date:
    """The day that was asked for, if there was one such and it is not still to come."""
    today = timezone.localdate()
    try:
        return min(date.fromisoformat(request.GET.get("on", "")), today)
    except ValueError:
        return today
