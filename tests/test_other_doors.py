"""A parent's passkey, and the pages beside the doors, in a real browser."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.conftest import Site, looks_right, put_back, running
from tests.test_family_doors import code_in, mail_to
from tests.test_staff_doors import press, type_code

DANA = "dana@home.example"
IDENTITY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PROGRAM = "import django; django.setup(); from tests.journeys import doors_school"
ENGLISH = re.compile(r"\b(?:passkey|finger|code|mail|Rename|Remove|Add|You|Sign|letter)\b")


def in_school(folder, word):
    """Do one act of `tests.journeys.doors_school` in the folder of a site."""
    done = subprocess.run(
        [sys.executable, "-c", f"{PROGRAM}; doors_school.{word}()"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "BELISHA_DATA": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout or "{}")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A school that is no demonstration, by its name: a browser keeps passkeys for names alone."""
    base = tmp_path_factory.mktemp("doors")
    folder, kept = base / "school", base / "kept"
    told = in_school(folder, "make")
    shutil.copytree(folder, kept)
    with running("serve", folder=folder) as line:
        yield Site(line.strip().replace("127.0.0.1", "localhost"), folder, told), kept


@pytest.fixture
def site(made):
    site, kept = made
    put_back(kept, site)
    return site


def device(page):
    """A phone that keeps passkeys, whose owner shows a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": IDENTITY})
    return session, made["authenticatorId"]


def come_in_by_code(page, site):
    page.goto(site.address + "/in/")
    page.get_by_role("textbox").fill(DANA)
    page.locator("main form.card button.btn").click()
    page.wait_for_url("**/in/code/**")
    page.get_by_role("textbox").fill(code_in(mail_to(site, DANA)))
    page.locator("main form.card button.btn").click()
    page.wait_for_url("**/children/")


def come_in_as_head(page, site):
    page.goto(site.address + "/account/login/")
    page.get_by_label("Email").fill(site.sign_in["email"])
    page.get_by_label("Password").fill(site.sign_in["password"])
    press(page, "Sign in")
    page.wait_for_url("**/account/login/step/")
    type_code(page, site.sign_in["secret"], "Sign in")
    page.wait_for_url(site.address + "/")


def test_a_parent_adds_a_passkey_comes_back_with_it_names_it_and_removes_it(page, site):
    device(page)
    come_in_by_code(page, site)
    page.goto(site.address + "/me/")
    looks_right(page, "me-parent")
    page.get_by_role("link", name="Your passkeys").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passkeys")
    looks_right(page, "parent-passkeys-none")
    page.get_by_role("link", name="Add a passkey").click()
    looks_right(page, "parent-passkey-add")
    press(page, "Add it")
    page.wait_for_url("**/account/factors/")
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    looks_right(page, "parent-passkeys")
    words = page.locator("main").inner_text()
    assert "second step" not in words.lower(), "a parent needs none, and is offered none"
    assert "recovery" not in words.lower()
    assert "in a new way" in mail_to(site, DANA)

    page.get_by_role("link", name=re.compile("^Rename.*Passkey")).click()
    page.get_by_label("Name").fill("My telephone")
    looks_right(page, "parent-passkey-name")
    press(page, "Save")
    expect(page.get_by_text("My telephone").first).to_be_visible()

    page.goto(site.address + "/me/")
    press(page, "Sign out")
    page.goto(site.address + "/in/?next=/me/")
    looks_right(page, "family-sign-in-with-passkey")
    press(page, "Sign in with a passkey")
    page.wait_for_url(site.address + "/me/")
    page.goto(site.address + "/children/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My children")

    in_school(site.folder, "stale")
    page.goto(site.address + "/account/factors/")
    page.get_by_role("link", name=re.compile("^Remove.*My telephone")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    looks_right(page, "family-again-with-passkey")
    press(page, "Use a passkey")
    page.wait_for_url("**/remove/")
    looks_right(page, "parent-passkey-remove")
    press(page, "Remove")
    expect(page.get_by_text("You have none yet")).to_be_visible()

    page.goto(site.address + "/me/")
    press(page, "Sign out")
    page.goto(site.address + "/in/?next=/me/")
    press(page, "Sign in with a passkey")
    page.wait_for_url("**/in/?next=%2Fme%2F")
    expect(page.get_by_text("That did not work.").first).to_be_visible()
    looks_right(page, "family-passkey-gone")
    come_in_by_code(page, site)


def test_the_same_in_arabic(page, site):
    device(page)
    page.goto(site.address + "/in/")
    press(page, "العربية")
    come_in_by_code(page, site)

    def look(name):
        assert page.locator("html").get_attribute("dir") == "rtl"
        looks_right(page, f"{name}-ar")
        assert not ENGLISH.search(page.locator("main").inner_text()), "all of it is translated"

    page.goto(site.address + "/account/factors/")
    look("parent-passkeys-none")
    page.locator("a[href$='/passkeys/add/']").click()
    look("parent-passkey-add")
    page.get_by_role("textbox").fill("هاتفي")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/account/factors/")
    look("parent-passkeys")
    page.locator("a[href$='/remove/']").click()
    look("parent-passkey-remove")
    page.goto(site.address + "/account/factors/")
    page.locator("ul.plain a").first.click()
    look("parent-passkey-name")

    page.goto(site.address + "/me/")
    page.locator("form[action$='/logout/'] button").click()
    page.goto(site.address + "/in/")
    look("family-sign-in-with-passkey")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/children/")
    in_school(site.folder, "stale")
    page.goto(site.address + "/account/factors/passkeys/add/")
    look("family-again-with-passkey")


def test_a_phone_that_has_no_passkey_for_here_leaves_the_other_ways(page, site):
    device(page)
    page.goto(site.address + "/in/")
    press(page, "Sign in with a passkey")
    page.get_by_text("That did not work. Try again, or use another way.").wait_for()
    looks_right(page, "family-passkey-refused")
    come_in_by_code(page, site)


def test_staff_show_once_more_who_they_are(page, site):
    come_in_as_head(page, site)
    in_school(site.folder, "stale")
    page.goto(site.address + "/people/pupils.csv")
    looks_right(page, "again")
    page.get_by_label("Your password").fill("another one than this")
    page.get_by_label("The code of your app").fill("000000")
    press(page, "Go on")
    page.get_by_role("heading", name="There is something to put right").wait_for()
    looks_right(page, "again-wrong")
    page.goto(site.address + "/guests/invite/")
    page.get_by_label("Your password").fill(site.sign_in["password"])
    page.get_by_label("The code of your app").fill(site.sign_in["recovery"])
    press(page, "Go on")
    page.wait_for_url("**/guests/invite/")


def test_one_sees_where_one_is_signed_in_and_ends_it_there(page, site, chromium):
    come_in_by_code(page, site)
    elsewhere = chromium.new_context(user_agent="Mozilla/5.0 (iPad) Version/18.0 Safari/604.1")
    come_in_by_code(elsewhere.new_page(), site)
    page.goto(site.address + "/account/sessions/")
    looks_right(page, "sessions-two")
    page.get_by_role("button", name=re.compile("^Sign out there.*iPad")).click()
    expect(page.get_by_text("Signed out there.")).to_be_visible()
    elsewhere.pages[0].reload()
    elsewhere.pages[0].wait_for_url("**/account/login/**")
    elsewhere.close()


def test_a_forgotten_password_and_a_link_that_is_over(page, site):
    page.goto(site.address + "/account/login/")
    page.get_by_role("link", name="I have forgotten my password").click()
    looks_right(page, "forgotten")
    page.get_by_label("Your email address").fill("head@farside.example")
    press(page, "Send me the link")
    page.get_by_text("a mail is on its way").wait_for()
    looks_right(page, "forgotten-sent")
    link = re.search(r"http\S+/account/invitation/\S+", mail_to(site, "head@farside.example"))[0]
    page.goto(link.replace("127.0.0.1", "localhost"))
    looks_right(page, "invitation-forgotten")
    page.goto(site.address + "/account/invitation/bcdfg-bcdfg-bcdfg-bcdfg/")
    looks_right(page, "invitation-over")
    for _ in range(5):
        page.goto(site.address + "/account/forgotten/")
        page.get_by_label("Your email address").fill("head@farside.example")
        press(page, "Send me the link")
    page.get_by_role("heading", name="Wait a little").wait_for()
    looks_right(page, "wait")


def test_the_heads_pages_of_guests_mail_password_and_the_way_out(page, site):
    come_in_as_head(page, site)
    for name, path in (
        ("guests", "/guests/"),
        ("mail-of-every-fate", "/people/mail/"),
        ("mail-troubled", "/people/mail/?fate=troubled"),
        ("password", "/account/password/"),
        ("sign-out", "/account/logout/"),
    ):
        page.goto(site.address + path)
        looks_right(page, name)
