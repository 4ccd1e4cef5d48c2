"""A teacher on a phone asks Can I…?, borrows a camera, and it comes back wiped; a shared tablet."""

import re

from playwright.sync_api import expect

from tests.conftest import looks_right
from tests.furnished import a_picture


def draw(page):
    """Sign with a finger on the pane."""
    pane = page.locator("[data-glass-pane] svg").last
    pane.scroll_into_view_if_needed()
    box = pane.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 30 + 18 * step, box["y"] + 30 + 12 * (step % 3))
    page.mouse.up()


def test_a_camera_goes_out_its_pictures_come_in_and_it_comes_back_wiped(page, site):
    page.goto(site.sign_in["teacher"])
    page.goto(site.address + "/can-i/?as=teacher&do=take-device-off-site&where=visit")
    page.get_by_role("link", name="Go to the devices").click()
    expect(page.get_by_role("heading", name="Devices", level=1)).to_be_visible()
    looks_right(page, "devices")
    page.get_by_role("link", name="Sign devices out and in").click()
    looks_right(page, "devices-board")
    page.get_by_role("link", name="Hall camera").click()
    page.get_by_label("What for? (if you like)").fill("Bridge day")
    draw(page)
    looks_right(page, "device-out")
    page.get_by_role("button", name="Sign it out").click()
    expect(page.get_by_text("Hall camera is signed out.")).to_be_visible()
    looks_right(page, "device")
    camera = page.url

    page.goto(site.address + "/albums/new/")
    page.get_by_label("Title").fill("Canal day")
    page.get_by_label("Date").fill("2026-11-20")
    expect(page.get_by_label("Taken on which school device")).not_to_have_value("")
    page.get_by_role("button", name="Make the album").click()
    files = [
        {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": a_picture(str(number))}
        for number in range(2)
    ]
    page.locator("input[type=file]").first.set_input_files(files)
    expect(page.get_by_text("Now wipe Hall camera")).to_be_visible()
    looks_right(page, "album-of-a-camera")
    page.get_by_role("link", name="Say that it is wiped").click()
    expect(page.get_by_text("2 pictures came in from it")).to_be_visible()
    looks_right(page, "device-wiped")
    page.get_by_role("button", name="It is wiped").click()
    expect(page.get_by_text("Wiped: 2 of 2")).to_be_visible()

    page.goto(camera)
    page.get_by_role("link", name="Sign it in").click()
    page.get_by_label("Wiped: nothing is on it").check()
    page.get_by_label("My typed name signs instead").check()
    page.get_by_label("Your name, if you do not draw (if you like)").fill("Miss Puffin")
    looks_right(page, "device-in")
    page.get_by_role("button", name="Sign it in").click()
    expect(page.get_by_text("Hall camera is back. Thank you.")).to_be_visible()


def test_a_shared_tablet_and_a_check_of_the_stock(page, site):
    page.goto(site.sign_in["office"])
    page.goto(site.address + "/devices/checks/")
    page.get_by_role("button", name="Begin a check").click()
    page.get_by_role("button", name=re.compile("^There.*Card 7")).click()
    page.get_by_role("button", name=re.compile("^Not there.*Film camera")).click()
    looks_right(page, "stock-check")
    page.goto(site.address + "/devices/board/")
    page.get_by_role("button", name="Show the board alone").click()
    looks_right(page, "shared-board")
    page.goto(site.address + "/people/")
    expect(page.get_by_role("heading", name="Sign devices out and in", level=1)).to_be_visible()
    page.get_by_role("button", name="End the board").click()
    page.wait_for_url("**/account/login/**")
