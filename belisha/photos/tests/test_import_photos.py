"""A folder of pictures goes into an album by one command."""

import json
import shutil
import subprocess
import sys
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from belisha.people.rules import Role
from belisha.people.tests.cast import make_class, make_staff
from belisha.photos.models import Album, Photo
from belisha.photos.tests.apart import environment
from belisha.photos.tests.conftest import PICTURES


@pytest.fixture
def folder(tmp_path):
    for name in ("02.jpg", "06.webp"):
        shutil.copy(PICTURES / "bridge-day" / name, tmp_path / name)
    (tmp_path / "notes.txt").write_text("not a picture")
    (tmp_path / "._02.jpg").write_text("what a Mac leaves beside a picture")
    (tmp_path / "more.jpg").mkdir()
    return tmp_path


@pytest.fixture
def head(school, settings, folder):
    settings.MEDIA_ROOT = folder / "kept"
    return make_staff(school, "Mrs Zebrahart", Role.HEAD).user


def run(capsys, *words):
    call_command("import_photos", *map(str, words), "--json")
    return json.loads(capsys.readouterr().out)


def test_a_folder_goes_into_an_album_once(head, folder, capsys):
    assert run(capsys, folder, "--album", "Pond")["added"] == 2
    again = run(capsys, folder, "--album", "Pond")
    assert (again["added"], again["already_here"]) == (0, 2)
    assert Album.objects.get().title == "Pond"
    assert set(Photo.objects.values_list("added_by", flat=True)) == {head.pk}


def test_a_picture_that_cannot_be_read_is_named_and_the_rest_goes_on(head, folder, capsys):
    (folder / "cut.jpg").write_bytes(b"\xff\xd8\xff")
    with (folder / "huge.jpg").open("wb") as file:
        file.truncate(61 << 20)
    with pytest.raises(SystemExit) as end:
        run(capsys, folder, "--album", "Pond")
    assert end.value.code == 1
    said = capsys.readouterr()
    assert "cut.jpg:" in said.err
    assert "huge.jpg: This file is larger than 60 MB" in said.err
    assert [one["photo"] for one in json.loads(said.out)["refused"]] == ["cut.jpg", "huge.jpg"]
    assert Photo.objects.count() == 2


def test_an_album_of_another_day_is_another_album(head, folder, capsys):
    first = run(capsys, folder, "--album", "Pond", "--on", "2026-05-04")
    other = run(capsys, folder, "--album", "Pond", "--on", "2026-05-05")
    again = run(capsys, folder, "--album", "Pond", "--on", "2026-05-04")
    assert (other["added"], again["added"]) == (2, 0)
    assert again["album"] == first["album"]
    assert set(Album.objects.values_list("taken_on", flat=True)) == {
        date(2026, 5, 4),
        date(2026, 5, 5),
    }


def test_whoever_is_named_adds_them_to_an_album_of_their_class(head, school, folder, capsys):
    teacher = make_staff(school, "Miss Puffin", Role.TEACHER)
    robins = make_class(school, "Robins", teacher)
    email = teacher.user.email.upper()
    run(capsys, folder, "--album", "Pond", "--class", "Robins", "--as", email)
    album = Album.objects.get()
    assert (album.school_class, album.created_by) == (robins, teacher.user)
    assert set(Photo.objects.values_list("added_by", flat=True)) == {teacher.user.pk}
    # The head, who adds one more, is not mistaken for the album's maker.
    shutil.copy(PICTURES / "bridge-day" / "07.jpg", folder / "07.jpg")
    assert run(capsys, folder, "--album", "Pond", "--class", "Robins")["added"] == 1
    assert Photo.objects.filter(added_by=head).count() == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere"], "cannot be read"),
        (["notes.txt"], "is not a folder"),
        (["more.jpg"], "no picture in"),
        ([".", "--class", "Dodos"], "no class called Dodos"),
        ([".", "--on", "tomorrow"], "tomorrow is not a date"),
        ([".", "--as", "stranger@people.example"], "signs in as stranger@people.example"),
    ],
)
def test_wrong_use_is_told_in_words(head, folder, words, said):
    with pytest.raises(CommandError, match=said) as wrong:
        call_command("import_photos", folder / words[0], *words[1:], "--album", "Pond")
    assert wrong.value.returncode == 2
    assert not Album.objects.exists()


@pytest.mark.parametrize("gone", [True, False])
def test_nothing_is_added_for_someone_who_left_or_may_not(head, school, folder, now, gone):
    staff = make_staff(school, "Mr Tactile", Role.TEACHER if gone else Role.GOVERNOR)
    staff.left_on = now.date() if gone else None
    staff.save()
    with pytest.raises(CommandError, match="Nobody signs in as"):
        call_command("import_photos", folder, "--album", "Pond", "--as", staff.user.email)
    assert not Album.objects.exists()


def test_without_a_school_it_ends_with_2_and_a_sentence(folder):
    answer = subprocess.run(
        [sys.executable, "-m", "belisha.cli", "import", "photos", folder, "--album", "Pond"],
        env=environment(folder / "data"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    assert "There is no school here yet." in answer.stderr
    assert "Traceback" not in answer.stderr
