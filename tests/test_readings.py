"""Reading in a browser: a teacher reads and reviews and declares; the head sees who has not."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.conftest import looks_right


@pytest.fixture(scope="module")
def site(site):
    """The demonstration with a policy in its second version."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "BELISHA_DATA": str(site.folder),
        "BELISHA_DATABASE": "",
    }
    command = [sys.executable, "-m", "belisha.policy.tests.trials.policies"]
    subprocess.run(command, env=environment, check=True, timeout=120)
    return site


def come_in(page, site, role):
    page.goto(site.sign_in[role])


def test_a_teacher_reads_what_changed_answers_and_says_so(page, site):
    come_in(page, site, "teacher")
    page.goto(site.address + "/reading/")
    looks_right(page, "to-read")
    page.get_by_role("link", name="Social media and photography policy", exact=True).click()
    expect(page.get_by_text("You last read version 1.0.")).to_be_visible()
    looks_right(page, "read-it")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_text("Not that one. It protects both.")).to_be_visible()
    looks_right(page, "read-it-wrong")
    page.get_by_label("No, and no past pupils either").check()
    page.get_by_role("button", name="I have read it").click()
    expect(
        page.get_by_text("Written down: you have read Social media and photography policy.")
    ).to_be_visible()
    looks_right(page, "to-read-after")
    take_back(page, site)


def take_back(page, site):
    """The office sets it aside, so that the next width finds what this one found."""
    come_in(page, site, "office")
    page.goto(site.address + "/reading/staff/?who=everyone")
    page.get_by_role("link", name="Open Miss Puffin").click()
    page.get_by_role("link", name="Set it aside: Social media and photography policy").first.click()
    page.get_by_label("Why?").fill("She tapped on the wrong page.")
    page.get_by_role("button", name="Set it aside").click()


def test_guidance_is_read_where_it_stands(page, site):
    come_in(page, site, "teacher")
    page.goto(site.address + "/reading/")
    page.get_by_role("link", name="Part one and annex B of Keeping children safe").first.click()
    expect(page.get_by_role("link", name="Open Keeping children safe")).to_be_visible()
    looks_right(page, "read-guidance")


def test_a_teacher_reviews_their_settings_and_only_the_day_is_sent(page, site):
    come_in(page, site, "teacher")
    page.goto(site.address + "/privacy/")
    page.locator("summary", has_text="Instagram").click()
    page.locator("#instagram-1").check()
    looks_right(page, "privacy")
    with page.expect_request(lambda sent: sent.method == "POST") as sent:
        page.get_by_role("button", name="I have done it").click()
    assert "instagram" not in sent.value.post_data
    expect(page.get_by_text("Nothing else is kept.")).to_be_visible()
    page.get_by_role("button", name="I tapped by mistake: take it back").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()


def test_a_teacher_tells_the_head_in_two_taps_and_the_head_receives_it(page, site):
    come_in(page, site, "teacher")
    page.goto(site.address + "/declarations/")
    looks_right(page, "declarations")
    page.get_by_label("A pupil contacted me").check()
    page.get_by_role("button", name="Tell the head").click()
    expect(page.get_by_text("Told to the head. You did right.")).to_be_visible()
    looks_right(page, "declarations-told")
    come_in(page, site, "head")
    page.get_by_role("link", name="A member of staff told you something").first.click()
    looks_right(page, "received-one")
    page.get_by_label("What was said").fill("We talked. The pupil’s parents know.")
    page.get_by_role("button", name="I have received it").click()
    expect(page.get_by_text("They see that you have received it.")).to_be_visible()
    page.get_by_role("link", name="What staff told you").click()
    looks_right(page, "received")


def test_the_office_sees_who_has_not_and_writes_paper_down(page, site):
    come_in(page, site, "office")
    page.goto(site.address + "/reading/staff/")
    expect(page.get_by_role("heading", name="Teachers of Year 2")).to_be_visible()
    looks_right(page, "readers")
    page.goto(site.address + "/reading/staff/?who=everyone")
    looks_right(page, "readers-everyone")
    page.get_by_role("link", name="Open Miss Puffin").click()
    page.get_by_label("Safer working practice").check()
    page.get_by_label("On paper").check()
    looks_right(page, "reader")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("The reading is written down.")).to_be_visible()
    page.get_by_role("link", name="Set it aside: Safer").click()
    looks_right(page, "read-aside")
    page.get_by_label("Why?").fill("It was another Miss Puffin.")
    page.get_by_role("button", name="Set it aside").click()
    expect(page.get_by_text("The reading is set aside.")).to_be_visible()


def test_the_head_says_who_reads_what_and_sees_who_has_not_reviewed(page, site):
    come_in(page, site, "head")
    page.goto(site.address + "/reading/duties/")
    looks_right(page, "duties")
    page.get_by_role("link", name="Change: Social media and photography policy").click()
    looks_right(page, "duty")
    page.goto(site.address + "/reading/guidance/safeguarding/")
    looks_right(page, "edition")
    page.goto(site.address + "/reading/duties/")
    page.get_by_role("link", name="Questions on what changed in Social media").click()
    looks_right(page, "questions")
    page.goto(site.address + "/privacy/staff/")
    looks_right(page, "privacy-overdue")
    page.goto(site.address + "/me/")
    looks_right(page, "me-head")


def test_a_governor_sees_counts(page, site):
    come_in(page, site, "governor")
    page.goto(site.address + "/reading/figures/")
    looks_right(page, "reader-figures")
