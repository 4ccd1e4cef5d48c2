"""The agreement in a browser: a teacher reads it, a parent signs, the head sees who is missing."""

from playwright.sync_api import expect

from tests.conftest import looks_right


def come_in(page, site, role):
    page.goto(site.sign_in[role])


def open_robins(page):
    name = "30 children of Robins have not signed the agreement"
    page.get_by_role("link", name=name, exact=True).click()


def test_a_teacher_records_a_reading_and_takes_it_back(page, site):
    come_in(page, site, "teacher")
    open_robins(page)
    looks_right(page, "agreement-class")
    page.get_by_role("link", name="We have read it").click()
    looks_right(page, "agreement-read")
    absent = [page.locator("input[name=present]").nth(number) for number in (0, 7)]
    for one in absent:
        one.uncheck()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("28 children have signed.")).to_be_visible()
    expect(page.get_by_role("heading", name="Have not signed (2)")).to_be_visible()
    looks_right(page, "agreement-class-read")
    # The first of the absent is back: one tap beside the name.
    page.get_by_role("button", name="read it and signed today").first.click()
    expect(page.get_by_text("1 child has signed.")).to_be_visible()
    expect(page.get_by_role("heading", name="Have not signed (1)")).to_be_visible()
    take_all_back(page)


def take_all_back(page):
    """All of it was the wrong class, say; so the next width finds what this one found."""
    for number in range(2):
        page.locator("section[aria-labelledby=readings] a").nth(number).click()
        page.wait_for_load_state()
        for box in page.locator("input[name=signature]").all():
            box.check()
        page.get_by_label("Why?").fill("It was another class.")
        if number:
            looks_right(page, "agreement-reading")
        page.get_by_role("button", name="Set aside what I ticked").click()
        looks_right(page, "agreement-reading-aside")
        page.get_by_role("link", name="Robins", exact=True).click()
    expect(page.get_by_role("heading", name="Have not signed (30)")).to_be_visible()


def test_a_parent_signs_for_one_child_and_reads_what_we_ask(page, site):
    come_in(page, site, "parent")
    task = page.get_by_role("link", name="Read the agreement with").first
    name = task.inner_text().split(" with ")[-1]
    task.click()
    looks_right(page, "agreement-child")
    page.get_by_role("button", name=f"I have read this with {name}").click()
    expect(page.get_by_text("You signed this on")).to_be_visible()
    looks_right(page, "agreement-child-signed")
    page.get_by_role("link", name="What we ask of families").click()
    looks_right(page, "expectations")
    button = page.get_by_role("button", name="I have read this")
    if button.count():  # once for both widths
        button.click()
    expect(page.get_by_text("that you have read this.")).to_be_visible()


def test_the_head_sees_who_is_missing_and_writes_the_next_version(page, site):
    come_in(page, site, "head")
    page.goto(site.address + "/agreements/")
    wrens = page.locator("section", has=page.get_by_role("heading", name="Wrens", exact=True))
    expect(wrens.get_by_text("28 of 30 children have signed")).to_be_visible()
    looks_right(page, "agreements")
    page.get_by_label("Class").select_option(label="Wrens")
    page.get_by_label("Who is missing").select_option("children")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_role("heading", name="Have not signed")).to_have_count(1)
    looks_right(page, "agreements-wrens")
    page.get_by_role("link", name="Open Wrens").click()
    page.get_by_role("link", name="A sheet to sign").click()
    looks_right(page, "agreement-sheet")
    page.goto(site.address + "/agreements/texts/")
    looks_right(page, "agreement-texts")
    page.get_by_role("link", name="Key stage 2").click()
    looks_right(page, "agreement-change")
    page.get_by_label("Title").fill("Our agreement, told better")
    page.get_by_label("It only reads better: what was signed still counts").check()
    page.get_by_role("button", name="Keep the draft").click()
    looks_right(page, "agreement-text")
    page.get_by_role("link", name="See what changed").click()
    expect(page.locator("ins")).to_have_text("Our agreement, told better")
    looks_right(page, "agreement-compare")
    page.goto(site.address + "/agreements/texts/key-stage-2/?version=draft")
    page.get_by_role("button", name="Throw the draft away").click()
    expect(page.get_by_text("The draft is gone.")).to_be_visible()


def test_the_office_writes_a_paper_signature_down(page, site):
    come_in(page, site, "office")
    page.goto(site.address + "/agreements/")
    page.get_by_role("link", name="Open Owls").click()
    page.get_by_role("link", name="signed on paper").first.click()
    page.locator("input[name=parent]").first.check()
    page.get_by_label("On paper").check()
    page.get_by_label("On which day?").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("The signature is written down.")).to_be_visible()
    looks_right(page, "agreement-paper")
    page.get_by_role("link", name="Set aside").click()
    looks_right(page, "agreement-set-aside")
    page.get_by_label("Why?").fill("It was for a brother.")
    page.get_by_role("button", name="Set it aside").click()
    expect(page.get_by_text("1 signature is set aside.")).to_be_visible()


def test_the_office_writes_down_who_read_what_we_ask(page, site):
    come_in(page, site, "office")
    page.goto(site.address + "/agreements/")
    page.get_by_role("link", name="What families read").click()
    page.get_by_label("Who", exact=True).select_option("yes")
    page.get_by_role("button", name="Show").click()
    looks_right(page, "families-who-read")
    page.get_by_role("link", name="told us on paper or in person").first.click()
    page.get_by_label("In person").check()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", name="There is something to put right")).to_be_visible()
    looks_right(page, "acknowledge-on-paper-wrong")
    page.get_by_label("On which day?").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("It is written down.")).to_be_visible()
    looks_right(page, "acknowledge-on-paper")
    page.get_by_role("link", name="Set aside").click()
    looks_right(page, "acknowledgement-set-aside")
    page.get_by_label("Why?").fill("It was a neighbour.")
    page.get_by_role("button", name="Set it aside").click()
    expect(page.get_by_text("It is set aside.")).to_be_visible()
    looks_right(page, "acknowledge-on-paper-aside")
