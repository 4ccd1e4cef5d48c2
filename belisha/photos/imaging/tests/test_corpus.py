"""Every file of the collections of broken and odd pictures is read, or refused in a sentence."""

import numpy as np
import pytest

from belisha.photos.imaging.reading import read
from belisha.photos.imaging.rendering import scaled
from belisha.photos.imaging.unreadable import Unreadable

from . import making

IMAGES = making.SHARED / "images"
FILES = sorted(path for path in IMAGES.rglob("*") if path.is_file()) if IMAGES.exists() else []
pytestmark = pytest.mark.skipif(not FILES, reason="the collections are not beside the project")


def test_no_file_of_the_collections_breaks_the_child_or_leaves_a_mark(engine, caplog):
    engine.protection()
    child, read_well = engine._child, 0
    for path in FILES:
        try:
            ingested = engine.ingest(path.read_bytes())
        except Unreadable as refusal:
            assert refusal.code in {"damaged", "not-a-picture", "animated", "too-many-pixels"}, path
            assert refusal.sentence
        else:
            read_well += 1
            for output in (ingested.view, ingested.thumb):
                assert making.marks(output) == [], path
                assert output.endswith(b"\xff\xd9"), path
    assert engine._child is child, "no picture may cost the child"
    assert not caplog.records
    assert read_well > 100


def test_the_photographs_in_eight_orientations_all_stand_upright():
    folder = IMAGES / "orientation" / "recurser"
    files = [folder / f"Landscape_{number}.jpg" for number in range(1, 9)]
    first, *others = [scaled(read(file.read_bytes()).pixels, 60).astype(int) for file in files]
    for other in others:
        assert np.abs(first - other).mean() < 12


def test_heic_is_turned_once_and_keeps_its_time(engine):
    photograph = IMAGES / "heic" / "pillow_heif" / "arrow.heic"
    ingested = engine.ingest(photograph.read_bytes())
    assert (ingested.width, ingested.height) == (3024, 4032)
    assert ingested.taken_at is not None
    assert {"exif", "icc", "maker-note", "thumbnail"} <= set(ingested.removed)
