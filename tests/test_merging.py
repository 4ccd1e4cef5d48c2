"""A mother who is in the school's list twice becomes one person, in a real browser."""

from playwright.sync_api import expect

from tests.conftest import looks_right


def add_twin(page, site, first):
    """Write a parent down once more, as a busy office does: the same child, the same address."""
    page.goto(site.address + "/people/?q=leo")
    page.get_by_role("link", name="Leo", exact=False).first.click()
    page.get_by_role("link", name="Family").first.click()
    page.wait_for_url("**/people/pupils/**")
    mail = page.locator("a[href^='mailto:']").first.inner_text()
    page.get_by_role("link", name="Add someone").click()
    page.wait_for_url("**/parents/add/**")
    page.get_by_label("First name").fill(first)
    page.get_by_label("Last name").fill("Twice")
    page.get_by_label("Email address").fill(mail)
    with page.expect_navigation():
        page.get_by_role("button", name="Add them").click()


def test_the_office_is_offered_two_contacts_and_makes_them_one(page, site):
    first = "Widely"
    page.goto(site.sign_in["office"])
    add_twin(page, site, first)
    page.goto(site.address + "/people/seem-one/")
    looks_right(page, "seem-one")
    card = page.locator("section.card", has_text=f"{first} Twice")
    with page.expect_navigation():
        card.get_by_role("button", name="Keep them as two people").click()
    looks_right(page, "said-two")
    expect(page.locator("section.card h2", has_text=f"{first} Twice")).to_have_count(0)
    with page.expect_navigation():
        page.get_by_role("button", name="Take it back").first.click()
    with page.expect_navigation():
        card.get_by_role("link", name="Merge them").click()
    expect(page.get_by_text("This cannot be undone.")).to_be_visible()
    looks_right(page, "merge")
    with page.expect_navigation():
        page.locator(".sides .card").filter(has_not_text=f"{first} Twice").get_by_role(
            "button"
        ).click()
    expect(page.get_by_text("They are one contact now.")).to_be_visible()
    page.goto(site.address + "/people/seem-one/")
    expect(page.get_by_text(f"{first} Twice")).to_have_count(0)
