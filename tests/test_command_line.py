"""What scripts may rely on: the words of the commands, their exit codes, and what they print."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from belisha.cli import commands

ROOT = Path(__file__).parent.parent
ROLES = {
    "head",
    "safeguarding-lead",
    "office",
    "teacher",
    "governor",
    "parent",
    "parents-association",
}
DATABASE = "belisha.sqlite3"


def belisha(*words, cwd, **more):
    """Run a command as from a person's shell, which knows nothing of these tests."""
    ours = {"DJANGO_SETTINGS_MODULE", "BELISHA_DATA", "BELISHA_DATABASE", "BELISHA_ADDRESS"}
    shell = {name: value for name, value in os.environ.items() if name not in ours}
    done = subprocess.run(
        [sys.executable, "-m", "belisha.cli", *map(str, words)],
        cwd=cwd,
        env=shell | {"PYTHONPATH": str(ROOT)} | more,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    return done


def test_the_readme_names_every_command():
    table = (ROOT / "README.md").read_text().partition("## All commands")[2]
    named = re.findall(r"`([a-z ]+[a-z])[^`]*`", "\n".join(re.findall(r"(?m)^\| (.*) \|", table)))
    assert {" ".join(words) for words in commands()} <= set(named)


def rows(folder, question):
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        return database.execute(question).fetchall()


def change(folder, *statements):
    with closing(sqlite3.connect(folder / DATABASE)) as database, database:
        for statement in statements:
            database.execute(statement)


@pytest.fixture
def school(demonstration, tmp_path):
    """The folder of a school with a long record, to do wrong to."""
    folder = tmp_path / "school"
    shutil.copytree(demonstration.folder / "secrets", folder / "secrets")
    with (
        closing(sqlite3.connect(demonstration.folder / DATABASE)) as theirs,
        closing(sqlite3.connect(folder / DATABASE)) as ours,
    ):
        theirs.backup(ours)
    return folder


def test_help_names_every_command(tmp_path):
    for words in ([], ["--help"], ["help"]):
        done = belisha(*words, cwd=tmp_path)
        assert done.returncode == 0
        for command in ("audit verify", "clear", "demo", "doctor", "serve", "worker"):
            assert f"  belisha {command}\n" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_asking_for_help_makes_nothing(tmp_path):
    done = belisha("backup", "--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["fly"], ["audit"], ["audit", "fly"], ["--data"], ["clear"]])
def test_words_that_are_no_command_end_with_2_and_make_nothing(tmp_path, words):
    done = belisha(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ["--data", "school", "audit", "verify", "--json"],
        ["audit", "--data=school", "verify", "--json"],
        ["audit", "verify", "--json", "--data", "school"],
    ],
)
def test_the_folder_may_be_named_anywhere_and_is_made(tmp_path, words):
    done = belisha(*words, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"ok": True, "rows": 0, "wrong": []}
    assert [path.name for path in tmp_path.iterdir()] == ["school"]


def test_nothing_is_saved_where_there_is_no_school(tmp_path):
    done = belisha("backup", "monday", "--data", "mistyped", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "There is no school in " in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mistyped"]


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    done = belisha("audit", "verify", "--data", "file/school", cwd=tmp_path)
    assert done.returncode == 1
    assert "belisha doctor" in done.stderr


def test_a_record_that_nobody_touched_is_whole(school):
    done = belisha("audit", "verify", "--data", school, cwd=school)
    assert done.returncode == 0
    assert done.stdout.startswith("The record is whole: ")


@pytest.mark.parametrize(
    ("wrong", "row"),
    [
        ("UPDATE audit_entry SET verb = 'nothing.happened' WHERE number = 5", 5),
        ("DELETE FROM audit_entry WHERE number = 7", 7),
        ("UPDATE audit_entry SET at = '2020-01-01 00:00:00' WHERE number IN (9, 12)", 9),
    ],
)
def test_a_row_that_was_tampered_with_is_named(school, wrong, row):
    triggers = rows(school, "SELECT name FROM sqlite_master WHERE type = 'trigger'")
    with pytest.raises(sqlite3.DatabaseError):  # the database itself refuses, to begin with
        change(school, wrong)
    change(school, *[f"DROP TRIGGER {name}" for (name,) in triggers], wrong)
    done = belisha("audit", "verify", "--json", "--data", school, cwd=school)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Row {row} of school ")
    said = json.loads(done.stdout)
    assert said["ok"] is False
    assert [one["row"] for one in said["wrong"]] == [row]


def test_a_real_schools_folder_takes_no_demonstration(school):
    change(school, "UPDATE people_school SET demonstration = 0")
    with closing(sqlite3.connect(school / DATABASE)) as database:
        before = list(database.iterdump())
    done = belisha("demo", "--no-serve", "--json", "--data", school, cwd=school)
    assert (done.returncode, done.stdout) == (2, "")
    assert "real school" in done.stderr
    with closing(sqlite3.connect(school / DATABASE)) as database:
        assert list(database.iterdump()) == before


def test_the_demonstration_says_first_where_it_is_and_how_to_come_in(demonstration):
    assert set(demonstration.sign_in) == ROLES
    assert demonstration.address.startswith("http://127.0.0.1:")
    start = f"{demonstration.address}/enter/"
    assert all(address.startswith(start) for address in demonstration.sign_in.values())


def test_a_second_start_loads_nothing_again(school):
    count = "SELECT (SELECT count(*) FROM people_pupil), (SELECT count(*) FROM audit_entry)"
    before = rows(school, count)
    assert before[0][0] > 200
    done = belisha("demo", "--no-serve", "--json", "--port", "8123", "--data", school, cwd=school)
    first, *more = done.stdout.splitlines()
    said = json.loads(first)
    assert (done.returncode, more) == (0, [])
    assert said["address"] == "http://127.0.0.1:8123"
    assert set(said["sign_in"]) == ROLES
    assert rows(school, count) == before


def can(*words, cwd):
    done = belisha("ask", *words, "--json", cwd=cwd)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_a_question_needs_no_school_and_makes_nothing(tmp_path):
    said = can("--as", "teacher", "--do", "add-friend", "--of", "pupil", cwd=tmp_path)
    assert list(said) == ["answer", "reasons", "remedy"]
    assert said["answer"] == "no"
    assert [list(reason) for reason in said["reasons"]] == [["clause", "text"]]
    assert said["reasons"][0]["clause"] == "B.i"
    phone = ("--as", "pupil", "--do", "use-phone", "--when", "after-school")
    assert can(*phone, cwd=tmp_path)["answer"] == "no"
    assert can(*phone, "--supervised", cwd=tmp_path)["answer"] == "yes"
    assert list(tmp_path.iterdir()) == []


def test_an_answer_in_plain_words_begins_with_the_verdict(tmp_path):
    words = ("ask", "--as", "Parent", "--do", "post-picture", "--of", "CLASS")
    done = belisha(*words, cwd=tmp_path, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("No.\n  D.i ")
    assert "people?s" in done.stdout, "a terminal that lacks a sign is no error"


def test_a_word_that_is_not_among_the_values_is_told_which_are(tmp_path):
    done = belisha("ask", "--as", "king", "--do", "film", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "'king'" in done.stderr
    assert "volunteer, visitor, parent, pta, pupil" in done.stderr
    twice = ("--of", "other-children", "--of", "own-child", "--as", "parent")
    done = belisha("ask", "--do", "post-picture", *twice, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_school_answers_by_the_uses_that_it_has_chosen(school):
    post = ("--as", "head", "--do", "post-picture", "--on", "website", "--data", school)
    assert can(*post, cwd=school)["answer"] == "ask"
    change(school, "UPDATE policy_purpose SET in_use = 0 WHERE key = 'website'")
    before = sorted(path.name for path in school.iterdir())
    assert can(*post, cwd=school)["answer"] == "no"
    assert sorted(path.name for path in school.iterdir()) == before
