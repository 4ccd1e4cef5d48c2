"""What was taken along comes back whole; what was said no to since does not come back at all."""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import ExitStack, closing
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.db import connection

from belisha.rights.archive.bundle import Unusable, opened, writing
from belisha.rights.backups.making import backup_key
from tests.journeys.test_races import SERVER, empty_database

ROOT = Path(__file__).parents[2]
# Goes on as an archive is read: the record, and that it was; or is made by Django as tables are.
OWN = ("audit_", "rights_restore", "django_content_type", "auth_permission")
on_sqlite = pytest.mark.skipif(bool(SERVER), reason="the same code, tried once")


@pytest.fixture(scope="module")
def story(tmp_path_factory, request, django_db_blocker):
    """What the trial says of each school, and where it left its files."""
    home = tmp_path_factory.mktemp("bringing-back")
    (home / "key").write_text("c0" * 32)
    with ExitStack() as databases:
        if SERVER:
            addresses = [databases.enter_context(empty_database()) for _ in range(2)]
            names = [urlsplit(address).path.removeprefix("/") for address in addresses]
        else:
            names = ["old", "new", "by-hand", "imported"]
            request.getfixturevalue("django_db_setup")
            for name in names:  # with its tables, which take long to make
                _empty(home / name, django_db_blocker)
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.journeys.bringing_back"),
                *(str(home / name) for name in names),
            ],
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "BELISHA_DATA": str(home / names[0]),
                "BELISHA_DATABASE": SERVER,
                "BELISHA_KEY_FILE": str(home / "key"),
            },
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        yield SimpleNamespace(home=home, **json.loads(done.stdout))


def _empty(folder, blocker):
    folder.mkdir(mode=0o700)
    with blocker.unblock(), closing(sqlite3.connect(folder / "belisha.sqlite3")) as empty:
        connection.ensure_connection()
        connection.connection.backup(empty)


@pytest.fixture
def key(story):
    return backup_key(bytes.fromhex((story.home / "key").read_text()))


def test_everything_that_was_in_the_school_comes_back(story):
    rows, files, lost = story.made
    assert story.restored["came"] == [rows, files, story.figures]
    assert files == story.figures["stored_files"] > 0
    assert lost == 0
    assert story.restored["files"]["opened"] >= 1
    assert story.restored["files"]["missing"] == story.restored["files"]["broken"] == 0


def test_what_was_said_no_to_after_the_backup_does_not_come_back(story):
    assert [name for name in story.before if story.before[name] == story.after[name]] == ["wrong"]
    assert story.restored["look"] == story.after
    assert story.after["wrong"] == []
    assert story.restored["left"] == []
    assert story.restored["waits"] == 0


@on_sqlite
def test_a_database_that_was_put_back_by_hand_is_found_out_and_mended(story):
    assert story.by_hand["before"] == story.before
    assert story.by_hand["waits"] > 8
    assert story.by_hand["after"] == story.after
    assert story.by_hand["waits_then"] == 0


def members(archive):
    """The hash of each member of an archive, but for what goes on by itself."""
    with opened(archive, key=None) as bundle:
        bundle.check()
        return {
            name: one["sha256"]
            for name, one in bundle.members.items()
            if not name.removeprefix("tables/").startswith(OWN)
        }


@on_sqlite
def test_the_open_archive_fills_an_empty_school_with_the_same_rows_and_bytes(story):
    first = members(story.home / "school.zip")
    assert members(story.home / "again.zip") == first
    assert sum(name.startswith("files/") for name in first) > 3
    with opened(story.home / "school.zip", key=None) as bundle:
        assert [name for name, count in bundle.manifest["rows"].items() if not count] == []
    assert story.imported["look"] == story.filled
    assert story.imported["files"]["missing"] == story.imported["files"]["broken"] == 0


def test_the_head_takes_everything_along_on_a_page_for_a_day(story):
    made, lies_open, whole, names, told, refused, there = story.taken
    assert made == [True, False]
    assert whole and names and told >= 1 and refused
    assert not lies_open and not there


def test_no_secret_is_in_the_open_archive(story):
    with zipfile.ZipFile(story.home / "school.zip") as file:
        names = set(file.namelist())
        users = [json.loads(line) for line in file.open("tables/people_user.jsonl")]
        held = b"".join(file.read(name) for name in names if name.startswith("tables/"))
    assert {user["password"] for user in users} == {"!"}
    assert b"argon2" not in held and b"md5$" not in held
    assert not names & {"tables/mfa_authenticator.jsonl", "tables/django_session.jsonl"}


