"""The staff's doors in a real browser: invitation, password, second step, passkey."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.conftest import looks_right

PASSWORD = "bollard lantern kerb otter"


@pytest.fixture
def site(new_site):
    """By its name: a browser keeps passkeys for names alone."""
    return new_site.address.replace("127.0.0.1", "localhost")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def open_school(page, site):
    """The first page: the school and its head, who then must set up a second step."""
    page.goto(site + "/setup/")
    page.get_by_label("Name of the school").fill("Farside Primary School")
    page.get_by_label("Your name").fill("Mrs Farside")
    page.get_by_label("Your email address").fill("head@farside.example")
    page.get_by_label("A password").fill(PASSWORD)
    press(page, "Make the school")
    page.wait_for_url(site + "/account/factors/")


def type_code(page, secret, button):
    """Type what the app shows now; once more when it changed in between."""
    for _ in range(2):
        at = page.url
        page.get_by_role("textbox").last.fill(
            format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        )
        press(page, button)
        page.wait_for_load_state()
        if page.url != at:
            return


def set_up_app(page, site):
    """Answers with what the app knows."""
    page.get_by_role("link", name="Set up an app").click()
    page.wait_for_url(site + "/account/factors/app/")
    secret = page.locator("#secret").inner_text()
    looks_right(page, "second-step-app")
    type_code(page, secret, "Set it up")
    page.wait_for_url(site + "/account/factors/codes/")
    return secret


def sign_out(page, site):
    page.goto(site + "/me/")
    press(page, "Sign out")
    page.wait_for_url(site + "/account/login/")


def test_an_invitation_leads_to_a_password_an_app_and_codes_and_then_one_signs_in(page, site):
    open_school(page, site)
    looks_right(page, "second-step-choice")
    set_up_app(page, site)
    assert page.locator(".codes li").count() == 10
    looks_right(page, "recovery-codes")
    page.get_by_role("link", name="I have them. Go on").click()
    page.goto(site + "/people/staff/add/")
    page.get_by_label("Name").fill("Ms Okoro")
    page.get_by_label("Email address").fill("okoro@farside.example")
    press(page, "Add them")
    page.get_by_role("link", name="Let them sign in").click()
    page.get_by_label("By hand: show it here once, to print or copy").check()
    looks_right(page, "invite")
    press(page, "Invite them")
    link = page.locator("#link").inner_text()
    looks_right(page, "invitation-by-hand")
    sign_out(page, site)

    page.goto(link)
    looks_right(page, "invitation")
    page.get_by_label("A password").fill(PASSWORD)
    press(page, "Choose it and go on")
    page.wait_for_url(site + "/account/factors/")
    secret = set_up_app(page, site)
    page.get_by_role("link", name="I have them. Go on").click()
    page.goto(site + "/account/sessions/")
    looks_right(page, "sessions")
    sign_out(page, site)

    page.get_by_label("Email").fill("okoro@farside.example")
    page.get_by_label("Password").fill(PASSWORD)
    looks_right(page, "sign-in")
    press(page, "Sign in")
    page.wait_for_url(site + "/account/login/step/")
    looks_right(page, "second-step")
    type_code(page, secret, "Sign in")
    page.wait_for_url(site + "/")
    page.goto(site + "/me/")
    assert "Ms Okoro" in page.content()
    looks_right(page, "me")


def test_a_passkey_is_added_and_signs_in_by_itself(page, site):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    told = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": told})
    open_school(page, site)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What shall it be called?").fill("My tablet")
    looks_right(page, "passkey-add")
    press(page, "Add it")
    page.wait_for_url(site + "/account/factors/codes/")
    page.goto(site + "/account/factors/")
    expect(page.get_by_text("My tablet").first).to_be_visible()
    looks_right(page, "passkeys")
    sign_out(page, site)
    press(page, "Sign in with a passkey")
    page.wait_for_url(site + "/")
    page.goto(site + "/people/")
    assert page.get_by_role("heading", level=1).inner_text() == "People"


def test_a_browser_whose_person_says_no_is_told_kindly(page, site):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    told = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": False,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": told})
    open_school(page, site)
    page.goto(site + "/account/factors/passkeys/add/")
    press(page, "Add it")
    page.get_by_text("That did not work. Try again, or use another way.").wait_for()
    looks_right(page, "passkey-refused")


def test_what_was_typed_on_a_page_that_was_open_too_long_comes_back(page, demonstration):
    page.goto(demonstration.sign_in["office"])
    page.goto(demonstration.address + "/people/staff/add/")
    page.get_by_label("Name").fill("Ms Okoro")
    page.get_by_label("Email address").fill("okoro@kerbside.example")
    page.context.clear_cookies(name="csrf")
    press(page, "Add them")
    page.get_by_role("heading", name="Here is what you typed").wait_for()
    expect(page.get_by_text("Ms Okoro")).to_be_visible()
    looks_right(page, "kept")
    page.get_by_role("link", name="Back to the page").click()
    page.wait_for_url(demonstration.address + "/people/staff/add/")
