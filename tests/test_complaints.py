"""A parent without an account tells the school what is wrong, and takes it up to a panel."""

from datetime import date, timedelta

from playwright.sync_api import expect

from tests.conftest import looks_right


def test_a_concern_goes_from_the_class_teacher_up_to_a_panel_of_governors(page, site):
    page.goto(site.address + "/our-accounts/")
    page.get_by_role("link", name="Make a complaint").click()
    looks_right(page, "complain")
    page.get_by_label("Something in class").check()
    page.get_by_label("What happened?").fill("A coat was lost. Nobody looked for it.")
    page.get_by_label("Your child’s class").fill("robins")
    page.get_by_label("Your name").fill("Xenia Backstreet")
    page.get_by_role("button", name="Send it to the school").click()
    code = page.locator("main code").inner_text()
    expect(page.get_by_text("the class teacher")).to_be_visible()
    looks_right(page, "complain-sent")

    def as_family():
        page.context.clear_cookies()
        page.goto(site.address + "/complain/code/")
        page.get_by_label("Your code").fill(code)
        page.get_by_role("button", name="Show it").click()
        expect(page.get_by_role("heading", name="Where it is")).to_be_visible()

    def find_as(role):
        page.goto(site.sign_in[role])
        page.goto(site.address + "/complaints/")
        page.get_by_role("link", name="Xenia Backstreet").click()

    def answer():
        page.get_by_role("link", name="Answer", exact=True).click()
        page.get_by_label("Not agreed with").check()
        page.get_by_label("Reasons").fill("We looked in all rooms.")
        page.get_by_role("button", name="Send the answer").click()
        expect(page.get_by_text("Answered. The family is told")).to_be_visible()

    find_as("teacher")
    looks_right(page, "complaint-new")
    page.get_by_role("link", name="Say that it arrived").click()
    page.get_by_role("button", name="Send").click()
    answer()
    for role in ("head", "governor"):  # who is the chair here
        as_family()
        page.get_by_role("link", name="Take it further").click()
        page.get_by_label("Why?").fill("Not in the hall.")
        page.get_by_role("button", name="Take it further").click()
        find_as(role)
        answer()
    as_family()
    looks_right(page, "complain-answered")
    page.get_by_role("link", name="Take it further").click()
    page.get_by_label("Why?").fill("The coat is still lost.")
    page.get_by_role("button", name="Take it further").click()

    find_as("governor")
    page.get_by_role("link", name="Call a panel").click()
    page.get_by_label("Mr Givewayson").check()
    page.get_by_label("Mrs Trafficisland").check()
    page.get_by_label("People from elsewhere").fill("Una Outside")
    meets = date.today() + timedelta(days=20)  # noqa: DTZ011 - the browser's own day
    page.get_by_label("The panel meets on").fill(meets.isoformat())
    page.get_by_label("At", exact=True).fill("17:30")
    page.get_by_label("Where", exact=True).fill("The library")
    page.get_by_label("Everyone has the papers by").fill((meets - timedelta(days=7)).isoformat())
    looks_right(page, "complaint-panel-form")
    page.get_by_role("button", name="Call the panel").click()
    expect(page.get_by_text("The library")).to_be_visible()
    looks_right(page, "complaint-panel")
    page.goto(site.address + "/complaints/figures/")
    looks_right(page, "complaint-figures")
    page.goto(site.address + "/complaints/")
    looks_right(page, "complaints")
    as_family()
    expect(page.get_by_text("The library")).to_be_visible()
    looks_right(page, "complain-panel")
