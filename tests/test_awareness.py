"""How parents are told, in a browser: the office sees a gap, closes it, and a governor reads."""

from playwright.sync_api import expect

from tests.conftest import looks_right


def open_step(page, name):
    page.locator("table").get_by_role("link", name=name).first.click()


def test_the_office_sees_what_is_late_and_does_it(page, site):
    page.goto(site.sign_in["office"])
    page.get_by_role("link", name="Tell parents: Newsletter", exact=True).click()
    looks_right(page, "awareness-step")
    page.get_by_role("link", name="It is done").click()
    looks_right(page, "awareness-done")
    page.get_by_label("How can that be seen?").fill("Newsletter 12, page 2")
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", name="Done on")).to_be_visible()
    looks_right(page, "awareness-step-done")
    page.get_by_role("button", name="It is not done").click()  # so that both widths find it
    expect(page.get_by_text("It counts as not done again.")).to_be_visible()


def test_the_office_closes_a_gap_and_sets_it_aside(page, site):
    page.goto(site.sign_in["office"])
    page.goto(site.address + "/awareness/")
    looks_right(page, "awareness")
    name = "Our prospectus"
    if page.get_by_role("link", name="Plan it").count():
        page.get_by_role("link", name="Plan it").click()
        expect(page.get_by_label("Which way?")).to_have_value("prospectus")
    else:
        page.get_by_role("link", name="Add a step").click()
        page.get_by_label("Which way?").select_option("prospectus")
    looks_right(page, "awareness-add")
    page.get_by_label("What do you call it?").fill(name)
    page.get_by_label("The words to use").fill("Ask us before you post.")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("It is in the plan.")).to_be_visible()
    expect(page.get_by_text("Nothing in the prospectus this year")).to_have_count(0)
    open_step(page, name)
    page.get_by_role("link", name="Set it aside").click()
    looks_right(page, "awareness-set-aside")
    page.get_by_label("Why?").fill("It is printed next spring.")
    page.get_by_role("button", name="Set it aside").click()
    expect(page.get_by_text("It is set aside.")).to_be_visible()
    looks_right(page, "awareness-step-aside")


def test_the_next_year_begins_with_a_plan(page, site):
    page.goto(site.sign_in["head"])
    page.get_by_role("link", name="See how parents are told").click()
    years = page.get_by_role("navigation", name="School years").get_by_role("link")
    years.first.click()
    looks_right(page, "awareness-no-plan")
    expect(page.get_by_role("button", name="Use our plan")).to_be_visible()
    expect(page.get_by_role("button", name="Copy the plan of")).to_be_visible()


def test_a_governor_reads_the_plan(page, site):
    page.goto(site.sign_in["governor"])
    page.get_by_role("link", name="See how parents are told").click()
    expect(page.get_by_role("heading", name="How parents are told")).to_be_visible()
    expect(page.get_by_role("link", name="Add a step")).to_have_count(0)
    looks_right(page, "awareness-governor")
    open_step(page, "Letter")
    expect(page.get_by_role("link", name="It is done")).to_have_count(0)
    looks_right(page, "awareness-step-governor")
