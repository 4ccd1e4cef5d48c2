"""Today: what waits for whom, the latest first, and a search that keeps silence."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from belisha.desk.searching import search
from belisha.people.actions import calendar
from belisha.people.actions.protection import protect
from belisha.people.calendar import Days, Mark
from belisha.people.models import Choices, Pupil, User
from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_parent, make_pupil, make_staff
from belisha.photos.actions import albums
from tests.furnished import furnish, furnished_school


def page(person, path="/", **query):
    browser = Client()
    browser.force_login(person.user)
    return browser.get(path, query)


@pytest.fixture(autouse=True)
def is_now(now, monkeypatch):
    """What waits depends on the day: not on the one on which the tests run."""
    monkeypatch.setattr(timezone, "now", lambda: now)


# --- what waits ------------------------------------------------------------------------------


@pytest.fixture
def office(school):
    return make_staff(school, "Ms Bright", Role.OFFICE)


def test_what_is_late_stands_first_with_its_day_and_the_rest_in_groups(school, office, now):
    today = timezone.localdate()
    over = Days(Mark.TERM, today - timedelta(days=90), today - timedelta(days=2), "Last term")
    calendar.mark(school, over, by=office.user, at=now)
    make_pupil(school, "Maisie", "Tarmac")
    answer = page(office)
    assert re.findall(r'<h2 id="(\w+)">', answer.text)[:2] == ["late", "later"]
    assert "3 things need you, Ms Bright" in answer.text
    assert answer.text.index("Add the next term dates") < answer.text.index("have no answer")
    assert "Due " in answer.text


def test_nothing_that_waits_is_said_with_the_time_of_looking(school):
    text = page(make_staff(school, "Mr Ladle", Role.OTHER_STAFF)).text
    assert "Nothing needs you" in text
    assert re.search(r"Last checked \d+:\d\d[ap]m\.", text)


def test_every_role_has_a_page_of_today(db, now):
    things = furnish(furnished_school("Kerbside Primary School", now), "Xrobins")
    for who, user in things.users.items():
        browser = Client()
        browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        answer = browser.get("/", follow=True)
        assert answer.status_code == 200, who


# --- own choices -----------------------------------------------------------------------------


def test_choices_are_kept_and_shown(office):
    browser = Client()
    browser.force_login(office.user)
    assert "js/search" in browser.get("/me/").text
    browser.post(reverse("choose"), {"digest": "school-days"})
    row = Choices.objects.get()
    assert (row.digest, row.slash_key) == (True, False)
    text = browser.get("/me/").text
    assert re.search(r'value="school-days" checked', text)
    assert "js/search" not in text, "the key is off"
    browser.post(reverse("choose"), {"digest": "off", "slash_key": "on"})
    assert "js/search" in browser.get("/me/").text


def test_a_guest_has_no_choices_no_search_and_no_calendar(db, now):
    things = furnish(furnished_school("Kerbside Primary School", now), "Xrobins")
    browser = Client()
    browser.force_login(
        things.users["guest"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    text = browser.get("/me/").text
    assert "Your choices" not in text
    assert "/search/" not in text
    for name in ("search", "my_calendar", "calendar"):
        assert browser.get(reverse(name)).status_code == 404


# --- the search ------------------------------------------------------------------------------


@pytest.fixture
def cast(school, office, now):
    teacher = make_staff(school, "Miss Raman", Role.TEACHER)
    other = make_staff(school, "Mr Finch", Role.TEACHER)
    robins = make_class(school, "Robins", teacher, year=2)
    make_class(school, "Wrens", other, year=1)
    maisie = make_pupil(school, "Élodie", "Signal-Green", robins)
    album = albums.make(
        "École des élèves", taken_on=date(2026, 11, 2), by=teacher.user, at=now, school_class=robins
    )
    return {
        "office": office,
        "teacher": teacher,
        "other": other,
        "lead": make_staff(school, "Mr Pellow", Role.SAFEGUARDING_LEAD),
        "governor": make_staff(school, "Cllr Stone", Role.GOVERNOR),
        "mother": make_parent(school, maisie, "Dana", "Signal-Green"),
        "barred": make_parent(school, maisie, "Bo", "Signal-Green", no_contact=True),
        "child": maisie,
        "album": album,
        "robins": robins,
    }


def found(cast, who, typed):
    user = User.objects.get(pk=cast[who].user.pk)
    return {
        str(section.title): [one.title for one in section.found] for section in search(user, typed)
    }


@pytest.mark.parametrize("typed", ["elo", "ÉLO", "élodie", "green", "signal green", "Signal-Gr"])
def test_names_are_found_in_part_whatever_the_accents_case_and_hyphens(cast, typed):
    assert "Élodie S" in found(cast, "office", typed)["People"]


@pytest.mark.parametrize("typed", ["ecole", "École", "elev", "eleves ecole", "robins"])
def test_albums_are_found_by_the_words_of_their_title_and_class(cast, typed):
    assert found(cast, "teacher", typed)["Albums"] == ["École des élèves"]


def test_classes_are_found_by_name_year_and_teacher(cast):
    for typed in ("rob", "year 2", "raman"):
        assert found(cast, "other", typed)["Classes"] == ["Robins"]


def test_each_finds_only_what_they_may_see(cast):
    assert found(cast, "office", "signal")["People"] == [
        "Élodie S",
        "Bo Signal-Green",
        "Dana Signal-Green",
    ]
    assert "People" not in found(cast, "teacher", "signal"), "an initial is all they know"
    assert found(cast, "teacher", "elo s") == {"People": ["Élodie S"]}
    assert found(cast, "teacher", "dana") == {}
    assert "Albums" not in found(cast, "other", "ecole")
    assert found(cast, "governor", "elo") == found(cast, "governor", "robins") == {}


def test_a_parent_finds_their_own_child_and_nothing_else(cast, school):
    make_pupil(school, "Élodie", "Otherly", cast["robins"])
    assert found(cast, "mother", "elo") == {"People": ["Élodie S"]}
    for typed in ("bo", "dana", "raman", "robins", "ecole", "bright"):
        assert found(cast, "mother", typed) == {}
    link = reverse("child", args=[cast["child"].pk])
    assert link in page(cast["mother"], "/search/", q="elo").text
    assert page(cast["mother"], link).status_code == 200


def test_a_contact_under_an_order_is_let_into_no_search(cast):
    assert found(cast, "barred", "elo") == {}
    assert page(cast["barred"], "/search/", q="elo").status_code == 302


def test_a_protected_child_is_found_like_any_other_and_by_nobody_more(cast, now):
    """Staff know every child by name. Whether one is protected changes no letter of the page."""
    who = ("office", "teacher", "other", "lead", "governor", "mother")
    before = {one: found(cast, one, "elo") for one in who}
    pages = {one: bare(page(cast[one], "/search/", q="elo").text) for one in who}
    protect(cast["child"], why="An order.", by=cast["lead"].user, at=now)
    assert {one: found(cast, one, "elo") for one in who} == before
    assert {one: bare(page(cast[one], "/search/", q="elo").text) for one in who} == pages


def bare(text):
    """A page without the keys of its forms."""
    return re.sub(r"\w{64}", "", text)


def test_those_who_left_are_found_by_the_whole_schools_people_alone(cast, now):
    Pupil.objects.update(left_on=now.date())
    assert found(cast, "office", "elo") == {"People": ["Élodie S"]}
    assert found(cast, "teacher", "elo") == {}


def test_a_count_is_of_what_is_shown(cast):
    text = page(cast["office"], "/search/", q="signal").text
    section = re.search(r'People <span class="muted">(\d+)</span>.*?</section>', text, re.S)
    assert int(section[1]) == section[0].count("<li>") == 3


@pytest.mark.parametrize("typed", ["xyz", "<script>alert(1)</script>", "%", "'", "\x00", "é" * 500])
def test_what_is_not_found_is_said_and_what_was_typed_is_never_part_of_the_page(cast, typed):
    answer = page(cast["office"], "/search/", q=typed)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_marks_of_no_word_find_nothing(cast):
    assert found(cast, "office", "-") == found(cast, "office", "'") == {}


def test_nothing_of_another_school_is_found(db, now):
    here = furnish(furnished_school("Kerbside Primary School", now), "Xrobins")
    furnish(furnished_school("Farside Primary School", now), "Xfarside")
    browser = Client()
    browser.force_login(
        here.users["office"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    text = browser.get("/search/", {"q": "xfarside"}).text
    assert "Xfarside" not in text
    assert "Xrobins" in browser.get("/search/", {"q": "xrobins"}).text
