"""A school shows an album to its families and in school, and prints it; a family says no."""

import re

from playwright.sync_api import expect

from tests.conftest import looks_right
from tests.test_family_pictures import open_pictures, see_pictures


def open_album(page, site, act):
    """As the head, what can be done with the settled album."""
    page.goto(site.sign_in["head"])
    page.goto(f"{site.address}/albums/")
    page.get_by_role("link", name="Harvest table").click()
    page.get_by_role("link", name=act, exact=True).click()


def see_all(page):
    page.wait_for_load_state()
    for picture in page.locator("main img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True, timeout=30_000)
    page.evaluate("scrollTo(0, 0)")


def test_an_album_goes_to_its_families_and_a_no_takes_it_away(page, site):
    open_album(page, site, "Show")
    page.get_by_label("Title for those who see it").fill("Amara and the pumpkins")
    see_all(page)
    page.get_by_role("button", name="Show them").click()
    expect(page.get_by_text("“Amara” is the name of a child.").first).to_be_visible()
    see_all(page)
    looks_right(page, "share-refused")
    page.get_by_label("Title for those who see it").fill("The pumpkins")
    page.get_by_role("button", name="Show them").click()
    expect(page.get_by_text("Shown now")).to_be_visible()
    see_all(page)
    looks_right(page, "share")
    page.goto(f"{site.address}/shared/")
    looks_right(page, "shares")

    open_pictures(page, site)
    page.get_by_role("link", name="Albums", exact=True).click()
    looks_right(page, "child-albums")
    page.get_by_role("link", name="The pumpkins").click()
    see_pictures(page)
    looks_right(page, "child-album")
    with page.expect_download() as saved:
        page.get_by_role("link", name=re.compile("^Save for your family")).click()
    assert saved.value.suggested_filename == "for-your-family.png"
    page.get_by_role("link", name=re.compile("^Take this down")).click()
    see_pictures(page)
    looks_right(page, "take-down-shared")
    page.get_by_role("link", name="Leave it as it is").click()
    page.get_by_role("link", name="Albums with your child").click()
    page.get_by_role("link", name="All by date").click()
    see_pictures(page)
    looks_right(page, "child-record")

    child = re.search(r"/children/(\d+)/", page.url)[1]
    page.goto(f"{site.address}/children/{child}/")
    journal = page.get_by_role("group", name="Learning journal")
    journal.get_by_role("button", name="No").click()
    expect(journal.get_by_text("From now on we do not show")).to_be_visible()
    page.goto(f"{site.address}/children/{child}/albums/")
    expect(page.get_by_text("No album now")).to_be_visible()
    looks_right(page, "child-albums-none")


def test_a_sheet_is_printed_and_comes_down(page, site):
    open_album(page, site, "Print")
    page.get_by_label("Where will it hang?").fill("Office")
    see_all(page)
    looks_right(page, "print-new")
    page.get_by_role("button", name="Make the sheet").click()
    expect(page.get_by_role("heading", name="Was the camera wiped?")).to_be_visible()
    looks_right(page, "print")
    sheet = page.get_by_role("link", name="Open the sheet to print").get_attribute("href")
    assert page.request.get(site.address + sheet).body().startswith(b"%PDF")
    page.goto(f"{site.address}/prints/")
    looks_right(page, "prints")
    page.get_by_role("link", name="Harvest table", exact=True).click()
    page.get_by_role("button", name="It is down and shredded").click()
    expect(page.get_by_role("button", name="It still hangs")).to_be_visible()


def test_a_governor_sees_what_is_shown_in_school(page, site):
    page.goto(site.sign_in["governor"])
    page.goto(f"{site.address}/in-school/")
    looks_right(page, "in-school")
    page.get_by_role("link", name="Our harvest table").click()
    see_all(page)
    looks_right(page, "in-school-album")


def test_the_office_sees_what_is_past_its_time_and_deletes_it(page, site):
    page.goto(site.sign_in["office"])
    page.goto(f"{site.address}/retention/")
    see_all(page)
    looks_right(page, "retention")
    page.get_by_role("link", name=re.compile("^Keep longer.*May fair")).click()
    looks_right(page, "keep-longer")
    page.get_by_role("link", name="Go back").click()
    page.get_by_role("link", name=re.compile("^Delete.*May fair")).click()
    page.get_by_label("Type 1 to go on").fill("1")
    looks_right(page, "delete-album")
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("Gone from backups by")).to_be_visible()
    looks_right(page, "deletion")
    page.goto(f"{site.address}/deletions/")
    looks_right(page, "deletions")
