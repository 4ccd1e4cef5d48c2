"""`belisha import policy`: what it prints, what it leaves behind, and how it says no."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from belisha.policy.importing.tests.corpus import FOUND, ROMAN
from belisha.policy.importing.tests.making import FORMATS
from tests.test_command_line import belisha, rows, school

__all__ = ["school"]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_trial_prints_title_front_and_clauses_and_makes_no_folder(tmp_path, ending):
    file = tmp_path / f"policy.{ending}"
    file.write_bytes(FORMATS[ending](ROMAN.without_counting()))
    done = belisha("import", "policy", file, "--dry-run", "--json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert list(said) == ["title", "front", "clauses"]
    assert (said["title"], said["front"]) == (ROMAN.title, FOUND)
    assert {tuple(clause) for clause in said["clauses"]} == {("number", "heading", "text")}
    assert [tuple(clause.values()) for clause in said["clauses"]] == ROMAN.expected
    assert list(tmp_path.iterdir()) == [file]


def test_without_json_it_prints_for_people(tmp_path):
    file = tmp_path / "policy.txt"
    file.write_bytes(FORMATS["txt"](ROMAN.without_counting()))
    done = belisha("import", "policy", "--dry-run", file, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith(f"{ROMAN.title}\n")
    assert done.stdout.endswith("14 clauses and paragraphs found. Nothing is kept.\n")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.docx", b"", "This file is empty.\n"),
        ("broken.pdf", b"%PDF-1.7 and nothing", "This PDF is damaged"),
        ("picture.docx", b"\x89PNG\r\n\x1a\n\0\0\0\0" * 40, "This is not a document"),
    ],
)
def test_what_cannot_be_read_ends_with_1_and_one_sentence(tmp_path, name, data, says):
    (tmp_path / name).write_bytes(data)
    done = belisha("import", "policy", tmp_path / name, "--dry-run", "--json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == 1
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_file_that_is_not_there_ends_with_1(tmp_path):
    for path, says in ((tmp_path / "nothing.pdf", "cannot be read"), (tmp_path, "is a folder")):
        done = belisha("import", "policy", path, "--dry-run", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert says in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_school_it_keeps_nothing_and_says_so(tmp_path):
    file = tmp_path / "policy.txt"
    file.write_bytes(FORMATS["txt"](ROMAN))
    done = belisha("import", "policy", file, "--data", tmp_path / "school", cwd=tmp_path)
    assert done.returncode == 2
    assert "exactly one school" in done.stderr


def test_reading_knows_no_django():
    code = "import sys, belisha.policy.importing.kinds; sys.exit('django' in sys.modules)"
    root = Path(__file__).parent.parent
    assert subprocess.run([sys.executable, "-c", code], cwd=root).returncode == 0


def test_a_school_gets_a_draft_with_every_clause(school, tmp_path):
    file = tmp_path / "policy.docx"
    file.write_bytes(FORMATS["docx"](ROMAN))
    done = belisha("import", "policy", file, "--json", "--data", school, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert rows(
        school,
        "select c.number, c.heading, c.text from policy_clause c"
        " join policy_version v on v.id = c.version_id"
        f" where v.issued_at is null and v.title = '{ROMAN.title}' order by c.position",
    ) == [tuple(clause) for clause in ROMAN.expected]
    assert said["draft"].endswith(".0")
