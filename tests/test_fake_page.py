"""A parent without an account finds a false page of a class; it goes up the ladder of removal."""

import re

from playwright.sync_api import expect

from tests.conftest import looks_right


def choose(page, name):
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state()


def written(page, button="Write it down"):
    page.get_by_role("button", name=button).click()
    page.wait_for_url(re.compile(r"/cases/[\w-]{22}/(#removal)?$"))


def test_a_false_page_of_a_class_is_found_by_a_parent_and_its_maker_is_asked(page, site):
    page.goto(site.address + "/tell/us/")
    page.get_by_label("An account or a group").check()
    page.get_by_label("What happened?").fill("A page called Quoll Class shows our children.")
    page.get_by_label("Who did it?").select_option(label="I do not know, or nobody")
    page.get_by_label("Somebody was threatened, or may be harmed").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="We have it. Thank you.")).to_be_visible()

    page.context.clear_cookies()
    page.goto(site.sign_in["safeguarding-lead"])
    page.goto(site.address + "/cases/?words=Quoll")
    page.get_by_role("link", name="Account that is false or not approved").click()
    page.wait_for_url(re.compile(r"/cases/[\w-]{22}/$"))

    choose(page, re.compile("Answer ?: The account"))
    page.get_by_role("group", name="Does it seem to be the school’s?").get_by_label("Yes").check()
    page.get_by_role("group", name="Is it gone?").get_by_label("No", exact=True).check()
    written(page, "Write the answers down")
    expect(page.get_by_text("Report the account to the service").first).to_be_visible()

    choose(page, "Add a post or an account")
    page.get_by_label("What is it?").select_option(label="the account")
    page.get_by_label("Where does it stand?").fill("Quoll Class")
    page.get_by_label("An account that seems to be the school’s").check()
    written(page)
    author = "Ask whoever posted it"
    expect(page.get_by_role("link", name=author, exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Report it to the service", exact=True)).to_have_count(0)
    page.get_by_role("link", name=author, exact=True).click()
    expect(page.get_by_label("What was sent")).to_have_value(
        re.compile("Would you please take it down")
    )
    page.get_by_label("To whom, and how?").fill("By a message to the page")
    looks_right(page, "fake-page-letter")
    written(page, "It was sent")
    expect(page.get_by_text("By a message to the page").first).to_be_visible()
    expect(page.get_by_text(re.compile("Answer until")).first).to_be_visible()
    looks_right(page, "fake-page-case")
