"""Pictures from the camera to the gallery on another site, and off it when a family says no."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.conftest import looks_right
from tests.test_album import GROUP, add, make_album, name_the_children, wait_for_faces


@pytest.fixture
def website():
    """The school's website, on another port: `website.shows(address)` embeds a gallery."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            frame = f'<iframe src="{self.server.gallery}" title="Gallery" width="360" height="700">'
            self.wfile.write(f"<!doctype html><title>School</title>{frame}</iframe>".encode())

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    server.gallery = "about:blank"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def add_place(page, site, origin):
    page.goto(site.sign_in["office"])
    page.goto(site.address + "/places/")
    looks_right(page, "places")
    page.get_by_role("link", name="Website", exact=True).click()
    page.get_by_label("Name").fill("Class pictures")
    page.get_by_label("Who looks after it?").select_option(label="Mrs Toucan")
    page.get_by_label("We serve the pictures ourselves").check()
    page.get_by_label("Which sites may show our gallery?").fill(origin)
    looks_right(page, "place-add")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/places/*/")
    looks_right(page, "place")
    return page.get_by_role("link", name="look at the gallery").get_attribute("href")


def choose(page, site):
    make_album(page, site, "Rafts")
    add(page, GROUP)
    wait_for_faces(page)
    page.locator("#film a").first.click()
    name_the_children(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Yes, every face").click()
    page.get_by_role("link", name="Rafts").first.click()
    page.get_by_role("link", name="Publish").click()
    page.get_by_label("Picture 1 Ready").check()
    page.get_by_label("Where do they go?").select_option(label="Class pictures")
    page.get_by_label("What do you call them together?").fill("Rafts on the pond")
    looks_right(page, "choose-pictures")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/sets/*/")
    page.get_by_label("Caption").fill("Amara Okafor-Kerb and a raft")
    page.get_by_label("What it shows").fill("Children beside a raft")
    page.get_by_role("button", name="Keep the words").click()
    page.get_by_label("Caption").fill("A raft on the pond")
    page.get_by_role("button", name="Keep the words").click()
    expect(page.get_by_text("The words are kept.")).to_be_visible()
    page.get_by_role("button", name="Ask the head").click()
    expect(page.get_by_text("The head is asked.")).to_be_visible()
    looks_right(page, "selection-asked")
    return page.url


def agree(page, site):
    page.goto(site.sign_in["head"])
    page.goto(site.address + "/approvals/")
    looks_right(page, "approvals")
    page.get_by_role("link", name="1 picture for Class pictures").first.click()
    expect(page.locator("main img").first).to_be_visible()
    looks_right(page, "approval")
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text("You said yes.")).to_be_visible()
    looks_right(page, "approval-said")


def say_no(page, site, child):
    page.goto(site.sign_in["office"])
    page.goto(f"{site.address}/consent/?words={child}")
    page.locator(f"a:has-text('{child}')").first.click()
    page.get_by_role("link", name="Write an answer down").click()
    page.locator("[name=parent]").first.check()
    page.locator("fieldset:has-text('School website') label:has-text('No')").first.click()
    page.locator("[name=how]").first.check()
    page.get_by_label("On which day?").fill(timezone.localdate().isoformat())
    with page.expect_navigation():
        page.get_by_role("button", name="Write it down", exact=True).click()


def test_from_the_camera_to_the_schools_website_and_off_it(page, site, website):
    origin = f"http://127.0.0.1:{website.server_port}"
    website.gallery = add_place(page, site, origin)
    chosen = choose(page, site)
    agree(page, site)
    page.goto(site.sign_in["teacher"])
    expect(page.get_by_text("Publish: Rafts on the pond").first).to_be_visible()
    page.goto(chosen)
    page.get_by_role("button", name="Publish them").click()
    expect(page.get_by_text("Published at Class pictures.")).to_be_visible()
    looks_right(page, "selection-published")

    page.goto(origin)
    inside = page.frame_locator("iframe")
    picture = inside.get_by_role("img", name="Children beside a raft")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    page.goto(website.gallery)
    looks_right(page, "gallery")

    say_no(page, site, "Amara")
    page.goto(origin)
    expect(inside.get_by_text("There are no pictures here now.")).to_be_visible()
    expect(picture).to_have_count(0)


def test_no_other_site_may_embed_it(page, site, website):
    page.goto(site.sign_in["office"])
    page.goto(site.address + "/places/")
    page.get_by_role("link", name="Gallery on our website").click()
    website.gallery = page.get_by_role("link", name="look at the gallery").get_attribute("href")
    answer = page.request.get(website.gallery)
    assert (
        "frame-ancestors https://www.kerbside.example" in answer.headers["content-security-policy"]
    )
    assert "Set-Cookie" not in answer.headers
    page.goto(website.gallery)
    looks_right(page, "gallery-clip")
    seen = page.locator("video").evaluate(
        "async film => { const begun = film.readyState; film.muted = true; await film.play();"
        " return [begun, film.videoWidth > 100, film.poster.endsWith('.jpg')]; }"
    )
    assert seen == [0, True, True], "nothing of it is fetched before somebody plays it"
    page.goto(site.address + "/publications/")
    looks_right(page, "publications")
    page.goto(site.address + "/recall/")
    looks_right(page, "recall")
    page.goto(site.address + "/stand-ins/")
    page.goto(site.sign_in["head"])
    page.goto(site.address + "/stand-ins/")
    looks_right(page, "stand-ins")
    page.goto(site.address + "/registers/")
    looks_right(page, "registers")
    page.goto(site.address + "/approvals/ask/")
    looks_right(page, "approval-ask")
    page.goto(site.address + "/services/")
    looks_right(page, "services")
    page.goto(site.address + "/services/lists/")
    looks_right(page, "blocklists")
