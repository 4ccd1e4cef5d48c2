"""The office and the head keep the calendar; everyone at the school reads it."""

import csv
import io
from datetime import date, time

import icalendar
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from belisha.audit.models import Entry
from belisha.people import todo
from belisha.people.access import Refused
from belisha.people.actions import calendar as acts
from belisha.people.bank_holidays import Nation
from belisha.people.calendar import Break, Days, Mark
from belisha.people.models import MarkedDays, SchoolHours, calendar_of
from belisha.people.term_dates import UnreadableDates, guessed, read_term_dates, sheet_of

AUTUMN = Days(Mark.TERM, date(2026, 9, 2), date(2026, 12, 18), "Autumn term")
INSET = Days(Mark.INSET, date(2026, 11, 23), date(2026, 11, 23))
TODAY = date(2026, 11, 20)


@pytest.fixture
def marked(school, staff, now):
    return acts.mark(school, AUTUMN, by=staff.office.user, at=now)


def typed(days, **more):
    return {
        "mark": days.mark,
        "first_day": days.first_day,
        "last_day": days.last_day,
        "name": days.name,
        **more,
    }


# --- the year --------------------------------------------------------------------------------


def test_an_unset_school_is_told_that_there_are_no_term_dates_yet(staff, enter):
    page = enter(staff.teacher).get(reverse("calendar")).text
    assert "No term dates yet." in page
    assert "Add days" not in page


def test_the_year_shows_school_days_closed_days_and_bank_holidays(
    school, staff, marked, enter, now
):
    acts.mark(school, INSET, by=staff.office.user, at=now)
    answer = enter(staff.office).get(reverse("calendar"), {"year": "2026"})
    november = answer.context["months"][2]
    cells = {cell.day.day: cell for week in november.weeks for cell in week if cell}
    assert (cells[20].light, cells[21].light, cells[23].light) == ("on", "off", "shut")
    assert cells[23].why == "INSET day: staff alone"
    assert len(cells) == 30
    assert november.school_days == 20
    assert "Boxing Day (substitute day)" in answer.text


@pytest.mark.parametrize("year", ["", "nonsense", "99999", "-1", "²²²²", "1999"])
def test_a_year_that_makes_no_sense_shows_the_one_of_today(staff, enter, year):
    assert enter(staff.teacher).get(reverse("calendar"), {"year": year}).status_code == 200


def test_parents_and_governors_read_it_and_change_nothing(staff, marked, dana, enter):
    for person in (dana, staff.governor):
        browser = enter(person)
        assert "Autumn term" in browser.get(reverse("calendar"), {"year": 2026}).text
        assert browser.post(reverse("calendar_add"), typed(INSET)).status_code == 404
        take_out = reverse("calendar_take_out", args=[marked.pk])
        assert browser.post(take_out).status_code == 404
    assert MarkedDays.objects.count() == 1


# --- writing it down ------------------------------------------------------------------------


def test_the_office_adds_changes_and_takes_out_days(school, staff, enter):
    office = enter(staff.office)
    office.post(reverse("calendar_add"), typed(INSET, last_day=""))
    row = MarkedDays.objects.get()
    assert row.days == INSET
    assert not calendar_of(school).is_school_day(INSET.first_day)
    change = reverse("calendar_change", args=[row.pk])
    assert 'value="2026-11-23"' in office.get(change).text
    office.post(change, typed(INSET, mark=Mark.STRIKE, name="A strike"))
    assert calendar_of(school).closed_for(INSET.first_day) == "A strike"
    office.post(reverse("calendar_take_out", args=[row.pk]))
    assert calendar_of(school).is_school_day(INSET.first_day)
    assert [entry.verb for entry in Entry.objects.order_by("number")] == [
        "calendar.marked",
        "calendar.changed",
        "calendar.taken-out",
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_day": ""},
        {"first_day": "soon"},
        {"last_day": "2026-11-22"},
        {"mark": "party"},
        {"name": "x" * 81},
        {"last_day": "2028-11-23"},
    ],
)
def test_what_makes_no_sense_is_asked_again_with_what_was_typed(staff, enter, wrong):
    answer = enter(staff.office).post(reverse("calendar_add"), typed(INSET) | wrong)
    assert answer.status_code == 422
    assert not MarkedDays.objects.exists()


