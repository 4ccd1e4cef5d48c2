"""A pupil tells without a name and comes back; a report about the head, of which the head sees
nothing."""

import re

from playwright.sync_api import expect

from tests.conftest import looks_right


def test_a_pupil_tells_without_a_name_comes_back_and_answers(page, site):
    page.goto(site.address + "/tell/")
    looks_right(page, "tell")
    page.get_by_role("link", name="I am a pupil").click()
    page.get_by_label("What happened?").fill("Somebody sends round a drawing of me.")
    page.get_by_text("Kept on this device until you send it.").wait_for()
    page.reload()
    expect(page.get_by_label("What happened?")).to_have_value(
        "Somebody sends round a drawing of me."
    )
    page.get_by_label("Somebody is unkind online").check()
    page.get_by_label("Who did it?").select_option(label="A child at our school")
    looks_right(page, "tell-pupil")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="We have it. Thank you.")).to_be_visible()
    looks_right(page, "tell-sent")
    code = re.search(r"\w{4}-\w{4}-\w{4}", page.locator("main").inner_text())[0]

    page.get_by_role("link", name="Add a picture or a link").click()
    expect(page.locator("input[type=file]")).to_have_count(0)
    looks_right(page, "tell-gate")
    page.get_by_label("I am not sure").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Do not copy it.")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)
    looks_right(page, "tell-do-not-send")
    page.get_by_role("link", name="Go back").first.click()
    page.get_by_role("button", name="Close it on this device").click()

    page.goto(site.sign_in["safeguarding-lead"])
    page.goto(site.address + "/cases/?words=drawing")
    page.get_by_role("link", name="Bullying online").click()
    looks_right(page, "case")
    page.get_by_role("link", name="Ask whoever told us").click()
    page.get_by_label("Your question").fill("Where was it sent?")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_text("Where was it sent?")).to_be_visible()

    page.context.clear_cookies()
    page.goto(site.address + "/tell/back/")
    looks_right(page, "tell-back")
    page.get_by_label("Your code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="See how it stands").click()
    expect(page.get_by_text("Where was it sent?")).to_be_visible()
    page.get_by_label("What else do you want to say?").fill("In the Owls group.")
    looks_right(page, "tell-mine")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("In the Owls group.")).to_be_visible()


def test_a_report_about_the_head_goes_to_the_chair_and_the_head_sees_nothing(page, site):
    page.goto(site.address + "/tell/us/")
    page.get_by_label("How an adult behaved").check()
    page.get_by_label("What happened?").fill("Quagga: a picture was taken at the pool.")
    page.get_by_label("Who did it?").select_option(label="The head teacher")
    page.get_by_label("Their name").fill("Mrs Zebrahart")
    looks_right(page, "tell-family")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="We have it. Thank you.")).to_be_visible()
    page.get_by_role("link", name="Add a picture or a link").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Go on").click()
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
        "78da63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
    )
    looks_right(page, "tell-evidence")
    chosen = page.get_by_label("A picture, PDF or film")
    chosen.evaluate("(input) => { input.dataset.most = 8; }")
    chosen.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": png})
    said = chosen.evaluate("(input) => input.validationMessage")
    assert "too big" in said, "it is told before the file is sent"
    chosen.evaluate("(input) => { input.dataset.most = 1000; }")
    page.get_by_label("A picture, PDF or film").set_input_files(
        {"name": "pool.png", "mimeType": "image/png", "buffer": png}
    )
    page.get_by_role("button", name="Send the file").click()
    expect(page.get_by_text("pool.png")).to_be_visible()

    page.context.clear_cookies()
    page.goto(site.sign_in["head"])
    for address in ("/", "/cases/", "/cases/?words=Quagga", "/search/?q=Quagga"):
        page.goto(site.address + address)
        expect(page.get_by_text("at the pool")).to_have_count(0)
    looks_right(page, "search-finds-no-case")

    page.goto(site.sign_in["governor"])
    page.goto(site.address + "/cases/?words=Quagga")
    looks_right(page, "cases")
    page.get_by_role("link", name="Allegation against staff").click()
    expect(page.get_by_text("Quagga: a picture was taken at the pool.").first).to_be_visible()
    case = page.url
    looks_right(page, "case-about-the-head")
    page.get_by_role("link", name="Hand it over").click()
    page.get_by_label("Who goes on with it?").select_option(label="Mrs Zebrahart (head teacher)")
    page.get_by_role("button", name="Hand it over").click()
    expect(page.get_by_text("They cannot work on this one.").first).to_be_visible()

    page.goto(site.sign_in["head"])
    assert page.goto(case).status == 404
    gone = page.locator("main").inner_text()
    assert page.goto(site.address + "/cases/nothing/").status == 404
    assert page.locator("main").inner_text() == gone