def test_a_backup_and_a_journal_tell_nothing_without_the_key_and_do_not_hold_it(story):
    held = (story.home / "monday.belisha").read_bytes()
    for told in (
        b"Canary",
        b"Kerbside",
        b"tables/",
        bytes.fromhex((story.home / "key").read_text()),
    ):
        assert told not in held
    journals = list(story.home.glob("*/journal/*.journal"))
    assert journals
    assert not any(b"answers" in journal.read_bytes() for journal in journals)


def test_a_damaged_short_or_strange_backup_is_refused(story, key, tmp_path):
    whole, bad = (story.home / "monday.belisha").read_bytes(), tmp_path / "bad"
    middle = bytearray(whole)
    middle[len(whole) // 2] ^= 1
    for wrong in (bytes(middle), whole[:-1], whole[: len(whole) // 2], b"", b"PK not ours"):
        bad.write_bytes(wrong)
        with pytest.raises(Unusable, match="damaged"), opened(bad, key=key) as bundle:
            bundle.check()


def test_an_archive_with_a_row_put_in_is_refused(story, tmp_path):
    changed = tmp_path / "changed.zip"
    with (
        zipfile.ZipFile(story.home / "school.zip") as good,
        zipfile.ZipFile(changed, "w") as bad,
    ):
        for name in good.namelist():
            more = b"\n" if name == "tables/people_pupil.jsonl" else b""
            bad.writestr(name, good.read(name) + more)
    with opened(changed, key=None) as bundle, pytest.raises(Unusable, match="people_pupil"):
        bundle.check()


def test_what_ends_suddenly_or_finds_no_room_leaves_no_half_file(tmp_path):
    class NoRoom(OSError):
        pass

    def pieces():
        yield b"so far"
        raise NoRoom

    with pytest.raises(NoRoom), writing(tmp_path / "half", key=b"k" * 32) as bundle:
        bundle.add("tables/x.jsonl", pieces())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a child")
def test_one_that_is_killed_leaves_nothing_that_looks_whole_and_the_next_clears_it_away(tmp_path):
    path = tmp_path / "killed"
    child = os.fork()
    if not child:
        with writing(path, key=None) as bundle:
            bundle.add("tables/x.jsonl", [b"so far"])
            os._exit(9)
    os.waitpid(child, 0)
    assert not path.exists()
    assert len(list(tmp_path.iterdir())) == 1
    with writing(path, key=None) as bundle:
        bundle.add("tables/x.jsonl", [b"all"])
    assert list(tmp_path.iterdir()) == [path]


def belisha(*words, folder, key):
    """Run a command for the installation in a folder, as whoever runs the server types it."""
    named = {"BELISHA_DATA": str(folder), "BELISHA_KEY_FILE": str(key), "BELISHA_DATABASE": ""}
    return subprocess.run(
        [sys.executable, "-m", "belisha.cli", *map(str, words)],
        env=os.environ | named | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


@on_sqlite
def test_the_command_restores_only_with_the_key_and_only_where_nothing_is(story, tmp_path):
    (tmp_path / "other").write_text("ab" * 32)
    for folder, key, words in (
        (tmp_path / "new", tmp_path / "none", "holds no key"),
        (tmp_path / "new", tmp_path / "other", "not the key"),
        (story.home / "new", story.home / "key", "a school here already"),
    ):
        there = folder.exists()
        done = belisha("restore", story.home / "monday.belisha", folder=folder, key=key)
        assert (done.returncode, done.stdout) == (1, "")
        assert words in done.stderr and "Traceback" not in done.stderr
        assert folder.exists() is there


@on_sqlite
def test_a_school_without_its_own_key_is_not_saved_and_gets_no_other(story, tmp_path):
    (tmp_path / "other").write_text("ab" * 32)
    for name, words in (("none", "its key is not at"), ("other", "does not open this school")):
        done = belisha("backup", tmp_path, folder=story.home / "old", key=tmp_path / name)
        assert (done.returncode, done.stdout) == (1, "")
        assert words in done.stderr and "Traceback" not in done.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["other"]


@on_sqlite
def test_the_command_proves_a_backup_to_the_side_and_the_school_remembers_when(story):
    old = story.home / "old"

    def known(what):
        with closing(sqlite3.connect(old / "belisha.sqlite3")) as school:
            return school.execute(f"SELECT {what} FROM rights_backup").fetchone()[0]

    assert known("count(proven_at)") == 0
    words = ("restore", story.home / "monday.belisha", "--prove", "--json")
    done = belisha(*words, folder=old, key=story.home / "key")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"ok": True, "figures": story.figures}
    assert known("count(proven_at)") == 1
    assert known("max(proven_at) > max(made_at)")
