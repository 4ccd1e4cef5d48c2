"""A spoilt file, an empty part: one mishap costs its own picture only."""

import io
import zipfile

import pytest
from django.conf import settings as live

from belisha.photos.actions import pictures
from belisha.photos.models import UploadPart
from belisha.photos.tests.conftest import PICTURES

OTHER = (PICTURES / "bridge-day" / "06.webp").read_bytes()


@pytest.mark.parametrize("harm", ["gone", "spoilt", "no row"])
def test_a_spoilt_picture_is_named_in_the_zip_and_does_not_break_it(client, settled, harm):
    file = settled.photo.files.get(rendition="original")
    path = live.MEDIA_ROOT / file.key[:2] / file.key
    if harm == "no row":
        file.delete()
    elif harm == "gone":
        path.unlink()
    else:
        path.write_bytes(b"x" * 1000)
    client.force_login(settled.teacher)
    answer = client.post(f"/albums/{settled.album.ref}/pictures.zip", {"purpose": "newsletter"})
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.namelist() == ["not-here.txt"]
    assert "Picture 1: it could not be read just now." in archive.read("not-here.txt").decode()


def test_an_empty_part_does_not_stand_in_the_way_of_the_next(robins):
    half = len(OTHER) // 2

    def send(offset, end):
        return pictures.receive(
            robins.album,
            OTHER[offset:end],
            token="ab" * 16,
            name="IMG_6.webp",
            size=len(OTHER),
            offset=offset,
            by=robins.teacher,
            at=robins.at,
        )

    assert send(0, 0) == 0
    assert send(0, half) == half
    assert send(half, half) == half
    assert UploadPart.objects.count() == 1
    assert not send(half, len(OTHER)).already
