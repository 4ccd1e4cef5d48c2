"""A school begins: from an empty folder to the head's first page, in a real browser."""

from tests.conftest import looks_right


def test_a_head_makes_the_school_and_comes_in(page, new_site):
    page.goto(new_site.address)
    looks_right(page, "setup")
    page.get_by_label("Name of the school").fill("Farside Primary School")
    page.get_by_label("Your name").fill("Mrs Farside")
    page.get_by_label("Your email address").fill("head@farside.example")
    page.get_by_label("A password").fill("bollard lantern kerb otter")
    page.get_by_role("button").last.click()
    page.wait_for_url(new_site.address + "/account/factors/")
    assert "Farside Primary School" in page.content()
    looks_right(page, "second-step-first-day")


def test_what_is_missing_is_said_beside_the_field(page, new_site):
    page.goto(new_site.address + "/setup/")
    page.get_by_label("A password").fill("short")
    page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
    page.get_by_role("button").last.click()
    assert page.get_by_label("A password").get_attribute("aria-invalid") == "true"
    looks_right(page, "setup-wrong")


def test_nobody_finds_a_page_to_make_a_second_school(page, demonstration):
    assert page.goto(demonstration.address + "/setup/").status == 404
    looks_right(page, "no-such-page")


def test_every_role_of_the_demonstration_comes_in(page, demonstration):
    for role, address in demonstration.sign_in.items():
        assert page.goto(address).ok, role
        looks_right(page, f"today-{role}")
