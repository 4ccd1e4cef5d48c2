"""The sheets themselves: pages, order, and what it costs to set many pictures."""

import io
import re

import pytest
from PIL import Image

from belisha.photos.printing import Frame, sheet_of
from belisha.photos.rules import Layout


def frames(count, size=(400, 300)):
    """Pictures of which none is like another."""
    made = []
    for number in range(1, count + 1):
        file = io.BytesIO()
        Image.effect_noise(size, 40 + number).convert("RGB").save(file, "JPEG", quality=82)
        made.append(Frame(file.getvalue(), *size, number, f"Picture {number}"))
    return made


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize(
    ("layout", "count", "expected"),
    [
        (Layout.CONTACT, 20, 1),
        (Layout.CONTACT, 21, 2),
        (Layout.ONE, 3, 3),
        (Layout.TWO, 3, 2),
        (Layout.FOUR, 4, 1),
        (Layout.FOUR, 5, 2),
    ],
)
@pytest.mark.parametrize("size", [(400, 300), (300, 400)])
def test_so_many_pictures_stand_on_a_page_as_the_layout_says(layout, count, expected, size):
    pdf = sheet_of(frames(count, size), layout, title="Our bridge", school="Kerbside", mark="x")
    assert pages(pdf) == expected


def test_what_somebody_typed_is_set_as_it_is_and_never_as_a_program():
    title = '#panic("x") *bold* $x$ <a> “ü” العربية'
    assert sheet_of(frames(1), Layout.ONE, title=title, school="#x", mark="#y").startswith(b"%PDF")
