"""Can I…? A parent asks on a phone without signing in; a teacher asks and goes on; no script."""

import pytest
from playwright.sync_api import expect

from tests.conftest import looks_right


def choose(page, label, words):
    page.get_by_label(label, exact=True).select_option(label=words)


def verdict(page):
    return page.locator("#answer[role=status] h2")


def test_a_parent_asks_without_signing_in(page, demonstration):
    page.goto(demonstration.address + "/account/login/")
    page.get_by_role("link", name="Can I…?").click()
    page.get_by_role("heading", name="Can I…?", level=1).wait_for()
    assert page.get_by_label("I am", exact=True).input_value() == "parent"
    looks_right(page, "can-i-empty")
    # Three taps: what, of whom, ask.
    choose(page, "Can I", "make a film")
    choose(page, "of", "a school event")
    page.get_by_role("button", name="Ask").click()
    expect(verdict(page)).to_have_text("Yes")
    expect(verdict(page)).to_be_focused()
    looks_right(page, "can-i-yes")
    # The address holds the answer.
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(verdict(page)).to_have_text("Yes")
    expect(verdict(page)).to_be_focused()
    assert page.title().startswith("Yes: Can I…?")


def test_what_the_answer_hangs_on_is_one_tap_away(page, demonstration):
    page.goto(demonstration.address + "/can-i/?as=parent&do=film&of=own-child")
    expect(verdict(page)).to_have_text("It depends")
    looks_right(page, "can-i-depends")
    page.get_by_role("link", name="in the toilets").click()
    expect(verdict(page)).to_have_text("No")
    assert "Tell the safeguarding lead" in page.locator("#answer").inner_text()
    looks_right(page, "can-i-no")


def test_choosing_a_deed_brings_the_parts_that_belong_to_it(page, demonstration):
    page.goto(demonstration.address + "/can-i/")
    expect(page.get_by_label("to", exact=True)).to_be_visible()
    choose(page, "I am", "a pupil")
    page.get_by_label("Can I", exact=True).focus()
    choose(page, "Can I", "use my phone")
    expect(page.get_by_label("to", exact=True)).to_have_count(0)
    expect(page.get_by_label("Can I", exact=True)).to_be_focused()
    choose(page, "when", "at an event")
    page.get_by_role("button", name="Ask").click()
    expect(verdict(page)).to_have_text("No")
    page.get_by_label("A parent stays beside me").check()
    page.get_by_role("button", name="Ask").click()
    expect(verdict(page)).to_have_text("Yes")
    looks_right(page, "can-i-pupil")


def test_a_teacher_asks_and_is_led_to_the_albums(page, demonstration):
    page.goto(demonstration.sign_in["teacher"])
    page.get_by_role("link", name="Can I…?").locator("visible=true").click()
    assert page.get_by_label("I am", exact=True).input_value() == "teacher"
    choose(page, "of", "a class")
    choose(page, "to", "the school website")
    page.get_by_role("button", name="Ask").click()
    expect(verdict(page)).to_have_text("Ask first")
    looks_right(page, "can-i-teacher")
    page.get_by_role("link", name="Go to the albums").click()
    page.wait_for_url("**/albums/")


@pytest.fixture
def without_script(chromium):
    context = chromium.new_context(java_script_enabled=False, locale="en-GB")
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def test_it_works_without_script(without_script, demonstration):
    page = without_script
    page.goto(demonstration.address + "/can-i/")
    choose(page, "of", "a class")
    choose(page, "to", "an account of my own")
    page.get_by_role("button", name="Ask").click()
    expect(verdict(page)).to_have_text("No")
    expect(page.get_by_label("to", exact=True)).to_have_value("personal")


def test_a_teacher_asks_about_one_picture(page, demonstration):
    page.goto(demonstration.sign_in["teacher"])
    page.goto(demonstration.address + "/albums/")
    page.locator("main a[href*='/albums/']", has_text="Bridge day").first.click()
    page.locator("a[href*='/pictures/']").first.click()
    page.get_by_role("link", name="Can I post this picture?").click()
    page.get_by_label("Can I post it to").select_option(label="the school website")
    page.get_by_role("button", name="Ask").click()
    expect(verdict(page)).to_be_focused()
    expect(page.get_by_role("link", name="Go to the picture")).to_be_visible()
    looks_right(page, "can-i-picture")
