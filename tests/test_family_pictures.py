"""A parent looks at what the school shows, takes a picture down and is asked about one."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import looks_right


def open_pictures(page, site):
    """As the parent, the pictures of the first child, who is in one of the albums."""
    page.goto(site.sign_in["parent"])
    page.goto(f"{site.address}/children/")
    numbers = re.findall(r'id="child-(\d+)"', page.content())
    for number in numbers:
        page.goto(f"{site.address}/children/{number}/pictures/")
        if "Amara" in page.locator("h1").inner_text():
            return
    pytest.fail("Amara is no child of the demonstration's parent")


def link(page, act, about):
    """A link that says to the eye what it does, and to the ear also with what."""
    return page.get_by_role("link", name=re.compile(f"^{act}.*{about}"))


def see_pictures(page):
    """Scroll to every picture, and wait until it is there."""
    page.wait_for_load_state()
    for picture in page.locator("main img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True, timeout=30_000)
        assert picture.evaluate("image => image.naturalWidth") == 1200
    page.evaluate("scrollTo(0, 0)")


def test_a_parent_takes_a_picture_down_and_lets_it_back(page, site):
    open_pictures(page, site)
    see_pictures(page)
    looks_right(page, "child-pictures")
    link(page, "Take this down", "Newsletter").click()
    see_pictures(page)
    looks_right(page, "take-down")
    page.get_by_role("button", name="Take it down here: Newsletter").click()
    expect(page.get_by_text("Paper copies cannot be called back.")).to_be_visible()
    expect(page.get_by_text("We stopped it at")).to_be_visible()
    expect(link(page, "Take this down", "Newsletter")).to_have_count(0)
    see_pictures(page)
    looks_right(page, "child-pictures-stopped")
    link(page, "Undo", "Newsletter").click()
    looks_right(page, "show-again")
    page.get_by_role("button", name="Let it be used again").click()
    expect(link(page, "Take this down", "Newsletter")).to_be_visible()


def test_a_parent_answers_about_the_very_picture(page, site):
    open_pictures(page, site)
    page.get_by_role("link", name=re.compile("^(See the picture|Change your answer)")).click()
    see_pictures(page)
    looks_right(page, "picture-question")
    for button, said in (("Yes, use it", "You said yes"), ("No, do not use it", "You said no")):
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("status").filter(has_text=said)).to_be_visible()
    looks_right(page, "picture-question-answered")


def test_a_picture_is_taken_down_without_a_script(chromium, site):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    open_pictures(page, site)
    link(page, "Take this down", "Learning journal").click()
    page.get_by_role("button", name="Take this picture down everywhere").click()
    expect(page.get_by_text("We stopped it at")).to_be_visible()
    link(page, "Undo", "Everywhere").click()
    page.get_by_role("button", name="Let it be used again").click()
    expect(page.get_by_text("You let the school use the picture again.")).to_be_visible()
    context.close()


def test_the_school_sees_requests_stops_and_closed_copies(page, site):
    page.goto(site.sign_in["head"])
    page.goto(f"{site.address}/requests/")
    looks_right(page, "picture-requests")
    page.get_by_role("link", name="Our prospectus").first.click()
    see_working_picture(page)
    looks_right(page, "picture-request")
    page.get_by_role("link", name="Withdraw this request").click()
    looks_right(page, "withdraw-request")
    page.goto(f"{site.address}/requests/")
    page.get_by_role("link", name="Our prospectus").first.click()
    page.get_by_role("link", name="Picture", exact=True).click()
    expect(page.get_by_role("heading", name="Not to be shown here")).to_be_visible()
    page.locator("svg.faces a.face").filter(has_text="Amara").first.click()
    expect(page.get_by_role("button", name="Amara L said no to this picture")).to_be_visible()
    looks_right(page, "picture-with-a-stop")
    page.get_by_role("link", name="Ask the families").click()
    see_working_picture(page)
    looks_right(page, "ask-families")
    page.goto(f"{site.address}/recall/")
    looks_right(page, "closed-copies-none")


def test_what_a_stop_closed_is_listed(page, site):
    page.goto(site.sign_in["head"])
    page.goto(f"{site.address}/requests/")
    page.get_by_role("link", name="Our prospectus").first.click()
    page.get_by_role("link", name="Picture", exact=True).click()
    page.locator("svg.faces a.face").filter(has_text="Amara").first.click()
    page.get_by_role("button", name="Amara L said no to this picture").click()
    page.goto(f"{site.address}/recall/")
    expect(page.get_by_role("heading", name="3 copies can no longer be opened")).to_be_visible()
    looks_right(page, "closed-copies")
    page.get_by_role("link", name="See the picture").first.click()
    link(page, "Lift", "Amara L").click()
    page.get_by_role("button", name="Lift the stop").click()


def test_the_office_writes_an_answer_down_and_reminds(page, site):
    page.goto(site.sign_in["office"])
    page.goto(f"{site.address}/requests/")
    page.get_by_role("link", name="Our prospectus").first.click()
    page.get_by_role("link", name="Write an answer down").click()
    page.get_by_role("button", name="Write it down").click()
    see_working_picture(page)
    looks_right(page, "picture-paper-answer-wrong")
    page.locator("input[name=who]").last.check()
    page.get_by_label("No", exact=True).check()
    page.get_by_label("In person").check()
    page.get_by_label("On which day?").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("The answer is written down.")).to_be_visible()
    remind = page.get_by_role("button", name="Remind those who have not answered")
    if remind.count():  # once a day, so that the next width finds it done
        remind.click()
    expect(page.get_by_text("Reminded by email")).to_be_visible()
    see_working_picture(page)
    looks_right(page, "picture-request-office")
    page.get_by_role("link", name="Set aside").click()
    looks_right(page, "picture-answer-set-aside")
    page.get_by_label("Why?").fill("It was about another picture.")
    page.get_by_role("button", name="Set it aside").click()
    expect(page.get_by_text("The answer is set aside.")).to_be_visible()
    looks_right(page, "picture-request-aside")


def test_all_about_a_child_tells_of_requests_and_stops(page, site):
    page.goto(site.sign_in["office"])
    page.goto(f"{site.address}/people/?q=Amara")
    page.locator("#found").get_by_role("link", name=re.compile("Amara")).first.click()
    expect(
        page.get_by_role("heading", name="Pictures that the family is asked about")
    ).to_be_visible()
    looks_right(page, "about-child-asked")
    page.emulate_media(media="print")
    expect(
        page.get_by_role("heading", name="Pictures that the family is asked about")
    ).to_be_visible()
    looks_right(page, "about-child-asked-paper")


def see_working_picture(page):
    picture = page.locator("main img").first
    expect(picture).to_have_js_property("complete", True, timeout=30_000)
