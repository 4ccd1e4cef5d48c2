"""Pages of a stranger's PDF are drawn in the confined child, and only pixels come back."""

import io

import numpy as np
import pytest
from PIL import Image

from belisha.photos.imaging.box import Box
from belisha.photos.imaging.pages import LONGEST, MOST_PAGES
from belisha.photos.imaging.unreadable import MAX_BYTES_OF_PAPER, Unreadable

from .making import paper

RED, BLUE = b"1 0 0 rg 0 0 200 400 re f", b"0 0 1 rg 0 0 200 400 re f"
WORDS = b"BT /F 40 Tf 20 200 Td (Quagga) Tj ET"


def pixels(jpeg: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(jpeg)))


def test_pages_are_counted_and_each_is_drawn_as_a_picture(engine):
    data = paper(RED, WORDS, BLUE)
    assert engine.pages(data) == 3
    with engine.opened(data, page=3) as page:
        assert (page.width, page.height) == (LONGEST // 2, LONGEST)
        assert pixels(page.copy([]))[1000, 500].argmax() == 2
    assert pixels(engine.safe_copy(data, [], page=2)).min() < 60, "the words are drawn"


def test_what_is_covered_of_a_page_is_gone(engine):
    copy = engine.safe_copy(paper(WORDS), [Box(0.0, 0.3, 1.0, 0.4)], page=1)
    assert pixels(copy).std(axis=2).max() < 20 and pixels(copy).min() > 60
    assert b"Quagga" not in copy


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7 x", "damaged"),
        (paper(RED, trailer="/Encrypt<</Filter/Quagga/V 9>>"), "damaged"),
        (paper(*[b""] * (MOST_PAGES + 1)), "too-many-pages"),
        (b"%PDF-1.7" + bytes(MAX_BYTES_OF_PAPER), "too-large"),
    ],
)
def test_a_pdf_that_does_not_open_is_refused_in_plain_words(engine, data, code):
    with pytest.raises(Unreadable, match="Add screenshots of") as refused:
        engine.pages(data)
    assert refused.value.code == code
    assert engine.pages(paper(*[b""] * MOST_PAGES)) == MOST_PAGES, "the next one is served"


def test_a_page_that_says_it_is_vast_is_drawn_as_small_as_any(engine):
    with engine.opened(paper(RED, size="0 0 900000 9000"), page=1) as page:
        assert (page.width, page.height) == (LONGEST, LONGEST // 100)


def test_a_page_beyond_the_last_is_none(engine):
    with pytest.raises(Unreadable), engine.opened(paper(RED), page=2):
        pass
