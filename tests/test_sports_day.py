"""Sports day: planned, announced, said aloud; a visitor comes in and is challenged.

And an event that ended in silence waits for the head."""

import re
from datetime import datetime

from playwright.sync_api import expect

from tests.conftest import looks_right


def test_sports_day_from_its_plan_to_its_end(page, site):
    page.goto(site.sign_in["teacher"])
    page.goto(site.address + "/events/")
    looks_right(page, "events")
    page.get_by_role("link", name="Add an event").first.click()
    now = datetime.now().astimezone()
    starts = min(now, now.replace(hour=22, minute=0))
    page.get_by_label("What is it?").fill("Sports day")
    page.get_by_label("Where?").fill("Field")
    page.get_by_label("On which day?").fill(f"{starts:%Y-%m-%d}")
    page.get_by_label("From").fill(f"{starts:%H:%M}")
    page.get_by_label("Until").fill("23:59")
    page.get_by_label("Robins").check()
    page.get_by_label("Who may take pictures").select_option(
        label="Staff and parents, in full view"
    )
    page.get_by_label("Who says the reminder").select_option(label="Miss Puffin")
    looks_right(page, "event-add")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Sports day")).to_be_visible()
    looks_right(page, "event")
    event = page.url
    poster = page.request.get(event + "poster/?paper=a3")
    assert poster.body().startswith(b"%PDF") and poster.headers["content-type"] == "application/pdf"

    page.goto(site.sign_in["parent"])
    page.goto(site.address + "/families/events/")
    expect(
        page.get_by_text("Never post pictures of other people’s children.").first
    ).to_be_visible()
    looks_right(page, "family-events")

    page.goto(site.sign_in["teacher"])
    page.get_by_role("link", name="See the words").first.click()
    looks_right(page, "event-say")
    page.get_by_role("button", name="I have said it").click()
    expect(page.get_by_text("Said aloud", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.get_by_role("link", name="Who sits where").click()
    expect(page.get_by_text("Row 1")).to_be_visible()
    looks_right(page, "event-seats")

    page.goto(site.sign_in["office"])
    page.goto(site.address + "/visitors/tablets/")
    page.get_by_label("Where does it stand?").fill("Front door")
    page.get_by_role("button", name="Make its address").click()
    looks_right(page, "tablets")
    door = page.locator("bdi").first.inner_text()
    page.goto(door)
    expect(page.get_by_role("heading", name="Sign out first")).to_be_visible()

    page.context.clear_cookies()
    page.goto(door)
    looks_right(page, "door")
    page.get_by_role("link", name="Sign in").click()
    name = "نور Beispiel 山田 " * 11
    page.get_by_label("Your name").fill(name.strip())
    page.get_by_label("Whom do you come to see?").fill("Miss Puffin")
    page.get_by_label("I will do so.").check()
    page.get_by_text("Do you come to take pictures?").click()
    looks_right(page, "door-in")
    page.get_by_label("I come to take pictures").check()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Sign here, since you take pictures.").first).to_be_visible()
    page.get_by_label("My typed name signs instead").check()
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your badge")).to_be_visible()
    looks_right(page, "door-badge")
    code = page.locator(".badge-code").inner_text()

    page.goto(site.sign_in["teacher"])
    page.goto(site.address + "/visitors/")
    expect(page.get_by_text("Takes pictures, and signed for it").first).to_be_visible()
    looks_right(page, "visitors")
    page.get_by_role("link", name="Somebody used a phone or camera").click()
    looks_right(page, "challenge-add")
    page.get_by_label("Field").check(force=True)
    page.get_by_label("Filmed").check(force=True)
    page.get_by_role("button", name="They would not").click()
    expect(page.get_by_text("To follow up")).to_be_visible()
    looks_right(page, "challenge")

    page.context.clear_cookies()
    page.goto(door)
    page.get_by_role("link", name="Sign out").click()
    page.get_by_label("The code on your badge").fill(code)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_an_event_that_ended_in_silence_waits_for_the_head(page, site):
    page.goto(site.sign_in["head"])
    expect(
        page.get_by_text("Nobody said the reminder at Owls’ reading morning").first
    ).to_be_visible()
    page.goto(site.address + "/policy/")
    expect(
        page.get_by_text(re.compile(r"reminder said aloud; 1 to follow up")).first
    ).to_be_visible()
    page.goto(site.address + "/events/?when=past")
    page.get_by_role("link", name="Owls’ reading morning").click()
    expect(page.get_by_text("It ended, and nobody said the reminder.")).to_be_visible()
    looks_right(page, "event-missed")
    page.get_by_role("link", name="Write down what was done").click()
    page.get_by_label("What was done?").fill("We wrote to the families that evening.")
    looks_right(page, "event-follow-up")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("Not said, followed up")).to_be_visible()
    page.goto(site.address + "/policy/")
    expect(
        page.get_by_text(re.compile(r"events had the reminder said aloud$")).first
    ).to_be_visible()
