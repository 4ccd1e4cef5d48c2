"""Guests from outside: named pages, until a date, to look at and no more."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from belisha.audit.models import Entry
from belisha.people.access import pages_for_guests
from belisha.people.models import GuestPass, Mail, SignInCode, User
from belisha.people.rules import Role

ADDRESS = "vale@inspection.example"
# The last day is 20 November 2026; in winter the school's days are those of Greenwich.
OVER = datetime(2026, 11, 21, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def at(monkeypatch, now):
    """Set the clock, and keep it there: `at(now)`."""

    def at(when):
        monkeypatch.setattr(timezone, "now", lambda: when)

    at(now)
    return at


@pytest.fixture
def head(staff, enter, at):
    return enter(staff.head)


@pytest.fixture
def vale(head):
    """An inspector who may see the figures until the end of 20 November."""
    return invited(head)


def invited(head, **typed):
    typed = {
        "name": "Ms Vale, inspector",
        "email": "Vale@Inspection.example",
        "pages": ["figures"],
        "last_day": "2026-11-20",
    } | typed
    answer = head.post("/guests/invite/", typed)
    assert answer.status_code == 302, answer.content
    return GuestPass.objects.get(pk=answer.headers["Location"].split("/")[2])


def came(address=ADDRESS):
    """A browser in which the guest has signed in by the mailed code."""
    browser = Client()
    browser.post("/in/", {"email": address})
    found = re.search(r"^    (\S+)$", mail().body, re.MULTILINE)
    if found:
        browser.post("/in/code/", {"code": found[1]})
    return browser


def mail():
    return Mail.objects.order_by("-id").first()


def looks():
    return list(Entry.objects.filter(verb="guest.looked").values_list("facts", flat=True))


def test_a_guest_is_invited_signs_in_and_sees_what_is_named(vale):
    assert mail().to == ADDRESS
    assert "http://testserver/in/" in mail().body
    assert "20 November 2026" in mail().body
    browser = came()
    vale.refresh_from_db()
    assert vale.user.roles == {Role.GUEST}
    assert not vale.user.has_usable_password()
    first = browser.get("/").content
    assert b"How the policy is kept" in first
    assert b"What pictures are used for" not in first
    assert b"children have an answer" in browser.get("/figures/").content
    assert browser.get("/purposes/").status_code == 404


def test_every_look_is_in_the_record_and_shown_to_the_head(vale, head):
    browser = came()
    browser.get("/figures/")
    browser.get("/figures/")
    browser.get("/purposes/")
    assert looks() == [{"page": "figures"}] * 2
    entry = Entry.objects.filter(verb="guest.looked").first()
    assert (entry.about, entry.by) == (f"guestpass:{vale.pk}", GuestPass.objects.get().user_id)
    page = head.get(f"/guests/{vale.pk}/").content.decode()
    assert "2 looks" in page
    assert page.count("20 November 2026, 9:00am") == 2
    head.get("/figures/")
    assert len(looks()) == 2, "the head’s own look is none of a guest"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_a_guest_only_looks(vale, method):
    browser = came()
    assert getattr(browser, method)("/figures/").status_code == 404
    assert looks() == []


def test_no_page_opens_that_has_not_said_so(vale):
    browser = came()
    GuestPass.objects.update(pages=["figures", "people", "answers", "albums", "guests"])
    for page in ("/people/", "/consent/", "/albums/", "/guests/", "/people/pupils.csv"):
        assert browser.get(page).status_code == 404, page
    assert set(pages_for_guests()) == {
        *("figures", "in-school", "purposes", "reader_figures", "report")
    }


@pytest.mark.parametrize(("moved", "sees"), [(-SECOND, True), (SECOND * 0, False), (SECOND, False)])
def test_a_pass_ends_with_its_last_day_to_the_second(vale, at, moved, sees):
    assert vale.until == OVER
    assert vale.last_day.isoformat() == "2026-11-20"
    at(OVER - 60 * SECOND)
    browser = came()
    at(OVER + moved)
    answer = browser.get("/figures/")
    if sees:
        assert answer.status_code == 200
    else:
        assert answer.headers["Location"] == "/account/login/?next=/figures/"
        assert "_auth_user_id" not in browser.session
        assert looks() == []


def test_in_summer_the_last_day_ends_at_the_schools_midnight(head, at):
    at(datetime(2026, 7, 1, 9, 0, tzinfo=UTC))
    row = invited(head, last_day="2026-07-02")
    assert row.until == datetime(2026, 7, 2, 23, 0, tzinfo=UTC)
    assert row.last_day.isoformat() == "2026-07-02"


@pytest.mark.parametrize("moved", [-SECOND, SECOND])
def test_after_the_last_day_the_address_is_like_an_unknown_one(vale, at, moved):
    at(OVER + moved)
    browser = came()
    assert ("_auth_user_id" in browser.session) is (moved < timedelta())
    assert ("do not know this address" in mail().body) is (moved > timedelta())


def test_a_code_that_was_asked_for_in_time_is_no_good_afterwards(vale, at):
    at(OVER - SECOND)
    browser = Client()
    browser.post("/in/", {"email": ADDRESS})
    code = re.search(r"^    (\S+)$", mail().body, re.MULTILINE)[1]
    at(OVER + SECOND)
    assert browser.post("/in/code/", {"code": code}).status_code == 422
    assert "_auth_user_id" not in browser.session


def test_ending_a_pass_counts_at_once_and_can_be_taken_back(vale, head):
    browser = came()
    head.post(f"/guests/{vale.pk}/end/")
    assert browser.get("/figures/").status_code == 302
    assert "_auth_user_id" not in browser.session
    assert "_auth_user_id" not in came().session
    assert b"Let them in again" in head.get(f"/guests/{vale.pk}/").content
    head.post(f"/guests/{vale.pk}/resume/")
    assert came().get("/figures/").status_code == 200


def test_the_head_changes_what_a_guest_sees_and_until_when(vale, head, at, now):
    browser = came()
    typed = {"name": "Ms Vale", "pages": ["purposes"], "last_day": "2026-11-25"}
    head.post(f"/guests/{vale.pk}/change/", typed)
    assert browser.get("/figures/").status_code == 404
    assert browser.get("/purposes/").status_code == 200
    at(now + timedelta(days=4))
    assert came().get("/purposes/").status_code == 200


def test_a_guest_is_erased_when_the_pass_is_over(vale, head):
    came().get("/figures/")
    user = GuestPass.objects.get().user_id
    page = f"/guests/{vale.pk}/erase/"
    assert b"still good" in head.post(page, {"name": vale.name}).content
    head.post(f"/guests/{vale.pk}/end/")
    head.post(page, {"name": vale.name})
    assert not GuestPass.objects.exists()
    assert not SignInCode.objects.exclude(guest=None).exists()
    erased = User.objects.get(pk=user)
    assert (erased.name, erased.is_active) == ("Erased", False)
    assert ADDRESS not in repr(list(User.objects.values_list()))
    assert len(looks()) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"last_day": "2026-11-19"}, b"This day is over"),
        ({"last_day": "2028-01-01"}, b"A year is the longest"),
        ({"pages": []}, b"required"),
        ({"pages": ["people"]}, b"people"),
        ({"email": "miss.raman@people.example"}, b"way in as staff"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_sent(staff, head, wrong, words):
    typed = {"name": "Ms Vale", "email": ADDRESS, "pages": ["figures"], "last_day": "2026-11-20"}
    answer = head.post("/guests/invite/", typed | wrong)
    assert answer.status_code == 422
    assert words in answer.content
    assert not GuestPass.objects.exists()
    assert not Mail.objects.exists()


def test_one_address_has_one_pass(vale, head):
    typed = {"name": "X", "email": ADDRESS, "pages": ["figures"], "last_day": "2026-11-20"}
    assert b"a guest already" in head.post("/guests/invite/", typed).content


def test_only_the_head_invites(staff, enter, vale):
    for person in (staff.office, staff.lead, staff.teacher, staff.governor):
        for page in ("/guests/", "/guests/invite/", f"/guests/{vale.pk}/"):
            assert enter(person).get(page).status_code == 404
    assert b"Ms Vale" in enter(staff.head).get("/guests/").content


def test_governors_print_the_figures_without_being_guests(staff, enter):
    assert enter(staff.governor).get("/figures/").status_code == 200
    assert enter(staff.teacher).get("/figures/").status_code == 404
