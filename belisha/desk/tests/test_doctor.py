"""The doctor tells what is wrong with an installation and how to mend it, and changes nothing."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from belisha.desk import checkup
from belisha.desk.checkup import State
from belisha.lib.mail_server import mail_server

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")


def doctor(folder, **environment):
    """What the command says of a folder, in a process of its own: exit code and findings."""
    done = subprocess.run(
        [sys.executable, "-m", "belisha.cli", "doctor", "--json", "--data", str(folder)],
        capture_output=True,
        text=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"} | environment,
    )
    return done.returncode, json.loads(done.stdout)["findings"]


def of_state(findings, state):
    return {finding["about"] for finding in findings if finding["state"] == state}


@pytest.fixture
def folder(tmp_path, settings):
    """A school's folder with its keys, for the looks of this process."""
    settings.DATA = tmp_path
    settings.KEY_FILE = tmp_path / "secrets" / "pictures.key"
    tmp_path.chmod(0o700)
    (tmp_path / "secrets").mkdir(mode=0o700)
    for name in ("session.key", "pictures.key"):
        key = tmp_path / "secrets" / name
        key.write_text("5a" * 32)
        key.chmod(0o600)
    return tmp_path


def states(look):
    return {finding.about: finding.state for finding in look()}


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A folder as the first start leaves it."""
    folder = tmp_path_factory.mktemp("sound") / "school"
    subprocess.run(
        [sys.executable, "-m", "belisha.cli", "audit", "verify", "--data", str(folder)],
        check=True,
        env={
            name: value
            for name, value in os.environ.items()
            if name not in {"DJANGO_SETTINGS_MODULE", "BELISHA_DATABASE"}
        },
    )
    return folder


def test_nothing_is_wrong_with_a_folder_as_the_first_start_leaves_it(sound):
    code, findings = doctor(sound, BELISHA_DATABASE="")
    assert of_state(findings, "wrong") == set()
    assert {"database", "tables", "record", "pictures"} <= of_state(findings, "ok")
    assert code == 0


def test_looking_makes_no_folder_and_no_key(tmp_path):
    nowhere = tmp_path / "nowhere"
    code, findings = doctor(nowhere, BELISHA_DATABASE="")
    assert "folder" in of_state(findings, "warning")
    assert code == 0
    assert not nowhere.exists()


def test_a_damaged_database_is_told_from_a_sound_one(sound, tmp_path):
    (tmp_path / "belisha.sqlite3").write_bytes(b"SQLite format 3\0" + b"\xff" * 8192)
    code, findings = doctor(tmp_path, BELISHA_DATABASE="")
    assert "database" in of_state(findings, "wrong")
    assert "key of the pictures" in of_state(findings, "wrong"), "a school without its keys"
    assert code == 1


def test_a_database_that_does_not_answer_is_said_without_a_traceback(tmp_path):
    code, findings = doctor(tmp_path, BELISHA_DATABASE="postgres://nobody@127.0.0.1:1/none")
    assert "database" in of_state(findings, "wrong")
    assert code == 1


def test_every_finding_that_is_not_well_says_what_to_do(tmp_path):
    _, findings = doctor(tmp_path, BELISHA_DATABASE="postgres://nobody@127.0.0.1:1/none")
    ill = [finding for finding in findings if finding["state"] != "ok"]
    assert len(ill) >= 3
    assert all(finding["to_do"] for finding in ill)


def test_a_folder_that_others_can_open_is_wrong(folder):
    assert states(checkup.the_folder)["folder"] == State.OK
    folder.chmod(0o755)
    assert states(checkup.the_folder)["folder"] == State.WRONG


@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_wrong(folder):
    folder.chmod(0o500)
    assert states(checkup.the_folder)["folder"] == State.WRONG


def test_a_key_that_others_can_read_is_wrong(folder):
    assert set(states(checkup.the_keys).values()) == {State.OK}
    (folder / "secrets" / "pictures.key").chmod(0o644)
    assert states(checkup.the_keys)["key of the pictures"] == State.WRONG


def test_a_spoilt_key_is_wrong(folder):
    (folder / "secrets" / "pictures.key").write_text("")
    assert states(checkup.the_keys)["key of the pictures"] == State.WRONG


def test_passwords_in_the_open_are_wrong(settings):
    settings.ADDRESS = "http://belisha.school.example"
    assert states(checkup.the_address)["address"] == State.WRONG


def test_mail_that_cannot_go_out_is_told(settings):
    settings.MAIL = mail_server({})
    (unset,) = checkup.the_mail()
    assert (unset.state, unset.about) == (State.WARNING, "mail")
    assert "BELISHA_MAIL" in unset.to_do
    server = {"BELISHA_MAIL": "smtp://127.0.0.1:1", "BELISHA_MAIL_FROM": "office@kerbside.example"}
    settings.MAIL = mail_server(server)
    (down,) = checkup.the_mail()
    assert down.says == "The mail server cannot be reached. (127.0.0.1:1)"


def test_a_key_that_opens_no_picture_is_wrong(school, settings):
    from belisha.photos import store

    store._school_key(school)
    assert states(checkup.the_seals)["pictures' seals"] == State.OK
    settings.PICTURES_KEY = b"\1" * 32
    assert states(checkup.the_seals)["pictures' seals"] == State.WRONG


def test_the_key_of_a_real_school_should_lie_elsewhere(school, settings, tmp_path):
    assert states(checkup.the_school)["place of the key"] == State.WARNING
    settings.KEY_FILE = tmp_path / "elsewhere.key"
    assert "place of the key" not in states(checkup.the_school)


def test_a_record_that_was_changed_is_wrong(school):
    from belisha.audit.models import Entry

    assert states(checkup.the_record)["record"] == State.OK
    Entry.objects.create(
        school_id=school.pk, number=7, at=school.created_at, verb="x", about="x", hash="x"
    )
    assert states(checkup.the_record)["record"] == State.WRONG


@pytest.mark.skipif("BELISHA_DATABASE" in os.environ, reason="this is about SQLite")
def test_sqlite_that_would_lose_an_answer_is_wrong(transactional_db):
    def said():
        return next(one.says for one in checkup.the_database() if one.about == "database")

    # The database of the tests lives in memory, so its journal differs in any case.
    assert "synchronous" not in said()
    connection.cursor().execute("PRAGMA synchronous=OFF")
    try:
        assert "synchronous" in said()
    finally:
        connection.close()
