"""The parents' association opens an account, and the head agrees; somebody who looks after one
leaves."""

from playwright.sync_api import expect

from tests.conftest import looks_right


def test_the_association_opens_an_account_and_it_stands_on_the_public_page(page, site):
    page.goto(site.sign_in["parents-association"])
    page.goto(site.address + "/accounts/")
    looks_right(page, "accounts")
    page.get_by_role("link", name="Apply for one").click()
    page.get_by_label("Service", exact=False).first.select_option(label="Instagram (from 13 years)")
    page.get_by_label("Name of the account").fill("@kerbsidefair")
    page.get_by_label("What is it for?").fill("Pictures of the stalls, of no child.")
    page.get_by_label("Anyone").check()
    page.get_by_label("Off", exact=True).check()
    page.get_by_label("Recovery address (if you like)").fill("fair@kerbside.example")
    page.get_by_label("The recovery address is the school’s").check()
    page.get_by_label("Show it on our public page").check()
    page.get_by_label("Looks after it").select_option(label="Mrs Crossguard")
    page.get_by_label("People of the parents’ association").fill("Cleo Backstreet")
    looks_right(page, "account-apply")
    page.locator("main button.btn").first.click()
    page.wait_for_url("**/accounts/*/")
    account = page.url
    expect(page.get_by_text("Before the head can be asked")).to_be_visible()
    looks_right(page, "account-draft")

    page.goto(site.sign_in["office"])
    page.goto(account)
    page.get_by_role("link", name="I have seen the second step").first.click()
    looks_right(page, "account-factor")
    page.locator("main form button.btn").first.click()

    page.goto(site.sign_in["parents-association"])
    page.goto(account)
    page.get_by_role("button", name="Ask the head").click()
    page.goto(site.address + "/our-accounts/")
    expect(page.get_by_text("@kerbsidefair")).to_have_count(0)

    page.goto(site.sign_in["head"])
    page.goto(site.address + "/approvals/")
    page.get_by_role("link", name="@kerbsidefair").first.click()
    expect(page.get_by_text("Pictures of the stalls, of no child.").first).to_be_visible()
    looks_right(page, "account-approval")
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("You said yes.")).to_be_visible()
    page.context.clear_cookies()
    page.goto(site.address + "/our-accounts/")
    expect(page.get_by_text("@kerbsidefair").first).to_be_visible()
    expect(page.get_by_text("Crossguard")).to_have_count(0)
    looks_right(page, "our-accounts")


def test_who_leaves_hands_over_an_account_and_a_tablet_first(page, site):
    page.goto(site.sign_in["head"])
    page.goto(site.address + "/people/staff/")
    page.get_by_role("link", name="Miss Puffin").first.click()
    page.get_by_role("link", name="leave").click()
    looks_right(page, "leaving-with-an-account")
    leaving = page.url
    page.get_by_role("button", name="Save").click()
    expect(
        page.get_by_text("Robins on ClassDojo: Miss Puffin looks after it.").first
    ).to_be_visible()

    page.goto(site.sign_in["office"])
    page.goto(leaving)
    page.get_by_role("link", name="Hand it over").click()
    page.get_by_label("Who takes over?").select_option(label="Mrs Halfbarrier")
    page.get_by_label("The password was changed on").fill("2026-11-20")
    page.get_by_label("The second step was moved on").fill("2026-11-20")
    looks_right(page, "hand-over")
    page.get_by_role("button", name="It is handed over").click()
    expect(page.get_by_text("Miss Puffin handed over to Mrs Halfbarrier")).to_be_visible()
    looks_right(page, "handed-over")
    page.goto(leaving)
    page.get_by_role("link", name="Sign it in").click()
    page.get_by_label("Who brings it?").select_option(label="Miss Puffin")
    page.get_by_label("Nothing was taken with it").check()
    page.get_by_label("My typed name signs instead").check()
    page.get_by_label("Your name, if you do not draw (if you like)").fill("Miss Puffin")
    page.get_by_role("button", name="Sign it in").click()
    expect(page.get_by_text("Robins iPad 2 is back. Thank you.")).to_be_visible()

    page.goto(site.sign_in["head"])
    page.goto(leaving)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Miss Puffin has left.")).to_be_visible()
