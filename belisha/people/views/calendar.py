"""Pages of the school's calendar: a year at a glance, its days, its hours, and files of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_POST

from belisha.lib.ical import written
from belisha.people.access import (
    SignedIn,
    can_manage_people,
    open_to_keepers,
    open_to_the_school,
)
from belisha.people.actions import calendar as acts
from belisha.people.calendar import DAY, Calendar, Days, Mark
from belisha.people.events import events_of
from belisha.people.forms.calendar import DatesFileForm, DaysForm, FoundDays, HoursForm
from belisha.people.models import MarkedDays, SchoolHours, calendar_of
from belisha.people.sheets import as_csv
from belisha.people.term_dates import UnreadableDates, read_term_dates, sheet_of
from belisha.people.views.asking import Back, ask, asks, done, posted

FIRST_MONTH = 9  # of a school year
_EARLIEST, _LATEST = 2000, 2100  # school years that can be looked at


@dataclass(frozen=True)
class Cell:
    """One day of a month: `light` is `on` (school), `off` (none) or `shut` (closed on purpose)."""

    day: date
    light: str
    why: str


@dataclass(frozen=True)
class Month:
    """A month as weeks of seven days; a day of another month is None."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]

    @property
    def school_days(self) -> int:
        return sum(cell is not None and cell.light == "on" for week in self.weeks for cell in week)


@open_to_the_school
@require_GET
def calendar(request: SignedIn) -> HttpResponse:
    today = timezone.localdate()
    year = _year(request.GET.get("year", ""), today)
    first, last = date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH, 1) - DAY
    known = calendar_of(request.school)
    months = [_month(known, year + (month > 12), (month - 1) % 12 + 1) for month in _MONTHS]
    shown = {
        "months": months,
        "school_days": sum(month.school_days for month in months),
        "marked": MarkedDays.objects.between(first, last),
        "bank_holidays": _bank_holidays(known, first, last),
        "calendar": known,
        "year": year,
        "next_year": year + 1,
        "today": today,
        "keeps": can_manage_people(request.user),
        "is_staff": request.user.is_staff_member,
    }
    return render(request, "people/calendar.html", shown)


_MONTHS = range(FIRST_MONTH, FIRST_MONTH + 12)


def _year(typed: str, today: date) -> int:
    """The school year that was asked for by the year of its autumn, else the one of today."""
    if typed.isdecimal() and len(typed) == 4 and _EARLIEST <= int(typed) <= _LATEST:
        return int(typed)
    return today.year - (today.month < FIRST_MONTH - 1)  # in August the new year is looked at


def _month(known: Calendar, year: int, month: int) -> Month:
    first = date(year, month, 1)
    day, cells = first, [None] * first.weekday()
    days: list[Cell | None] = [*cells]
    while day.month == month:
        days.append(_cell(known, day))
        day += DAY
    days += [None] * (-len(days) % 7)
    weeks = tuple(tuple(days[at : at + 7]) for at in range(0, len(days), 7))
    return Month(first, weeks)


def _cell(known: Calendar, day: date) -> Cell:
    if known.is_school_day(day):
        return Cell(day, "on", "")
    why = "" if day.weekday() > 4 else known.closed_for(day)
    return Cell(day, "shut" if why else "off", why)


def _bank_holidays(known: Calendar, first: date, last: date) -> list[tuple[date, str]]:
    days = (first + number * DAY for number in range((last - first).days + 1))
    return [(day, name) for day in days if (name := known.bank_holiday(day))]


@open_to_keepers
@asks
def mark_days(request: SignedIn) -> HttpResponse:
    form = DaysForm(posted(request))
    if done(
        request,
        form,
        lambda typed: acts.mark(request.school, typed["days"], by=request.user, at=timezone.now()),
    ):
        return redirect("calendar")
    return ask(request, form, title="Add days", act="Add them", back=_back())