def test_a_half_day_says_when_children_go_home(school, staff, enter):
    office, half = enter(staff.office), typed(INSET, mark=Mark.EARLY)
    assert "Say when children go home." in office.post(reverse("calendar_add"), half).text
    office.post(reverse("calendar_add"), half | {"ends": "12:30"})
    assert calendar_of(school).ends_on(INSET.first_day) == time(12, 30)
    row = MarkedDays.objects.get()
    assert 'value="12:30"' in office.get(reverse("calendar_change", args=[row.pk])).text
    assert "until 12:30pm" in office.get(reverse("calendar"), {"year": 2026}).text
    sheet = "\n".join(",".join(line) for line in sheet_of([row.days]))
    assert read_term_dates(sheet.encode(), "terms.csv") == ([row.days], [])


def test_two_terms_share_no_day_and_closed_days_may(school, staff, marked, now):
    by = {"by": staff.office.user, "at": now}
    with pytest.raises(ValidationError, match="Two terms cannot share a day"):
        acts.mark(school, Days(Mark.TERM, AUTUMN.last_day, date(2027, 1, 30)), **by)
    acts.mark(school, INSET, **by)
    acts.mark(school, INSET, **by)
    acts.change(marked, Days(Mark.TERM, AUTUMN.first_day, date(2026, 12, 17)), **by)


def test_nobody_else_marks_days(school, staff, marked, now):
    for person in (staff.teacher, staff.lead, staff.governor):
        by = {"by": person.user, "at": now}
        for act in (
            lambda by=by: acts.mark(school, INSET, **by),
            lambda by=by: acts.change(marked, INSET, **by),
            lambda by=by: acts.take_out(marked, **by),
            lambda by=by: acts.take_over(school, [INSET], **by),
        ):
            with pytest.raises(Refused):
                act()


def test_school_hours_and_the_nation_are_set_by_the_office(school, staff, enter):
    office = enter(staff.office)
    assert 'value="08:45"' in office.get(reverse("calendar_hours")).text
    sent = {
        "nation": "scotland",
        "starts": "09:00",
        "ends": "15:00",
        "break_1": "12:15",
        "break_1_ends": "13:00",
        "break_2": "10:30",
        "break_2_ends": "10:45",
    }
    office.post(reverse("calendar_hours"), sent)
    calendar = calendar_of(school)
    assert calendar.nation is Nation.SCOTLAND
    assert (calendar.starts, calendar.ends) == (time(9), time(15))
    assert calendar.breaks == (Break(time(10, 30), time(10, 45)), Break(time(12, 15), time(13)))
    assert 'value="10:30"' in office.get(reverse("calendar_hours")).text
    for wrong in (
        {"ends": "08:00"},
        {"break_1_ends": ""},
        {"break_1": "14:59", "break_1_ends": "15:01"},
        {"break_2_ends": "12:30"},
        {"nation": "france"},
    ):
        assert office.post(reverse("calendar_hours"), sent | wrong).status_code == 422, wrong
    assert SchoolHours.objects.count() == 1


def test_the_office_is_told_when_term_dates_are_missing_or_run_out(staff, marked, now):
    (task,) = [one for one in todo.todo(staff.office.user, TODAY) if "term dates" in one.title]
    assert task.due == AUTUMN.last_day
    assert not [
        one for one in todo.todo(staff.office.user, date(2026, 9, 3)) if "term" in one.title
    ]
    marked.delete()
    (task,) = [one for one in todo.todo(staff.office.user, TODAY) if "term dates" in one.title]
    assert task.title == "Bring in your term dates"
    assert task.due is None
    assert list(todo.todo(staff.teacher.user, TODAY)) == []


# --- files ----------------------------------------------------------------------------------

SHEET = """what;first day;last day;name
Term;02/09/2026;18/12/2026;Autumn term
INSET day: staff alone;2026-11-23;;
Party;soon;;
Council closed;29.12.2026;31 December 2026;
"""


def test_a_sheet_is_read_line_by_line():
    days, bad = read_term_dates(SHEET.encode(), "terms.csv")
    closed = Days(Mark.AUTHORITY, date(2026, 12, 29), date(2026, 12, 31), "Council closed")
    assert days == [AUTUMN, INSET, closed]
    assert bad == ["Line 4: “soon” is no day. Write it like 01/09/2026."]


