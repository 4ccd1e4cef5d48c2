"""A phone is taken on a Friday afternoon, and comes home after the weekend."""

from datetime import datetime, timedelta

from playwright.sync_api import expect

from belisha.people.calendar import LONDON
from tests.conftest import looks_right


def last_friday():
    today = datetime.now(tz=LONDON).date()
    return today - timedelta(days=(today.weekday() - 4) % 7 or 7)


def sign(page):
    pane = page.locator("[data-glass] svg")
    pane.evaluate("pane => pane.scrollIntoView({block: 'center'})")
    box = pane.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 20 + step * 12, box["y"] + 60 + (step % 3) * 15)
    page.mouse.up()


def test_the_phone_of_a_friday_afternoon(page, site):
    def enter(role, address):
        page.goto(site.sign_in[role])
        page.goto(address)

    def button(words):
        page.get_by_role("button", name=words).click()

    def link(words):
        page.get_by_role("link", name=words).first.click()

    enter("teacher", site.address + "/confiscations/take/?child=bram")
    looks_right(page, "take-from")
    page.locator("main ul a").first.click()
    page.get_by_label("What does it look like?").fill("Silver, with a bear on the back")
    page.get_by_label("Off", exact=True).check()
    page.get_by_label("Nobody unlocked it").check()
    page.get_by_label("Nobody looked through it").check()
    page.get_by_label("Where was it?").select_option(label="Playground")
    page.get_by_label("I do not know: the office asks").check()
    page.get_by_text("More, if there is time").click()
    page.get_by_label("When exactly?").fill(f"{last_friday()}T14:30")
    looks_right(page, "take")
    button("Take it")
    expect(page.get_by_text("Hand it in at the office now")).to_be_visible()
    phone = page.url

    enter("office", site.address + "/")
    page.get_by_role("link", name="the phone of Bram").first.click()
    link("Receive it in the office")
    page.get_by_label("Where it lies").fill("Safe")
    page.get_by_label("Yes", exact=True).check()
    looks_right(page, "receive")
    button("It lies there")
    for reached in ("No", "Yes"):
        link("Write down a try to reach them")
        page.get_by_label("Whom?").select_option(index=1)
        expect(page.get_by_text("Signpost-Barred")).to_have_count(0)
        page.get_by_label("By telephone").check()
        page.get_by_label(reached, exact=True).check()
        button("Write it down")
    link("Ask the head to keep it")
    page.get_by_label("Why does it stay?").fill("The father comes after work on the next day.")
    button("Ask the head")
    expect(page.get_by_text("The head is asked to keep it until")).to_be_visible()

    enter("head", site.address + "/approvals/")
    link("Keep a pupil’s phone")
    expect(page.get_by_text("How the child gets home").first).to_be_visible()
    looks_right(page, "keep-a-phone")
    button("Yes")

    enter("office", phone)
    expect(page.get_by_text("The head agreed on")).to_be_visible()
    link("Somebody collects it")
    page.get_by_label("Who collects it?").select_option(index=1)
    page.get_by_label("We know them by sight").check()
    page.get_by_label("Yes", exact=True).check()
    sign(page)
    looks_right(page, "collect")
    button("They have it")
    expect(page.get_by_text("Given back, and signed for.")).to_be_visible()
    expect(page.get_by_role("img", name="Signature of who collected it")).to_be_visible()
    link("Decide")
    looks_right(page, "what-follows")
    page.get_by_label("Words with the pupil (suggested)").check()
    button("Decide")
    looks_right(page, "a-phone-that-is-back")


def test_the_register_the_numbers_and_what_pupils_may_have(page, demonstration):
    page.goto(demonstration.sign_in["office"])
    for path, name in (
        ("/confiscations/", "confiscations"),
        ("/confiscations/counts/", "confiscation-counts"),
        ("/confiscations/exemptions/", "exemptions"),
        ("/ladders/mobile-phones/", "ladder"),
    ):
        assert page.goto(demonstration.address + path).ok
        looks_right(page, name)
    page.goto(demonstration.sign_in["parent"])
    assert page.goto(demonstration.address + "/confiscations/home/").ok
    looks_right(page, "waits-for-family")
