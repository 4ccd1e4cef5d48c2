"""The policy in a browser: brought to paper, approved, issued, and read by anyone."""

import re

from playwright.sync_api import expect

from tests.conftest import looks_right


def come_in(page, site, role):
    page.context.clear_cookies()
    page.goto(site.sign_in[role])


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def begin(page, site):
    """Start the next version; where there is none, the first, with two clauses typed in."""
    page.goto(site.address + "/policy/social-media/draft/start/")
    if page.get_by_role("button", name="Start an empty draft").count():
        press(page, "Start an empty draft")
        page.get_by_role("link", name="Write a clause").click()
        page.get_by_label("Number").fill("i")
        page.get_by_role("textbox", name="Text").fill("Staff never add pupils as friends.")
        page.get_by_label("Or a new section").fill("B. Staff in a personal capacity")
        looks_right(page, "policy-clause")
        press(page, "Add it")
        add_after(page, "ii", "The head agrees before pictures of school events are posted.")
    else:
        looks_right(page, "policy-start")
        page.get_by_label("It changes what we do").check()
        press(page, "Start the draft")


def add_after(page, number, text):
    page.locator(".cl a[href*='clauses/add']").last.click()
    page.get_by_label("Number").fill(number)
    page.get_by_role("textbox", name="Text").fill(text)
    press(page, "Add it")


def fill_front(page):
    page.get_by_role("link", name="Title, author, review and commitment").click()
    page.get_by_label("Who wrote it?").fill("Mrs Zebrahart")
    page.get_by_label("Who checked it?").fill("Mr Lantern")
    page.get_by_label("When is the next review due?").fill("2030-11-20")
    page.get_by_label("Our safeguarding commitment").fill("We keep every child safe, every day.")
    looks_right(page, "policy-front")
    press(page, "Save")


def approve_and_issue(page):
    page.get_by_role("link", name="Approvals", exact=True).click()
    looks_right(page, "policy-approvals")
    press(page, "I approve this draft")
    page.get_by_label("Who approved it for the governors?").fill("Dr Pegasus, chair of governors")
    page.get_by_label("On which day?").fill("2026-11-09")
    page.get_by_label("Minute of the meeting").fill("Full board, item 7")
    press(page, "Write it down")
    expect(page.get_by_text("It is written down that the governors approved.")).to_be_visible()
    looks_right(page, "policy-approved")
    page.get_by_role("navigation", name="Pages of this draft").get_by_role(
        "link", name="Issue"
    ).click()
    looks_right(page, "policy-issue")
    page.get_by_role("button", name=re.compile(r"^Issue version")).click()
    return page.get_by_text("is issued. It is in force now.").inner_text().split()[1]


def test_the_head_writes_approves_and_issues_the_next_version_and_anyone_reads_it(page, site):
    come_in(page, site, "head")
    page.goto(site.address + "/policy/documents/")
    looks_right(page, "policy-documents")
    begin(page, site)
    fill_front(page)
    first = approve_and_issue(page)
    looks_right(page, "policy-head")

    begin(page, site)
    page.locator(".cl a[href*='/clauses/']", has_text="Change").last.click()
    changed = f"The head agrees in writing, since version {first}, before pictures are posted."
    page.get_by_role("textbox", name="Text").fill(changed)
    press(page, "Save")
    expect(page.get_by_text(changed)).to_be_visible()
    add_after(page, "new", "Staff use no social networks in lesson times.")
    looks_right(page, "policy-draft")
    page.get_by_role("link", name="What changed so far").click()
    expect(page.locator("ins").first).to_be_visible()
    looks_right(page, "policy-compare")
    page.goto(site.address + "/policy/social-media/keeps/?of=draft")
    looks_right(page, "policy-keeps")
    page.goto(site.address + "/policy/social-media/words-for-parents/?of=draft")
    page.get_by_label("For parents").last.fill("In lessons teachers look at children, not phones.")
    press(page, "Keep these words")
    looks_right(page, "policy-words-for-parents")
    page.goto(site.address + "/policy/social-media/draft/")
    fill_front(page)
    second = approve_and_issue(page)
    assert int(float(second)) == int(float(first)) + 1

    page.goto(site.address + "/reading/staff/")
    must_read = page.locator("section, li, tr, article").filter(has_text=f"version {second}")
    expect(must_read.filter(has_text="Miss Puffin").first).to_be_visible()
    looks_right(page, "policy-must-read")

    page.context.clear_cookies()
    page.goto(site.address + "/policy/")
    expect(page.get_by_text(changed)).to_be_visible()
    expect(page.get_by_text(f"Version {second}")).to_be_visible()
    looks_right(page, "policy-public")
    page.goto(site.address + "/policy/for-parents/")
    expect(page.get_by_text("In lessons teachers look at children").first).to_be_visible()
    looks_right(page, "policy-for-parents")
    come_in(page, site, "teacher")
    page.goto(site.address + "/policy/social-media/versions/")
    expect(page.get_by_role("link", name=f"Version {first}", exact=True)).to_be_visible()
    looks_right(page, "policy-versions")


OF_OUR_OWN = """Mobile phone policy

Author: Mrs Zebrahart
Date of next review: 1 June 2030

1. Pupils

1.1 Pupils leave their phones at home.
1.2 A phone that is brought is kept in the office.

2. Staff

2.1 Staff keep their phones in a locker.
"""


def test_the_office_brings_in_a_file_mends_it_and_keeps_it_as_a_draft(page, site):
    come_in(page, site, "office")
    page.goto(site.address + "/policy/mobile-phones/import/")
    looks_right(page, "policy-import")
    page.get_by_label("The file").set_input_files(
        {"name": "phones.txt", "mimeType": "text/plain", "buffer": OF_OUR_OWN.encode()}
    )
    press(page, "Read the file")
    expect(page.get_by_role("heading", name="Look at what was found")).to_be_visible()
    last = page.locator("details.mend").last
    last.locator("summary").click()
    last.get_by_label("Text").fill("Staff keep their phones in a locker.\n\n2.2 Visitors do too.")
    looks_right(page, "policy-import-review")
    last.get_by_role("button", name="Split at the empty line").click()
    expect(page.locator("details.mend").last).to_contain_text("2.2")
    page.get_by_role("button", name="Go on to the title and dates").first.click()
    expect(page.get_by_label("Who wrote it?")).to_have_value("Mrs Zebrahart")
    looks_right(page, "policy-import-keep")
    press(page, "Keep it as the draft")
    expect(page.get_by_text("Visitors do too.")).to_be_visible()
    looks_right(page, "policy-imported")