@open_to_keepers
@asks
def change_days(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(MarkedDays, pk=pk)
    has = {
        "mark": row.mark,
        "name": row.name,
        "first_day": row.first_day,
        "last_day": row.last_day,
        "ends": row.ends,
    }
    form = DaysForm(posted(request), initial=has)
    if done(
        request,
        form,
        lambda typed: acts.change(row, typed["days"], by=request.user, at=timezone.now()),
    ):
        return redirect("calendar")
    return ask(request, form, title=f"Change {row}", act="Save", back=_back())


@open_to_keepers
@require_POST
def take_out_days(request: SignedIn, pk: int) -> HttpResponse:
    row = get_object_or_404(MarkedDays, pk=pk)
    acts.take_out(row, by=request.user, at=timezone.now())
    messages.success(
        request,
        f"Taken out: {row}, {row.first_day:%-d %B %Y} to {row.last_day:%-d %B %Y}. "
        "You can add it again.",
    )
    return redirect("calendar")


@open_to_keepers
@asks
def set_hours(request: SignedIn) -> HttpResponse:
    usual = SchoolHours(
        breaks=[[f"{one.starts:%H:%M}", f"{one.ends:%H:%M}"] for one in Calendar().breaks]
    )
    form = HoursForm(posted(request), hours=SchoolHours.objects.first(), usual=usual)
    if done(
        request,
        form,
        lambda typed: acts.set_hours(request.school, **typed, by=request.user, at=timezone.now()),
    ):
        return redirect("calendar")
    lede = "What children may do in lessons and breaks follows from these hours."
    return ask(request, form, title="School hours", act="Save", back=_back(), lede=lede)


@open_to_keepers
@asks
def bring_in(request: SignedIn) -> HttpResponse:
    """Read a file, and show what is in it; nothing counts before it is taken over."""
    form = DatesFileForm(posted(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found, bad = read_term_dates(file.read(), str(file.name))
        except UnreadableDates as error:
            form.add_error("file", str(error))
        else:
            return _preview(request, FoundDays(initial=list(map(_as_typed, found))), bad)
    shown = {"form": form}
    return render(
        request, "people/calendar_bring_in.html", shown, status=422 if form.errors else 200
    )


@open_to_keepers
@require_POST
def take_over(request: SignedIn) -> HttpResponse:
    forms = FoundDays(request.POST)
    if not forms.is_valid():
        return _preview(request, forms, [])
    ticked = [form.cleaned_data["days"] for form in forms if form.cleaned_data.get("keep")]
    try:
        new, known = acts.take_over(request.school, ticked, by=request.user, at=timezone.now())
    except ValidationError as reason:
        return _preview(request, forms, reason.messages)
    messages.success(request, f"{new} taken over. {known} were there already.")
    return redirect("calendar")


def _as_typed(days: Days) -> dict[str, Any]:
    return {
        "keep": days.mark is not Mark.OTHER,
        "mark": days.mark.value,
        "name": days.name,
        "first_day": days.first_day,
        "last_day": days.last_day,
        "ends": days.ends,
    }


def _preview(request: SignedIn, forms: BaseFormSet[Any], bad: list[str]) -> HttpResponse:
    shown = {"forms": forms, "bad": bad}
    status = 422 if forms.is_bound else 200
    return render(request, "people/calendar_preview.html", shown, status=status)


@open_to_the_school
@require_GET
def calendar_csv(request: SignedIn) -> HttpResponse:
    """The days as a sheet, which another school year's can be made from."""
    return as_csv(_named(request), sheet_of(row.days for row in MarkedDays.objects.all()))


@open_to_the_school
@require_GET
def calendar_ics(request: SignedIn) -> HttpResponse:
    """The days as a calendar, to be read once. A feed that follows changes has its own address."""
    events = events_of(request.user, timezone.localdate())
    return HttpResponse(
        written(events, name=request.school.name, at=timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_named(request)}.ics"'},
    )


def _named(request: SignedIn) -> str:
    return f"{slugify(request.school.name) or 'school'}-calendar"


def _back() -> Back:
    return Back("Calendar", reverse("calendar"))
