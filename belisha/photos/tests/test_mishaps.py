"""A spoilt file, an empty part, a full disk: one mishap costs its own picture only."""

import io
import zipfile

import pytest
from django.conf import settings as live
from django.core.files.uploadedfile import SimpleUploadedFile

from belisha.photos.actions import pictures
from belisha.photos.models import Photo, UploadPart
from belisha.photos.tests.conftest import PICTURES, TWO

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


def on_disk():
    return {path.name for path in live.MEDIA_ROOT.rglob("*") if path.is_file()}


def add(robins, data=OTHER):
    return pictures.add(robins.album, data, name="x", by=robins.teacher, at=robins.at)


# The view (about 200 kB) is what does not fit after the original (46 kB) did.
@pytest.mark.parametrize("room", [30_000, 60_000])
def test_a_full_disk_keeps_nothing_of_a_picture(robins, small_disk, room):
    before = on_disk()
    with small_disk(room), pytest.raises(OSError, match="too large"):
        add(robins)
    assert on_disk() == before
    assert Photo.objects.count() == 1
    assert not add(robins).already  # when there is room again, it is taken


def part(data):
    return {
        "upload": "ab" * 16,
        "name": "IMG_7.webp",
        "size": len(data),
        "offset": 0,
        "part": SimpleUploadedFile("blob", data),
    }


def test_a_full_disk_is_told_to_the_person_and_the_script(client, robins, small_disk):
    client.force_login(robins.teacher)
    album = f"/albums/{robins.album.ref}/"
    files = [SimpleUploadedFile("02.jpg", TWO), SimpleUploadedFile("IMG_7.webp", OTHER)]
    with small_disk(30_000):
        page = client.post(album + "add/", {"pictures": files})
        said = client.post(album + "parts/", part(OTHER))
    assert page.status_code == said.status_code == 507
    assert "There is no room for more pictures" in page.text
    assert "IMG_7.webp, and those after it, did not" in page.text
    assert said.json() == {"message": "There is no room to keep it. Tell the office."}
    assert client.post(album + "parts/", part(OTHER)).json()["status"] == "added"
