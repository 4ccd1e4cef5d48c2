"""A folder of pictures goes into an album by one command."""

import json
import shutil

import pytest
from django.core.management import CommandError, call_command

from belisha.people.rules import Role
from belisha.people.tests.cast import make_staff
from belisha.photos.models import Album, Photo
from belisha.photos.tests.conftest import PICTURES


@pytest.fixture
def folder(tmp_path):
    for name in ("02.jpg", "06.webp"):
        shutil.copy(PICTURES / "bridge-day" / name, tmp_path / name)
    (tmp_path / "notes.txt").write_text("not a picture")
    return tmp_path


def run(capsys, *words):
    call_command("import_photos", *map(str, words), "--json")
    return json.loads(capsys.readouterr().out)


def test_a_folder_goes_into_an_album_once(school, settings, folder, capsys):
    settings.MEDIA_ROOT = folder / "kept"
    make_staff(school, "Mrs Zebrahart", Role.HEAD)
    assert run(capsys, folder, "--album", "Pond")["added"] == 2
    again = run(capsys, folder, "--album", "Pond")
    assert (again["added"], again["already_here"]) == (0, 2)
    assert Album.objects.get().title == "Pond"
    assert Photo.objects.count() == 2


def test_a_picture_that_cannot_be_read_is_named_and_the_rest_goes_on(
    school, settings, folder, capsys
):
    settings.MEDIA_ROOT = folder / "kept"
    make_staff(school, "Mrs Zebrahart", Role.HEAD)
    (folder / "cut.jpg").write_bytes(b"\xff\xd8\xff")
    with pytest.raises(SystemExit) as end:
        run(capsys, folder, "--album", "Pond")
    assert end.value.code == 1
    assert "cut.jpg:" in capsys.readouterr().err
    assert Photo.objects.count() == 2


@pytest.mark.parametrize("words", [["nowhere"], [".", "--class", "Dodos"]])
def test_wrong_use_is_told_in_words(school, folder, words):
    with pytest.raises(CommandError):
        call_command("import_photos", folder / words[0], *words[1:], "--album", "Pond")
    assert not Album.objects.exists()
