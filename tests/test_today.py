"""Today, the calendar, the search and one's own choices, in a real browser."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.conftest import looks_right


@pytest.fixture
def enter(page, demonstration):
    """Come in as somebody of the demonstration, and go to a page."""

    def entered(role, path="/"):
        assert page.goto(demonstration.sign_in[role]).ok
        assert page.goto(demonstration.address + path).ok
        return page

    return entered


def test_today_of_the_office_and_of_somebody_for_whom_nothing_waits(enter):
    page = enter("office")
    assert page.locator("h1").inner_text().endswith("Mrs Toucan")
    looks_right(page, "today-groups")
    for role in ("head", "teacher", "governor"):
        looks_right(enter(role), f"today-of-{role}")


def test_a_year_at_a_glance_and_a_day_added_and_taken_out(enter):
    page = enter("office", "/calendar/")
    looks_right(page, "calendar")
    page.get_by_role("link", name="Add days").click()
    page.get_by_label("What is it?").select_option("strike")
    day = timezone.localdate() + timedelta(days=30)
    page.get_by_label("First day").fill(f"{day}")
    looks_right(page, "calendar-add")
    page.get_by_role("button", name="Add them").click()
    row = page.get_by_role("listitem").filter(has_text=f"{day:%A %-d %B %Y}")
    assert "Strike" in row.inner_text()
    row.get_by_role("button", name=re.compile("Take out")).click()
    expect(page.get_by_text("Taken out: Strike")).to_be_visible()


def test_hours_and_a_file_of_term_dates(enter):
    looks_right(enter("office", "/calendar/hours/"), "calendar-hours")
    page = enter("office", "/calendar/bring-in/")
    looks_right(page, "calendar-bring-in")
    sheet = "what,first day,last day,name\nINSET day,2027-06-21,,\nCake sale,2027-06-22,,\n"
    file = {"name": "terms.csv", "mimeType": "text/csv", "buffer": sheet.encode()}
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="See what is in it").click()
    assert page.get_by_label("Take over").nth(0).is_checked()
    assert not page.get_by_label("Take over").nth(1).is_checked()
    looks_right(page, "calendar-preview")


def test_the_calendar_of_a_parent(enter):
    looks_right(enter("parent", "/calendar/"), "calendar-of-parent")


def test_the_search_finds_while_one_types_and_without_a_script(enter):
    page = enter("office", "/search/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("leo")
    page.get_by_role("heading", name=re.compile("People")).wait_for()
    looks_right(page, "search")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url("**/search/?q=leo")
    expect(page.get_by_role("heading", name=re.compile("People"))).to_be_visible()
    page.goto(page.url.replace("leo", "xyzzy"))
    looks_right(page, "search-nothing")


def test_the_key_goes_to_the_search_and_never_fires_in_a_field(enter, demonstration):
    page = enter("teacher", "/me/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    page.get_by_label("What are you looking for?").press("/")
    assert page.get_by_label("What are you looking for?").input_value() == "/"
    page.goto(demonstration.address + "/people/")
    page.keyboard.press("Control+/")
    assert page.evaluate("document.activeElement.id") != "q"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q", "the field of this page"


def test_the_key_can_be_turned_off_and_mail_turned_on(enter, demonstration):
    page = enter("other-staff" if "other-staff" in demonstration.sign_in else "governor", "/me/")
    looks_right(page, "me")
    page.get_by_label(re.compile("The key")).uncheck()
    page.get_by_label("On school days at 7:30am").check()
    page.get_by_role("button", name="Save").click()
    assert not page.get_by_label(re.compile("The key")).is_checked()
    assert page.get_by_label("On school days at 7:30am").is_checked()
    page.keyboard.press("/")
    assert page.url.endswith("/me/")
    page.get_by_label(re.compile("The key")).check()
    page.get_by_label("No mail").check()
    page.get_by_role("button", name="Save").click()


def test_a_private_address_is_shown_once_and_stopped(enter, demonstration):
    page = enter("head", "/me/calendar/")
    page.get_by_role("button", name=re.compile("Make a")).click()
    address = page.locator("p.mono").inner_text()
    looks_right(page, "my-calendar")
    assert page.request.get(address).ok
    page.goto(demonstration.address + "/me/calendar/")
    assert address not in page.content()
    page.get_by_role("button", name="Stop this address").click()
    assert page.request.get(address).status == 404
    looks_right(page, "my-calendar-stopped")
