"""A private calendar address: shown once, revoked for good, and silent about children."""

import re
from datetime import date, timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from belisha.audit.models import Entry
from belisha.desk.feeds import events_for
from belisha.people.actions import calendar
from belisha.people.actions import choices as acts
from belisha.people.actions import staff as staff_acts
from belisha.people.calendar import Days, Mark
from belisha.people.models import CalendarAddress, Relation, School, User
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from tests.furnished import furnish, furnished_school

AUTUMN = Days(Mark.TERM, date(2026, 9, 2), date(2026, 12, 18), "Autumn term")
COUNCIL = Days(Mark.AUTHORITY, date(2026, 12, 29), date(2026, 12, 31), "Council closed")


@pytest.fixture
def office(school, now):
    office = make_staff(school, "Ms Bright", Role.OFFICE)
    for days in (AUTUMN, COUNCIL):
        calendar.mark(school, days, by=office.user, at=now)
    return office


@pytest.fixture
def dana(school, office):
    robins = make_class(school, "Robins", year=2)
    return make_parent(school, make_pupil(school, "Maisie", "Tarmac", robins), "Dana", "Tarmac")


def made_by(person):
    """The address that the page shows to somebody who makes one, as a path."""
    browser = Client()
    browser.force_login(person.user)
    page = browser.post(reverse("my_calendar")).text
    return browser, re.search(r"http://testserver(/feeds/\S+?\.ics)", page)[1]


def without_keys(text):
    """A page without the key of its forms, which differs each time."""
    return re.sub(r"\w{64}", "", text)


def titles(path):
    """What a calendar program reads there, without any session."""
    answer = Client().get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return [str(one["SUMMARY"]) for one in icalendar.Calendar.from_ical(answer.content).events]


def test_an_address_shows_the_schools_days_without_a_session(office):
    _, path = made_by(office)
    assert titles(path) == ["Autumn term begins", "Autumn term ends", "Council closed"]


def test_what_is_the_authoritys_is_for_staff_alone(dana):
    assert titles(made_by(dana)[1]) == ["Autumn term begins", "Autumn term ends"]


def test_the_calendar_follows_changes(school, office, now):
    _, path = made_by(office)
    calendar.mark(school, Days(Mark.STRIKE, *[date(2026, 11, 26)] * 2), by=office.user, at=now)
    assert "Strike" in titles(path)


def test_it_is_shown_once_and_only_its_hash_is_kept(office):
    browser, path = made_by(office)
    token = path.split("/")[2]
    assert token not in browser.get(reverse("my_calendar")).text
    row = CalendarAddress.objects.get()
    assert token not in row.hash
    assert len(token) >= 43
    assert token not in repr(list(Entry.objects.values()))


def test_a_new_one_stops_the_one_before_and_a_revoked_one_was_never_there(office):
    browser, first = made_by(office)
    _, second = made_by(office)
    assert Client().get(first).status_code == 404
    assert titles(second)
    browser.post(reverse("revoke_my_calendar"))
    revoked, never = Client().get(second), Client().get("/feeds/never-made/belisha.ics")
    assert revoked.status_code == never.status_code == 404
    assert without_keys(revoked.text) == without_keys(never.text)
    assert titles(made_by(office)[1]), "it can be made anew"


def test_it_opens_nothing_for_those_who_are_gone(school, office, dana, now):
    head = make_staff(school, "Mrs Adeyemi", Role.HEAD)
    (_, of_office), (_, of_dana) = made_by(office), made_by(dana)
    staff_acts.leave(office, on=now.date(), by=head.user, at=now)
    Relation.objects.update(no_contact=True)
    assert Client().get(of_office).status_code == Client().get(of_dana).status_code == 404


def test_it_lets_nobody_in_anywhere_else(office):
    _, path = made_by(office)
    stranger = Client()
    stranger.get(path)
    assert stranger.get("/").status_code == 302
    assert not stranger.cookies.get("session")
    assert stranger.post(path).status_code == 405
    assert stranger.head(path).status_code == 200


def test_it_may_be_read_sixty_times_an_hour(office):
    _, path = made_by(office)
    answers = [Client().get(path) for _ in range(61)]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[-1].content == b""


def test_a_network_that_tries_addresses_is_stopped(office, monkeypatch):
    few = acts.Door("a network of a test", 3, timedelta(hours=1))
    monkeypatch.setattr(acts, "ADDRESSES_FROM_NETWORK", few)
    tries = [Client().get(f"/feeds/guess-{number}/belisha.ics") for number in range(4)]
    assert [answer.status_code for answer in tries] == [404, 404, 404, 429]


def test_an_address_shows_the_days_of_its_own_school(office, now):
    _, path = made_by(office)
    other = School.objects.create(name="Farside Primary School", created_at=now)
    with scope(school=other):
        theirs = make_staff(other, "Mrs Farside", Role.OFFICE)
        days = Days(Mark.INSET, date(2026, 11, 2), date(2026, 11, 2), "Far away")
        calendar.mark(other, days, by=theirs.user, at=now)
        token = acts.make_address(theirs.user, at=now)
    assert titles(f"/feeds/{token}/belisha.ics") == ["Far away"]
    assert "Far away" not in titles(path)


def test_no_calendar_names_a_child_a_family_an_album_or_a_use(db, now, figure):
    things = furnish(furnished_school("Kerbside Primary School", now), "Xrobins")
    seen = 0
    with scope(school=things.school):
        for user in things.users.values():
            events = events_for(User.objects.get(pk=user.pk), now.date())
            said = " ".join(f"{one.title} {one.words} {one.url}" for one in events)
            assert "Xrobins" not in said and "Hidden" not in said
            seen += len(events)
        office, teacher = things.users["office"], things.users["teacher"]
        assert "Families answer until today" in {e.title for e in events_for(office, now.date())}
        assert "A use of a picture ends: take it down" in {
            event.title for event in events_for(teacher, now.date())
        }
    figure(f"{seen} events in {len(things.users)} calendars name no child")


def test_what_is_long_over_stands_in_no_calendar(office):
    assert events_for(office.user, date(2028, 9, 1)) == []
