"""The office's and the teachers' view of the answers, in a real browser and on paper."""

import re

from tests.conftest import SCREENS, looks_right


def enter(page, demonstration, role, path):
    page.goto(demonstration.sign_in[role])
    return page.goto(demonstration.address + path)


def paper(page, name):
    """The page as it comes out of the printer; return how many sheets of A4 it takes."""
    SCREENS.mkdir(exist_ok=True)
    path = SCREENS / f"{name}-{page.viewport_size['width']}.pdf"
    printed = page.pdf(path=path, prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert {(round(float(w)), round(float(h))) for w, h in sizes} == {(595, 842)}, sizes
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def open_sheet(page, demonstration, role="teacher"):
    enter(page, demonstration, role, "/consent/sheets/")
    looks_right(page, "sheets")
    page.get_by_role("link", name="Robins").click()


def test_the_sheet_of_thirty_children_hangs_on_the_wall_as_one_page(page, demonstration):
    open_sheet(page, demonstration)
    assert page.locator(".matrix tbody tr").count() == 30
    looks_right(page, "sheet")
    assert paper(page, "sheet") == 1


def test_a_teacher_with_ten_minutes_reads_one_use_at_a_time(page, demonstration):
    open_sheet(page, demonstration)
    page.get_by_role("link", name="School website").click()
    assert page.get_by_text("Beside the camera, or covered").is_visible()
    looks_right(page, "sheet-website")
    assert paper(page, "sheet-website") == 1
