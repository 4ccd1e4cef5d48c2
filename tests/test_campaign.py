"""The office asks the families of a class, in a real browser, and sees how far it has come."""

from playwright.sync_api import expect

from tests.conftest import looks_right


def test_the_office_asks_a_class_and_sees_who_has_answered(page, site):
    page.goto(site.sign_in["office"])
    page.goto(site.address + "/campaigns/")
    page.get_by_role("link", name="Ask families now").click()
    page.get_by_label("What is it about?").fill("Pictures this school year")
    page.get_by_label("The families of some classes").check()
    page.get_by_label("Robins").check()
    page.get_by_label("Your words to the families").fill("We would like to show what we learn.")
    looks_right(page, "campaign-add")
    page.get_by_role("button", name="See who is asked").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who is asked")
    expect(page.get_by_text("Nothing is sent yet.")).to_be_visible()
    expect(page.get_by_text("We would like to show what we learn.")).to_be_visible()
    looks_right(page, "campaign-preview")
    page.get_by_role("button", name="Ask them now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pictures this school year")
    expect(page.get_by_role("heading", name="parents have answered")).to_be_visible()
    expect(page.get_by_role("row", name="Robins")).to_be_visible()
    looks_right(page, "campaign")

    page.get_by_role("link", name="List to hand out: Robins").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Robins")
    looks_right(page, "campaign-hand-out")
    page.go_back()

    page.get_by_role("link", name="Letters").click()
    expect(page.get_by_text("Each printing makes new codes.")).to_be_visible()
    looks_right(page, "campaign-letters")
    page.get_by_label("Everyone who has not answered").check()
    with page.expect_download() as sent:
        page.get_by_role("button", name="Make the letters").click()
    assert sent.value.path().read_bytes().startswith(b"%PDF-")

    page.goto(site.address + "/people/mail/")
    expect(page.get_by_text("No mail goes out.")).to_be_visible()
    looks_right(page, "mail")

    page.goto(site.address + "/campaigns/")
    page.get_by_role("link", name="Pictures this school year").first.click()
    page.get_by_role("button", name="Remind now").click()
    expect(page.get_by_text("gets a reminder by email")).to_be_visible()
    page.get_by_role("button", name="End it").click()
    expect(page.get_by_text("Nobody is reminded any more.", exact=False).first).to_be_visible()
