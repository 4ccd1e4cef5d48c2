"""The office's and the teachers' view of the answers, in a real browser and on paper."""

import os
import re

from playwright.sync_api import expect

from tests.conftest import SCREENS, looks_right


def enter(page, site, role, path):
    page.goto(site.sign_in[role])
    return page.goto(site.address + path)


def paper(page, name):
    """The page as it comes out of the printer; return how many sheets of A4 it takes."""
    path = SCREENS / f"{name}.pdf" if "SCREENS" in os.environ else None
    printed = page.pdf(path=path, prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert {(round(float(w)), round(float(h))) for w, h in sizes} == {(595, 842)}, sizes
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def open_sheet(page, site, role="teacher"):
    enter(page, site, role, "/consent/sheets/")
    looks_right(page, "sheets")
    page.get_by_role("link", name="Robins").click()


def test_the_sheet_of_thirty_children_hangs_on_the_wall_as_one_page(page, site):
    open_sheet(page, site)
    assert page.locator(".matrix tbody tr").count() == 30
    looks_right(page, "sheet")
    assert paper(page, "sheet") == 1


def test_a_teacher_with_ten_minutes_reads_one_use_at_a_time(page, site):
    open_sheet(page, site)
    page.get_by_role("link", name="School website").click()
    expect(page.get_by_text("Beside the camera, or covered")).to_be_visible()
    looks_right(page, "sheet-website")
    assert paper(page, "sheet-website") == 1


def test_the_office_finds_its_way_through_a_whole_schools_register(page, site):
    enter(page, site, "office", "/consent/")
    expect(page.get_by_text("Page 1 of 4")).to_be_visible()
    looks_right(page, "register")
    page.get_by_role("link", name="Page 2").click()
    page.get_by_text("Page 2 of 4").wait_for()
    page.get_by_label("Name").fill("leo k")
    page.get_by_role("button", name="Show", exact=True).click()
    page.locator("table.answers a").first.click()
    page.wait_for_url("**/child/*/")
    looks_right(page, "child")
    paper(page, "child")


def test_an_event_has_a_sheet_of_its_own(page, site):
    enter(page, site, "office", "/consent/sheets/add/")
    page.get_by_label("Event").fill("Sports day")
    for name in ("Robins", "Wrens"):
        page.get_by_label(name).check()
    looks_right(page, "sheet-add")
    page.get_by_role("button", name="Make the sheet").click()
    page.wait_for_url(re.compile(r"/consent/sheets/[^/]{22}/$"))
    assert page.locator(".matrix tbody tr").count() == 62, "two classes, each under its name"
    looks_right(page, "sheet-event")
    assert paper(page, "sheet-event") == 2
    page.get_by_role("link", name="Change").click()
    page.get_by_label("Find a child").fill("alfie")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Put").first.click()
    page.get_by_role("button", name="Take").wait_for()
    looks_right(page, "sheet-change")


def test_a_pile_of_forms_is_typed_in_without_a_detour(page, site):
    enter(page, site, "office", "/people/")
    page.get_by_role("link", name="Robins").click()
    page.get_by_role("link", name="Answer forms on paper").click()
    looks_right(page, "forms")
    assert paper(page, "forms") == 30
    page.go_back()
    page.get_by_role("link", name="Amara").click()
    page.get_by_role("link", name="Write an answer down").click()
    looks_right(page, "record")
    page.get_by_label("On paper").check()
    page.get_by_label("On which day?").fill("2026-09-01")
    page.locator("[name=parent]").first.check()
    page.locator("[name=to-press][value=refused]").check(force=True)
    page.get_by_role("button", name="go on to Anouk F").click()
    page.get_by_role("heading", name="What did the family of Anouk F say?").wait_for()
    assert page.get_by_label("On paper").is_checked()
    assert page.get_by_label("On which day?").input_value() == "2026-09-01"


def test_answers_that_differ_say_what_to_do(page, site):
    page.goto(site.sign_in["office"])
    page.get_by_role("link", name="See the answers").first.click()
    page.get_by_role("heading", name="The answers differ").wait_for()
    looks_right(page, "differ")
