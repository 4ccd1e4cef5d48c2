"""A clip from the tablet to its safe copy, in a real browser."""

import pytest
from playwright.sync_api import expect

from belisha.photos.imaging.film.tests import making
from tests.conftest import looks_right
from tests.test_album import PICTURES, add, choose_place, make_album

SCENE = making.Image.open(PICTURES / "bridge-day" / "02.jpg").copy()


@pytest.fixture(scope="module")
def tablet(tmp_path_factory):
    """A folder with a clip of two children, and one that breaks off."""
    folder = tmp_path_factory.mktemp("tablet")
    (folder / "bridge.mp4").write_bytes(making.clip(making.across(SCENE, 12), sound=True))
    torn = making.broken(making.clip(making.across(SCENE, 40)))
    (folder / "torn.mov").write_bytes(torn)
    return folder


def test_a_teacher_takes_a_clip_from_the_tablet_to_a_safe_copy(page, site, tablet):
    make_album(page, site, "Bridge clips")
    expect(page.get_by_text("Clips are MP4 or MOV")).to_be_visible()
    add(page, tablet / "bridge.mp4", tablet / "torn.mov")
    expect(page.locator("#film a", has_text="2 to name")).to_be_visible(timeout=60_000)
    expect(page.locator("#film", has_text="Looking")).to_have_count(0, timeout=60_000)
    page.reload()
    expect(page.get_by_text("This clip is damaged")).to_be_visible()
    page.get_by_role("button", name="I have read it").click()
    expect(page.get_by_text("is not kept")).to_have_count(0)

    page.locator("#film a", has_text="2 to name").click()
    expect(page.locator(".ways li")).to_have_count(2)
    looks_right(page, "clip-unsettled")
    for typed in ("am", "leo"):
        page.locator("#who").fill(typed)
        with page.expect_navigation():
            page.locator("#who").press("Enter")
    expect(page.get_by_role("heading", name="Is every face in the list?")).to_be_visible()

    page.get_by_label("Seconds from the start").fill("0.5")
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("svg.faces a.face")).to_have_count(2)
    page.get_by_role("button", name="Draw a missed face").focus()
    for key in ("Enter", "ArrowLeft", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".ways li")).to_have_count(3)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".ways li")).to_have_count(2)

    with page.expect_navigation():
        page.get_by_role("button", name="Yes, every face").click()
    looks_right(page, "clip-ready")
    choose_place(page, "website")
    expect(page.locator("video")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("The sound is taken out.")).to_be_visible()
    looks_right(page, "clip-copy")
    length = page.evaluate(
        "async () => { const film = document.querySelector('video'); film.preload = 'auto';"
        " film.load();"
        " await new Promise((go, no) => { film.onloadeddata = go; film.onerror = no; });"
        " return film.duration; }"
    )
    assert length > 1
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "clip.mp4"
    assert making.streams_of(download.value.path().read_bytes()) == ["video"]
