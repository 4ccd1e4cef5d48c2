"""Pictures arrive whole or in parts, once, and what cannot be read leaves nothing."""

import os

import pytest

from belisha.people.access import Refused
from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos import store
from belisha.photos.actions import albums, pictures
from belisha.photos.imaging.tests.making import png_that_claims
from belisha.photos.imaging.unreadable import MAX_BYTES, Unreadable
from belisha.photos.models import Album, Photo, Rendition, StoredFile, Upload, UploadPart
from belisha.photos.tests.conftest import PICTURES, TWO

TOKEN = "0123456789abcdef" * 2
OTHER = (PICTURES / "bridge-day" / "06.webp").read_bytes()


def send(robins, data, offset, end, *, size=None, token=TOKEN):
    return pictures.receive(
        robins.album,
        data[offset:end],
        token=token,
        name="IMG_2.webp",
        size=len(data) if size is None else size,
        offset=offset,
        by=robins.teacher,
        at=robins.at,
    )


def test_a_picture_is_kept_sealed_in_three_forms(robins):
    files = {file.rendition: store.fetch(file) for file in robins.photo.files.all()}
    assert files[Rendition.ORIGINAL] == TWO
    assert set(files) == {Rendition.ORIGINAL, Rendition.VIEW, Rendition.THUMB}
    for rendition in (Rendition.VIEW, Rendition.THUMB):
        assert files[rendition].startswith(b"\xff\xd8")
        assert b"Exif" not in files[rendition]
        assert b"Pelican" not in files[rendition]


def test_the_time_is_kept_and_the_place_is_not(robins):
    assert robins.photo.taken_at.isoformat() == "2026-11-20T10:15:03+00:00"
    assert "gps" in robins.photo.removed
    fields = {field.name for field in Photo._meta.get_fields()}
    assert not fields & {"place", "gps", "latitude", "longitude"}


def test_the_same_picture_is_known_by_its_content(robins):
    again = pictures.add(robins.album, TWO, name="other.jpg", by=robins.teacher, at=robins.at)
    assert again.already
    assert again.photo == robins.photo
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.jpg", b""),
        ("drawing.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("letter.jpg", b"%PDF-1.7 ..."),
        ("cut.jpg", TWO[: len(TWO) // 2]),
        ("huge.png", png_that_claims(28_777, 28_786)),
        ("../../etc/passwd", b"root:x:0:0"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_leaves_nothing(robins, settings, name, data):
    files = StoredFile.objects.count()
    with pytest.raises(Unreadable) as refusal:
        pictures.add(robins.album, data, name=name, by=robins.teacher, at=robins.at)
    assert refusal.value.sentence.endswith(".")
    assert Photo.objects.count() == 1
    assert StoredFile.objects.count() == files
    assert sum(path.is_file() for path in settings.MEDIA_ROOT.rglob("*")) == files


def test_a_hostile_name_is_only_words(robins, settings):
    photo = pictures.add(
        robins.album, OTHER, name="../../../x.jpg", by=robins.teacher, at=robins.at
    ).photo
    assert photo.name == "../../../x.jpg"
    assert not list(settings.MEDIA_ROOT.parent.glob("x.jpg"))


def test_a_picture_in_parts_goes_on_where_it_stopped(robins):
    half = len(OTHER) // 2
    assert send(robins, OTHER, 0, half) == half
    assert pictures.received(robins.album, TOKEN, by=robins.teacher) == half
    # A part that was sent twice, or out of turn, changes nothing.
    assert send(robins, OTHER, 0, half) == half
    assert send(robins, OTHER, half + 5, len(OTHER)) == half
    added = send(robins, OTHER, half, len(OTHER))
    assert added.photo.name == "IMG_2.webp"
    assert not Upload.objects.exists()
    assert not UploadPart.objects.exists()
    original = added.photo.files.get(rendition=Rendition.ORIGINAL)
    assert store.fetch(original) == OTHER


def test_a_file_that_is_too_large_is_told_so_at_once(robins):
    with pytest.raises(Unreadable, match="60 MB"):
        send(robins, b"x" * 10, 0, 10, size=MAX_BYTES + 1)
    assert not Upload.objects.exists()


def test_parts_that_make_no_picture_are_cleared_away(robins):
    data = os.urandom(2000)
    send(robins, data, 0, 1000)
    with pytest.raises(Unreadable):
        send(robins, data, 1000, 2000)
    assert not Upload.objects.exists()


def test_removing_an_album_removes_every_file(robins, settings, django_capture_on_commit_callbacks):
    send(robins, OTHER, 0, 100)
    with django_capture_on_commit_callbacks(execute=True):
        assert albums.remove(robins.album, by=robins.teacher, at=robins.at).pictures == 1
    assert not Album.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_another_class_s_teacher_may_not_add_or_remove(robins, school):
    other = make_staff(school, "Mr Tactile", Role.TEACHER).user
    with pytest.raises(Refused):
        pictures.add(robins.album, OTHER, name="x", by=other, at=robins.at)
    with pytest.raises(Refused):
        pictures.remove(robins.photo, by=other, at=robins.at)
