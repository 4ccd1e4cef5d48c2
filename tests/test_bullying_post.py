"""A bullying post on a Sunday, from the report to the bundle, in a real browser."""

import re

from playwright.sync_api import expect

from tests.conftest import looks_right

JURISDICTION = (
    ("Could it affect the orderly running", "Yes", "Half of the class spoke of nothing else."),
    ("Does it threaten a pupil", "No", "Nobody is threatened."),
    ("Could it harm the school", "No", "The school is not named."),
    ("Is a sanction fair", "Yes", "One break inside, with a talk."),
    ("Is the sanction given only", "Yes", "At school, on Thursday."),
)


def enter(page, site, role, path):
    page.goto(site.sign_in[role])
    page.goto(site.address + path)


def press(page, name, **more):
    page.get_by_role("link", name=name, **more).first.click()
    page.wait_for_load_state()


def write(page, button="Write it down"):
    page.get_by_role("button", name=button).click()
    page.wait_for_url(re.compile(r"/cases/[\w-]{22}/$"))


def answer_the_test(page):
    press(page, re.compile("Answer ?: May the school"))
    for asks, value, why in JURISDICTION:
        page.get_by_role("group", name=asks).get_by_label(value, exact=True).check()
        page.get_by_label(f"Why? ({asks}").fill(why)
    page.get_by_label("How do we know who did it?").fill("He said so himself.")
    looks_right(page, "case-sheet")
    write(page, "Write the answers down")


def do_what_is_left(page):
    while page.get_by_role("link", name="Say how").count():
        press(page, "Say how")
        page.get_by_role("radio", name="Yes").check()
        page.get_by_label(re.compile("^How")).fill("By telephone, both parents.")
        write(page)
    while page.get_by_role("link", name=re.compile("^Done ?: ")).count():
        press(page, re.compile("^Done ?: "))
        page.get_by_label("Yes", exact=True).check()
        page.get_by_label("What came of it").fill("The group is gone.")
        write(page)


def test_a_bullying_post_on_a_sunday(page, site):
    enter(page, site, "safeguarding-lead", "/cases/")
    row = page.get_by_role("row").filter(has_text="girl of our class")
    row.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/cases/[\w-]{22}/$"))
    case = page.url
    expect(page.get_by_text(re.compile("must be told, until Monday"))).to_be_visible()

    press(page, "a sanction")
    expect(page.get_by_text("Not answered: Could it affect")).to_be_visible()
    page.get_by_label("Which sanction?").fill("One break inside")
    page.get_by_label("Why this one?").fill("It was the first time.")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_label("Which sanction?")).to_have_value("One break inside")
    page.goto(case)
    answer_the_test(page)
    press(page, "a sanction")
    page.get_by_label("Which sanction?").fill("One break inside")
    page.get_by_label("Why this one?").fill("It was the first time.")
    write(page)
    do_what_is_left(page)
    expect(page.get_by_text("must follow it up first")).to_be_visible()
    expect(page.get_by_role("link", name="Close it")).to_have_count(0)

    enter(page, site, "head", "/")
    page.goto(case)
    if page.get_by_role("heading", name="Bullying online").count() == 0:
        enter(page, site, "safeguarding-lead", "/")
        page.goto(case)
        press(page, "Hand it over")
        page.get_by_label(re.compile("Who|To whom", re.I)).first.select_option(
            label="Mrs Zebrahart (head teacher)"
        )
        page.get_by_label(re.compile("go on|stay", re.I)).check()
        page.get_by_role("button", name="Hand it over").click()
        enter(page, site, "head", "/")
        page.goto(case)
    press(page, "Follow it up", exact=True)
    page.get_by_label("What was done").fill("I met both families. They agreed on a talk.")
    write(page)
    press(page, "Close it")
    page.get_by_label("It was so, and was dealt with").check()
    page.get_by_label("In your own words").fill("The group is gone, and they talked.")
    page.get_by_label("What have we learnt?").fill("We speak about groups in September.")
    write(page, "Close it")
    expect(page.get_by_text("Closed", exact=True).first).to_be_visible()
    looks_right(page, "case-closed")

    press(page, "Give it out")
    page.get_by_label("Solicitor").check()
    page.get_by_label("What for?").fill("Advice on the next steps.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    page.goto(case)
    expect(page.get_by_text("A redacted bundle for solicitor")).to_be_visible()

    page.goto(f"{site.address}/cases/figures/")
    looks_right(page, "case-figures")
