"""The office gathers what is held on a child, looks at each thing, and gives it."""

import re

from playwright.sync_api import expect

from tests.conftest import looks_right


def test_what_is_held_is_gathered_looked_at_and_fetched(page, site):
    page.goto(site.sign_in["office"])
    page.goto(site.address + "/rights/")
    looks_right(page, "rights")
    page.get_by_role("link", name="Write one down").click()
    page.get_by_label("A copy of what is held").check()
    page.get_by_label("About a child").select_option(index=3)
    page.get_by_label("Who asks?").fill("Xenia Backstreet")
    page.get_by_label("How did it come?").select_option(label="By letter")
    page.get_by_role("button", name="Write it down").click()
    looks_right(page, "rights-request")
    page.get_by_role("link", name="Say how we know").click()
    page.get_by_label("How do you know").fill("Known to the office.")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_role("link", name="Gather what is held").click()
    page.get_by_role("button", name="Gather it").click()
    page.get_by_role("link", name="Look at each thing").click()
    looks_right(page, "rights-items")
    page.get_by_label("What to do").first.select_option(label="Leave it out")
    page.get_by_label("Why:").first.fill("It is about somebody else.")
    page.get_by_role("button", name="Give all others").click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Fetch the bundle").click()
    assert fetched.value.suggested_filename.endswith(".zip")
    page.goto(site.address + "/rights/periods/")
    expect(page.get_by_text("Looking deletes nothing")).to_be_visible()
    looks_right(page, "rights-periods")


def test_the_office_sees_how_many_days_ago_a_backup_was_last_proven(page, site):
    page.goto(site.sign_in["office"])
    page.goto(site.address + "/registers/")
    page.get_by_role("link", name="Backups").click()
    said = re.compile("(39|40) days ago")  # midnight may have passed since the school was loaded
    proven = page.get_by_role("definition").filter(has_text=said)
    expect(proven).to_be_visible()
    looks_right(page, "backups")
