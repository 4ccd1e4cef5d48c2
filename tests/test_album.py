"""An album from the camera to the safe copy, and back when a family says no, in a real browser."""

from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from tests.conftest import looks_right

PICTURES = Path(__file__).parents[1] / "belisha" / "desk" / "demonstration" / "pictures"
REAL = Path(__file__).parents[2] / "shared" / "data" / "photos"
GROUP = PICTURES / "bridge-day" / "01.jpg"
NAMES = ("am", "leo", "zo", "yu", "mai")


def make_album(page, site, title):
    page.goto(site.sign_in["teacher"])
    page.goto(site.address + "/albums/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Class").select_option(label="Robins")
    looks_right(page, "new-album")
    page.get_by_role("button", name="Make the album").click()
    page.wait_for_url("**/albums/*/")


def add(page, *files):
    page.locator("picture-drop input[type=file]").first.set_input_files(files)
    page.wait_for_function(
        "count => (document.querySelector('[data-total]').innerText.match(/\\d+/g) || [])"
        ".map(Number).reduce((sum, one) => sum + one, 0) === 2 * count",  # "2 of 3 added, 1 not"
        arg=len(files),
        timeout=60_000,
    )


def wait_for_faces(page):
    page.get_by_text("Looking for faces").wait_for(state="hidden", timeout=60_000)


def boxes(page):
    return page.locator("svg.faces a.face")


def name_the_children(page):
    for typed in NAMES:
        page.locator("#who").fill(typed)
        with page.expect_navigation():
            page.locator("#who").press("Enter")


def choose_place(page, key):
    page.get_by_label("For", exact=True).select_option(key)
    with page.expect_navigation():
        page.get_by_role("button", name="Make a safe copy").click()


def bytes_of(page, url):
    answer = page.request.get(url)
    assert answer.ok
    return answer.body()


def test_a_teacher_takes_an_album_from_the_camera_to_a_safe_copy(page, site):
    make_album(page, site, "Boats")
    add(page, GROUP, PICTURES / "bridge-day" / "08.heic", Path(__file__))
    assert "2 of 3 added" in page.locator("[data-total]").inner_text()
    assert "Only JPEG, HEIC, PNG and WebP" in page.locator(".sending").inner_text()
    wait_for_faces(page)
    looks_right(page, "album")

    page.reload()
    add(page, GROUP)
    assert "1 already here" in page.locator("[data-total]").inner_text()

    page.locator("#film a", has_text="5 to name").click()
    expect(boxes(page)).to_have_count(len(NAMES))
    looks_right(page, "picture-unsettled")
    assert "5 faces have no name yet" in page.locator(".channels").inner_text()

    name_the_children(page)
    page.get_by_role("heading", name="Is every face in a box?").wait_for()
    looks_right(page, "picture-named")

    # A missed face is drawn with keys alone, and taken back again.
    page.get_by_role("button", name="Draw a missed face").focus()
    page.keyboard.press("Enter")
    for key in ("ArrowLeft", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(boxes(page)).to_have_count(len(NAMES) + 1)
    page.get_by_role("button", name="Undo").click()
    expect(boxes(page)).to_have_count(len(NAMES))

    with page.expect_navigation():
        page.get_by_role("button", name="Yes, every face").click()
    lights = page.locator(".channels").inner_text()
    assert "Goes as it is" in lights
    assert "Goes with 3 faces hidden" in lights
    looks_right(page, "picture-ready")

    choose_place(page, "website")
    page.locator("img[src*=copies]").wait_for()
    looks_right(page, "safe-copy")
    copy = Image.open(BytesIO(bytes_of(page, page.url + "photo.jpg?keep=1")))
    assert copy.size == (1600, 1200)
    assert not copy.getexif()
    assert "Leo K" in page.locator("main").inner_text()

    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "photo.jpg"


def test_a_withdrawn_yes_closes_the_copy_that_relied_on_it(page, site):
    child = "Amara"
    make_album(page, site, "Kites")
    add(page, GROUP)
    wait_for_faces(page)
    page.locator("#film a").first.click()
    name_the_children(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Yes, every face").click()
    choose_place(page, "newsletter")
    copy = page.url
    assert page.request.get(copy + "photo.jpg").ok

    page.goto(site.sign_in["office"])
    page.goto(f"{site.address}/consent/?words={child}")
    page.locator(f"a:has-text('{child}')").first.click()
    page.get_by_role("link", name="Write an answer down").click()
    looks_right(page, "answer")
    page.locator("[name=parent]").first.check()
    page.locator("fieldset:has-text('Newsletter') label:has-text('No')").first.click()
    page.locator("[name=how]").first.check()
    page.get_by_label("On which day?").fill(timezone.localdate().isoformat())
    with page.expect_navigation():
        page.get_by_role("button", name="Write it down", exact=True).click()

    page.goto(site.sign_in["teacher"])
    assert page.goto(copy).status == 410
    said = page.locator("main").inner_text()
    assert "P.i Someone" in said and child not in said
    looks_right(page, "copy-closed")
    assert page.request.get(copy + "photo.jpg").status == 410


def test_the_whole_of_it_works_without_a_script(chromium, site):
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 700}
    )
    page = context.new_page()
    make_album_without_script(page, site)
    page.locator("input[type=file]").first.set_input_files([GROUP])
    page.get_by_role("button", name="Send them").click()
    expect(page.get_by_text("1 picture added")).to_be_visible()
    for _ in range(60):
        page.reload()
        if "Looking for faces" not in page.content():
            break
        page.wait_for_timeout(500)
    page.locator("#film a").first.click()
    for name in ("Amara L", "Leo K", "Zofia Z", "Yusuf I", "Maisie T"):
        page.get_by_role("button", name=name).click()
    page.get_by_role("button", name="Yes, every face").click()
    page.get_by_role("button", name="Make a safe copy").click()
    expect(page.get_by_text("Safe copy for").first).to_be_visible()
    context.close()


def make_album_without_script(page, site):
    page.goto(site.sign_in["teacher"])
    page.goto(site.address + "/albums/new/")
    page.get_by_label("Title").fill("No script")
    page.get_by_label("Class").select_option(label="Robins")
    page.get_by_role("button", name="Make the album").click()


def test_real_photographs_go_through_the_whole_flow(page, site):
    if not REAL.is_dir():
        pytest.skip("the photographs are not beside the project")
    make_album(page, site, "Real")
    add(page, REAL / "az_ident1.jpg", REAL / "nasa_astronaut.jpg")
    wait_for_faces(page)
    page.locator("#film a", has_text="4 to name").click()
    expect(boxes(page)).to_have_count(4)
    with page.expect_navigation():
        page.get_by_role("button", name="Nobody knows the 4").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Yes, every face").click()
    choose_place(page, "press")
    assert "hidden" in page.locator("main").inner_text()
    looks_right(page, "safe-copy-real")
