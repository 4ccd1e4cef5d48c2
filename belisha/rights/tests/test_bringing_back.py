"""What was taken along comes back whole; what was said no to since does not come back at all."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import ExitStack, closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection

from tests.journeys.test_races import SERVER, empty_database

pytestmark = pytest.mark.xdist_group("bringing back")
ROOT = Path(__file__).parents[3]
# Goes on while an archive is written or read: the record, and what is kept of backups.
OWN = ("audit_", "rights_", "django_content_type", "auth_permission")


def belisha(place, *words, ok=True):
    """Run a command as an operator does, for one installation."""
    return run([sys.executable, "-m", "belisha.cli", *map(str, words)], place, ok)


def trial(place, act):
    module = "belisha.rights.tests.trials.school"
    return json.loads(run([sys.executable, "-m", module, act], place).stdout)


def run(command, place, ok=True):
    done = subprocess.run(command, env=place.environment, cwd=ROOT, capture_output=True, text=True)
    assert "Traceback" not in done.stderr, done.stderr
    assert (done.returncode == 0) is ok, (done.stdout, done.stderr)
    return done


@pytest.fixture(scope="module")
def new_place(tmp_path_factory, django_db_setup, django_db_blocker):
    """Make empty installations; on SQLite each with its tables, which take long to make."""
    with ExitStack() as databases:

        def place(name, *, address=None, key=None, tables=True):
            folder = tmp_path_factory.mktemp(name) / "school"
            if address is None and SERVER:
                address = databases.enter_context(empty_database())
            if not address and tables:
                folder.mkdir(mode=0o700)
                with (
                    django_db_blocker.unblock(),
                    closing(sqlite3.connect(folder / "belisha.sqlite3")) as empty,
                ):
                    if connection.vendor == "sqlite":
                        connection.ensure_connection()
                        connection.connection.backup(empty)
            keys = {"BELISHA_KEY_FILE": str(key or folder.parent / "pictures.key")}
            named = {"BELISHA_DATA": str(folder), "BELISHA_DATABASE": address or ""}
            named |= {"BELISHA_JOURNAL": "", "DJANGO_SETTINGS_MODULE": "config.settings"}
            return SimpleNamespace(
                folder=folder,
                key=Path(keys["BELISHA_KEY_FILE"]),
                environment=os.environ | named | keys,
            )

        yield place


@pytest.fixture(scope="module")
def old(new_place):
    """A school that was backed up, and in which people then said no to much."""
    place = new_place("old")
    place.before = trial(place, "furnish")
    place.figures = json.loads(belisha(place, "figures", "--json").stdout)
    place.backup = place.folder.parent / "monday.belisha"
    place.made = json.loads(belisha(place, "backup", place.backup, "--json").stdout)
    place.archive = place.folder.parent / "school.zip"
    belisha(place, "archive", place.archive)
    place.after = trial(place, "say_no")
    return place


@pytest.fixture(scope="module")
def new(new_place, old):
    """Another machine, with the same key, that was filled from the backup and the old journal."""
    place = new_place("new", key=old.key)
    words = ("restore", old.backup, "--journal", old.folder / "journal", "--json")
    place.said = json.loads(belisha(place, *words).stdout)
    return place


def test_everything_that_was_in_the_school_comes_back(old, new):
    assert new.said["figures"] == old.figures
    assert new.said["rows"] == old.made["rows"]
    assert new.said["files"] == old.made["files"] > 3
    assert old.made["lost"] == 0
    assert old.figures["pupils"] == 2 and old.figures["stored_bytes"] > 0
    files = json.loads(belisha(new, "pictures", "verify", "--json").stdout)
    assert files["opened"] > 0


def test_what_was_said_no_to_after_the_backup_does_not_come_back(old, new):
    assert old.before != old.after
    assert trial(new, "look") == old.after
    assert old.after["wrong"] == []
    assert len(new.said["again"]) >= 9
    assert new.said["left"] == []
    belisha(new, "journal")  # nothing is missing any more


def test_a_database_that_was_put_back_by_hand_is_found_out_and_mended(old, new_place):
    place = new_place("by-hand", key=old.key)
    (place.folder.parent / "empty").mkdir()
    words = ("restore", old.backup, "--journal", place.folder.parent / "empty")
    belisha(place, *words)
    assert trial(place, "look") == old.before
    shutil.copytree(old.folder / "journal", place.folder / "journal", dirs_exist_ok=True)
    assert "lacks" in belisha(place, "journal", ok=False).stderr
    belisha(place, "journal", "--apply")
    assert trial(place, "look") == old.after
    belisha(place, "journal")


def test_a_backup_tells_nothing_without_the_key_and_does_not_hold_it(old, new_place):
    held = old.backup.read_bytes()
    for told in (b"Canary", b"Kerbside", b"tables/", bytes.fromhex(old.key.read_text())):
        assert told not in held
    for journal in (old.folder / "journal").iterdir():
        assert b"answers.recorded" not in journal.read_bytes()
    place = new_place("without-key", tables=False, address="")
    place.key.write_text("ab" * 32)
    done = belisha(place, "restore", old.backup, ok=False)
    assert "not the key" in done.stderr
    assert not place.folder.exists()


def test_a_damaged_short_or_strange_file_changes_nothing(old, new_place):
    place = new_place("damaged", key=old.key, tables=False, address="")
    whole = old.backup.read_bytes()
    middle = bytearray(whole)
    middle[len(whole) // 2] ^= 1
    bad = place.folder.parent / "bad.belisha"
    for wrong in (bytes(middle), whole[:-1], whole[: len(whole) // 2], b"", b"PK not ours"):
        bad.write_bytes(wrong)
        done = belisha(place, "restore", bad, ok=False)
        assert "damaged" in done.stderr
        assert not place.folder.exists()


def test_a_school_is_never_written_over(old, new):
    before = sorted(path.name for path in old.folder.iterdir())
    assert "a school here already" in belisha(old, "restore", old.backup, ok=False).stderr
    assert "a school here already" in belisha(old, "archive", "import", old.archive, ok=False).stderr
    assert sorted(path.name for path in old.folder.iterdir()) == before
    assert belisha(old, "backup", old.backup, ok=False).returncode == 2
    assert belisha(old, "archive", old.archive, ok=False).returncode == 2


def members(archive):
    """The hash of each member of an archive, but for what goes on by itself."""
    with zipfile.ZipFile(archive) as file:
        said = json.loads(file.read("manifest.json"))
        assert set(file.namelist()) == {*said["members"], "manifest.json"}
    return said, {
        name: one["sha256"]
        for name, one in said["members"].items()
        if not name.removeprefix("tables/").startswith(OWN)
    }


def test_the_open_archive_fills_an_empty_school_with_the_same_rows_and_bytes(old, new_place):
    place = new_place("imported", address="")  # from PostgreSQL into SQLite, too
    belisha(place, "archive", "import", old.archive)
    again = place.folder.parent / "again.zip"
    belisha(place, "archive", again)
    said, first = members(old.archive)
    _, second = members(again)
    assert first == second
    assert sum(name.startswith("files/") for name in first) > 3
    assert said["figures"] == old.figures
    belisha(place, "pictures", "verify")
    belisha(place, "audit", "verify")


def test_no_secret_is_in_the_open_archive(old):
    with zipfile.ZipFile(old.archive) as file:
        names = set(file.namelist())
        users = [json.loads(line) for line in file.open("tables/people_user.jsonl")]
        held = b"".join(file.read(name) for name in names if name.startswith("tables/"))
    assert {user["password"] for user in users} == {"!"}
    assert b"argon2" not in held and b"md5$" not in held
    assert not names & {"tables/mfa_authenticator.jsonl", "tables/django_session.jsonl"}