@pytest.mark.parametrize(
    ("title", "mark"),
    [
        ("Autumn Term 1", Mark.TERM),
        ("Spring term", Mark.TERM),
        ("Half term", Mark.HALF_TERM),
        ("Autumn half-term holiday", Mark.HALF_TERM),
        ("Christmas Holiday", Mark.HALF_TERM),
        ("INSET Day", Mark.INSET),
        ("Staff training day", Mark.INSET),
        ("May Day bank holiday", Mark.BANK_HOLIDAY),
        ("Council offices closed", Mark.AUTHORITY),
        ("School closed: snow", Mark.WEATHER),
        ("Cake sale", Mark.OTHER),
    ],
)
def test_what_a_title_means_is_guessed_and_can_be_mended(title, mark):
    assert guessed(title) is mark


@pytest.mark.parametrize("data", [b"", b"\0\0", b"pupil,parent\n1,2\n", b"what\nTerm\n"])
def test_a_file_without_days_is_refused_with_its_reason(data, staff, enter):
    with pytest.raises(UnreadableDates):
        read_term_dates(data, "x.csv")
    file = SimpleUploadedFile("x.csv", data)
    answer = enter(staff.office).post(reverse("calendar_bring_in"), {"file": file})
    assert answer.status_code == 422


def sent(office, data, name):
    return office.post(
        reverse("calendar_bring_in"), {"file": SimpleUploadedFile(name, data.encode())}
    )


def as_shown(formset):
    """What the page would send when nothing is changed on it."""
    fields = {
        f"form-{number}-{name}": "" if value is None else value
        for number, form in enumerate(formset)
        for name, value in form.initial.items()
        if name != "keep" or value
    }
    total = len(formset.forms)
    return fields | {"form-TOTAL_FORMS": total, "form-INITIAL_FORMS": total}


def test_a_file_is_looked_at_mended_and_taken_over_once(staff, enter):
    office = enter(staff.office)
    shown = sent(office, SHEET, "terms.csv")
    assert shown.status_code == 200
    assert not MarkedDays.objects.exists(), "nothing counts yet"
    form = as_shown(shown.context["forms"])
    form["form-1-name"] = "Reading day"
    del form["form-2-keep"]
    assert office.post(reverse("calendar_take_over"), form).status_code == 302
    assert {row.name for row in MarkedDays.objects.all()} == {"Autumn term", "Reading day"}
    office.post(reverse("calendar_take_over"), form)
    assert MarkedDays.objects.count() == 2, "what is there already is not added again"


def test_terms_of_a_file_that_lie_over_one_another_are_refused_as_a_whole(staff, marked, enter):
    office = enter(staff.office)
    shown = sent(
        office,
        "what,first day,last day\nINSET day,2026-11-27,\nTerm,2026-11-01,2027-02-01\n",
        "terms.csv",
    )
    answer = office.post(reverse("calendar_take_over"), as_shown(shown.context["forms"]))
    assert answer.status_code == 422
    assert "Two terms cannot share a day." in answer.text
    assert MarkedDays.objects.count() == 1


def test_a_line_that_makes_no_sense_any_more_is_marked(staff, enter):
    office = enter(staff.office)
    form = as_shown(sent(office, SHEET, "terms.csv").context["forms"])
    form["form-0-last_day"] = "2020-01-01"
    answer = office.post(reverse("calendar_take_over"), form)
    assert answer.status_code == 422
    assert "The last day comes before the first." in answer.text


def test_what_is_taken_away_as_a_sheet_comes_back_the_same(school, staff, marked, enter, now):
    acts.mark(school, INSET, by=staff.office.user, at=now)
    answer = enter(staff.teacher).get(reverse("calendar_csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == sheet_of([AUTUMN, INSET])
    assert read_term_dates(answer.content, "x.csv") == ([AUTUMN, INSET], [])


def test_what_is_taken_away_as_a_calendar_is_read_by_another_program(staff, marked, dana, enter):
    for person in (staff.teacher, dana):
        answer = enter(person).get(reverse("calendar_ics"))
        titles = [
            str(event["SUMMARY"])
            for event in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
        ]
        assert titles == ["Autumn term begins", "Autumn term ends"]


def test_a_calendar_of_the_authority_is_brought_in(staff, enter):
    office = enter(staff.office)
    ics = (
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Half term\r\nDTSTART;VALUE=DATE:20261026\r\n"
        "DTEND;VALUE=DATE:20261031\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    office.post(
        reverse("calendar_take_over"),
        as_shown(sent(office, ics, "terms.ics").context["forms"]),
    )
    assert MarkedDays.objects.get().days == Days(
        Mark.HALF_TERM, date(2026, 10, 26), date(2026, 10, 30), "Half term"
    )
