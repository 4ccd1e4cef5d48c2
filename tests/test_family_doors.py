"""A parent comes in from any phone, with a mailed code or a printed letter, in a real browser."""

import re
import sqlite3
from contextlib import closing
from datetime import timedelta

from django.utils import timezone

from tests.conftest import looks_right


def mail_to(site, address):
    with closing(sqlite3.connect(site.folder / "belisha.sqlite3", timeout=20)) as database:
        said = database.execute(
            'SELECT body FROM people_mail WHERE "to" = ? ORDER BY id DESC', [address]
        ).fetchone()
    return said[0]


def code_in(body):
    return re.search(r"^    (\S+)$", body, re.MULTILINE)[1]


def ask(page, site, address):
    page.goto(site.address + "/children/")
    page.get_by_role("link", name="Parents, carers and guests").click()
    looks_right(page, "family-sign-in")
    page.get_by_label("Your email address").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_role("heading", name="Look in your mail").wait_for()


def test_a_parent_types_the_code_of_the_mail_and_is_where_they_wanted_to_be(page, site):
    address = "parent1@kerbside.example"
    ask(page, site, address)
    looks_right(page, "family-code")
    page.get_by_label("The code").fill("bbbb-bbbb")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="There is something to put right").wait_for()
    looks_right(page, "family-code-wrong")
    page.get_by_label("The code").fill(code_in(mail_to(site, address)))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/children/")

    page.goto(site.address + "/in/again/?next=/me/")
    looks_right(page, "family-again")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("The code").fill(code_in(mail_to(site, address)))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/me/")
    page.get_by_role("link", name="Your email address").click()
    looks_right(page, "family-address")


def test_the_link_of_the_mail_waits_for_a_press_and_works_once(page, site):
    address = "parent3@kerbside.example"
    ask(page, site, address)
    link = re.search(r"^http\S+$", mail_to(site, address), re.MULTILINE)[0]
    page.goto(link)
    looks_right(page, "family-link")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="My children").wait_for()
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="This code was used already").wait_for()
    looks_right(page, "family-code-used")
    page.get_by_role("link", name="Go on").click()
    page.get_by_role("heading", name="My children").wait_for()


def test_the_code_of_a_letter_fills_itself_in_and_leaves_the_address(page, site):
    page.goto(site.address + "/in/letter/#bcdf-ghjk-mnpq")
    page.wait_for_function("document.querySelector('#id_code').value === 'bcdf-ghjk-mnpq'")
    assert page.url.endswith("/in/letter/")
    looks_right(page, "family-letter")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Look at your letter once more").first.wait_for()


def test_the_head_invites_a_guest_who_looks(page, site, chromium):
    address = "vale@inspection.example"
    page.goto(site.sign_in["head"])
    page.goto(site.address + "/guests/")
    page.get_by_role("link", name="Invite a guest").click()
    looks_right(page, "guest-invite")
    page.get_by_label("Name", exact=True).fill("Ms Vale, inspector")
    page.get_by_label("Email address", exact=True).fill(address)
    page.get_by_label("How the policy is kept").check()
    page.get_by_label("Until the end of which day?").fill(tomorrow())
    page.get_by_role("button", name="Invite them").click()
    page.get_by_role("heading", name="Ms Vale, inspector").wait_for()

    context = chromium.new_context(viewport=page.viewport_size)
    guest = context.new_page()
    guest.goto(site.address + "/in/")
    guest.get_by_label("Your email address").fill(address)
    guest.get_by_role("button", name="Send me a code").click()
    guest.get_by_label("The code").fill(code_in(mail_to(site, address)))
    guest.get_by_role("button", name="Sign in").click()
    looks_right(guest, "guest-today")
    guest.get_by_role("link", name="How the policy is kept").click()
    looks_right(guest, "figures")
    context.close()

    page.reload()
    assert "1 look" in page.locator("main").inner_text()
    looks_right(page, "guest")


def tomorrow():
    return (timezone.localdate() + timedelta(days=1)).isoformat()
