"""Parents, and whoever has not signed in, read in their own language; staff read English."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_scopes import scopes_disabled

from belisha.audit.models import Entry
from belisha.people.access import Refused
from belisha.people.actions.languages import choose
from belisha.people.actions.parents import erase
from belisha.people.middleware import interpret
from belisha.people.models import Parent
from belisha.people.rules import LANGUAGES, RIGHT_TO_LEFT

CODES = [code for code, _ in LANGUAGES]


def language_of(page):
    return page.text.split('<html lang="')[1].split('"')[0]


@pytest.mark.parametrize("code", CODES)
def test_whoever_has_not_signed_in_chooses_by_name_and_the_browser_remembers(code, school, client):
    page = client.get("/account/login/")
    for other, name in LANGUAGES:
        direction = "rtl" if other in RIGHT_TO_LEFT else "ltr"
        assert f'value="{other}" lang="{other}" dir="{direction}"' in page.text
        assert f">{name}</button>" in page.text
    client.post("/language/", {"language": code})
    page = client.get("/account/login/")
    assert language_of(page) == code
    assert f'dir="{"rtl" if code in RIGHT_TO_LEFT else "ltr"}">' in page.text[:60]
    assert page.headers["Content-Language"] == code
    assert page.text.count("aria-current") == 1


@pytest.mark.parametrize(
    ("asks", "gets"),
    [("pl-PL,pl;q=0.9", "pl"), ("ar-SY", "ar"), ("fr,en;q=0.5", "en-gb"), ("en-US", "en-gb")],
)
def test_a_first_visit_is_answered_as_the_browser_asks(asks, gets, school, client):
    page = client.get("/account/login/", headers={"accept-language": asks})
    assert language_of(page) == gets


def test_a_parent_takes_their_language_along_to_another_phone(dana, enter):
    enter(dana).post("/language/", {"language": "ur"})
    dana.refresh_from_db()
    assert dana.language == "ur"
    assert language_of(enter(dana).get("/children/")) == "ur"
    with scopes_disabled():
        entry = Entry.objects.get(verb="parent.language-chosen")
    assert entry.facts == {"language": "ur"}


def test_staff_read_english_whatever_the_browser_asks(staff, enter):
    browser = enter(staff.teacher)
    page = browser.get("/", headers={"accept-language": "pl"})
    assert language_of(page) == "en-gb"
    assert 'class="langs"' not in page.text
    assert browser.post("/language/", {"language": "pl"}).status_code == 404


def test_who_is_staff_and_parent_reads_english_too(staff, dana, enter):
    dana.user = staff.teacher.user
    dana.language = "pl"
    dana.save()
    assert language_of(enter(staff.teacher).get("/children/")) == "en-gb"


def test_a_page_that_is_not_there_says_so_in_the_readers_language(dana, enter):
    browser = enter(dana)
    browser.post("/language/", {"language": "pl"})
    assert "Nie możemy znaleźć tej strony" in browser.get("/nowhere/").text
    assert "Nie możemy znaleźć tej strony" in browser.get("/people/").text


@pytest.mark.parametrize("code", ["", "xx", "en", "../pl"])
def test_a_language_that_we_do_not_have_is_refused(code, dana, enter):
    assert enter(dana).post("/language/", {"language": code}).status_code == 404


@pytest.mark.parametrize(
    ("came_from", "goes_to"),
    [
        ("http://testserver/children/?yes=press", "/children/?yes=press"),
        ("http://elsewhere.example/children/", "/"),
        ("http://testserver.elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_choosing_leads_back_to_the_page_and_never_elsewhere(came_from, goes_to, dana, enter):
    done = enter(dana).post("/language/", {"language": "cy"}, headers={"referer": came_from})
    assert done.headers["Location"] == goes_to


def test_erasing_a_parent_forgets_the_language_too(dana, staff, now):
    dana.language = "pl"
    dana.save()
    dana.relations.update(ended_on=now.date())
    erase(dana, by=staff.office.user, at=now)
    dana.refresh_from_db()
    assert dana.language == ""


def test_the_page_of_last_resort_is_written_in_the_readers_language_too(school):
    with translation.override("pl"):
        assert "Coś się zepsuło" in render_to_string("500.html")


def test_a_parent_chooses_for_themselves_alone(dana, staff, now):
    with pytest.raises(Refused):
        choose(dana, "pl", by=staff.office.user, at=now)
    with pytest.raises(Refused):
        choose(dana, "xx", by=dana.user, at=now)
    assert Parent.objects.get(pk=dana.pk).language == ""


def test_one_readers_language_does_not_stay_for_the_next(dana, rf: RequestFactory):
    seen = []

    def respond(request):
        seen.append(translation.get_language())
        return HttpResponse()

    dana.language = "bn"
    dana.save()
    request = rf.get("/")
    request.user = dana.user
    interpret(respond)(request)
    assert (seen, translation.get_language()) == (["bn"], settings.LANGUAGE_CODE)


@pytest.mark.parametrize("code", [code for code in CODES if code != "en-gb"])
def test_the_foot_says_that_nobody_has_checked_the_translation(code, school, client):
    english = "A machine translated these words. No speaker has checked them yet."
    assert english not in client.get("/account/login/").text
    client.post("/language/", {"language": code})
    with translation.override(code):
        words = translation.gettext(f"{english} The English words count.")
    assert words in client.get("/account/login/").text
    assert english not in words
