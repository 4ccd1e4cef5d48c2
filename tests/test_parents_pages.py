"""A parent with several children, on a phone and at a desk, in English and in Arabic."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import looks_right


def come_in(page, site):
    page.goto(site.sign_in["parent"])
    assert page.url == site.address + "/children/"


def read_in(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def question(page, name):
    return page.get_by_role("group", name=name)


def test_a_parent_answers_for_two_children_in_one_visit(page, site):
    come_in(page, site)
    read_in(page, "English")
    looks_right(page, "children")
    page.locator("section.card a.btn").first.click()
    looks_right(page, "child")

    newspapers = question(page, "Newspapers and television")
    newspapers.get_by_role("button", name="No").click()
    expect(newspapers.get_by_text("From now on we do not show")).to_be_visible()
    expect(newspapers.get_by_role("button", name="No")).to_have_attribute("aria-pressed", "true")
    assert newspapers.evaluate("card => card.getBoundingClientRect().top >= 0"), "it stays in sight"
    newspapers.get_by_role("button", name="Yes").focus()
    page.keyboard.press("Enter")
    expect(newspapers.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")
    looks_right(page, "child-answered")

    first = page.locator("h1").inner_text()
    page.get_by_role("link", name=re.compile("^Next: pictures of")).click()
    assert page.locator("h1").inner_text() != first
    page.get_by_role("link", name="Say no to everything").click()
    looks_right(page, "child-no")
    page.get_by_role("button", name="Say no to everything").click()
    expect(page.get_by_text("6 of 6 answered")).to_be_visible()
    page.get_by_role("link", name="Get a copy of all your answers").click()
    looks_right(page, "children-copy")


@pytest.mark.parametrize(
    ("name", "code", "direction"),
    [
        ("العربية", "ar", "rtl"),
        ("اردو", "ur", "rtl"),
        ("বাংলা", "bn", "ltr"),
        ("Polski", "pl", "ltr"),
    ],
)
def test_the_same_in_other_letters_and_from_right_to_left(page, site, name, code, direction):
    come_in(page, site)
    read_in(page, name)
    assert page.locator("html").get_attribute("dir") == direction
    looks_right(page, f"children-{code}")
    page.locator("section.card a.btn").first.click()
    page.locator("form#website button[value=no]").click()
    expect(page.locator("form#website button[value=no]")).to_have_attribute("aria-pressed", "true")
    looks_right(page, f"child-{code}")
    shown = page.locator("main").inner_text()
    assert not re.search(r"\b(?:Saved|answered|Yes|No|pictures)\b", shown), (
        "all of it is translated"
    )
    read_in(page, "English")


def test_it_fits_a_small_phone_and_large_letters(page, site):
    come_in(page, site)
    page.set_viewport_size({"width": 320, "height": 640})
    for name, code in (("English", "en"), ("العربية", "ar"), ("Cymraeg", "cy"), ("Română", "ro")):
        read_in(page, name)
        looks_right(page, f"children-{code}")
        page.locator("section.card a.btn").first.click()
        looks_right(page, f"child-{code}")
        page.goto(site.address + "/children/")
    read_in(page, "English")


def test_on_paper_only_the_chosen_answer_stands(page, site):
    come_in(page, site)
    read_in(page, "English")
    page.locator("section.card a.btn").first.click()
    page.locator("form#website button[value=no]").click()
    page.emulate_media(media="print")
    expect(page.locator("form#website button[value=no]")).to_be_visible()
    expect(page.locator("form#website button[value=yes]")).to_be_hidden()
    expect(page.locator(".langs")).to_be_hidden()
    for card in ("all", "shown"):  # they hold nothing but a link
        expect(page.locator(f"section[aria-labelledby={card}]")).to_be_hidden()
    looks_right(page, "child-paper")


def test_it_works_without_javascript(chromium, site):
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    come_in(page, site)
    page.locator("section.card a.btn").first.click()
    page.locator("form#display button[value=no]").click()
    expect(page.locator("form#display button[value=no]")).to_have_attribute("aria-pressed", "true")
    page.locator("form#display button[value=yes]").click()
    expect(page.locator("form#display button[value=yes]")).to_have_attribute("aria-pressed", "true")
    page.locator(".langs button[value=pl]").click()
    expect(page.locator("h1")).to_contain_text("Zdjęcia")
    page.locator(".langs button[value=en-gb]").click()
    context.close()


def test_who_has_not_signed_in_may_choose_too(page, site):
    page.goto(site.address + "/account/login/")
    read_in(page, "العربية")
    looks_right(page, "sign-in-ar")
    expect(page.locator("h1")).to_have_text("تسجيل الدخول")
