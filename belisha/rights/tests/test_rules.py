"""What goes along, what is done again, and how the backups stand: without a school."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from belisha.audit.models import Entry
from belisha.rights.archive import kept
from belisha.rights.archive.described import tables_described
from belisha.rights.archive.figures import counted, plural
from belisha.rights.archive.tables import PASSING, SECRET_TABLES, columns, read, tables, written
from belisha.rights.backups.again import AGAIN, LOOK_AT
from belisha.rights.rules import days_since, is_old, proof_is_due

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 20)


def test_the_tables_of_the_archive_are_described():
    told = (ROOT / "docs" / "archive.md").read_text()
    assert told.endswith(tables_described()), "run `belisha archive schema` for docs/archive.md"


def test_every_table_goes_along_or_is_left_out_by_name():
    every = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    along = {model._meta.label_lower for model in tables(secrets=True)}
    assert along | PASSING == every
    assert {model._meta.label_lower for model in tables(secrets=False)} == along - SECRET_TABLES
    assert every >= SECRET_TABLES | PASSING


def test_whatever_lies_sealed_can_be_opened_for_an_archive():
    names = {"sealed", "wrapped_key", "wrapped"}
    sealed = {
        model
        for model in tables(secrets=False)
        for field in columns(model)
        if isinstance(field, models.BinaryField) and field.name in names
    }
    assert sealed == set(kept.OF)


def test_what_is_done_again_is_really_written_into_the_record():
    acts = {*(ROOT / "belisha").rglob("*.py")} - {*(ROOT / "belisha").rglob("again.py")}
    sources = "".join(path.read_text() for path in acts if "tests" not in path.parts)
    assert [verb for verb in {*AGAIN, *LOOK_AT} if f'"{verb}"' not in sources] == []


def test_each_kind_of_thing_has_a_figure_of_its_own():
    assert {"pupils", "answers", "photos", "publications", "devices", "staff"} <= set(counted())
    assert all(re.fullmatch("[a-z_]+", name) for name in counted())
    assert plural("SchoolClass") == "school_classes"
    assert plural("StoredFile") == "stored_files"
    assert plural("GuestPass") == "guest_passes"
    assert plural("Reply") == "replies"


def test_a_row_is_read_as_it_was_written():
    entry = Entry(school_id=1, number=2, verb="é", facts={"a": [1, None]}, about="x:1")
    entry.at = entry._meta.get_field("at").to_python("2026-11-20T09:00:00+00:00")
    row = {field.attname: getattr(entry, field.attname) for field in columns(Entry)}
    again = read(written(row), Entry)
    assert {name: getattr(again, name) for name in row} == row


@pytest.mark.parametrize(
    ("days", "old", "due", "words"),
    [
        (0, False, False, "today"),
        (1, False, False, "yesterday"),
        (7, False, False, "7 days ago"),
        (8, True, False, "8 days ago"),
        (121, True, True, "121 days ago"),
    ],
)
def test_how_long_ago_is_too_long(days, old, due, words):
    then = TODAY - timedelta(days=days)
    assert (is_old(then, TODAY), proof_is_due(then, TODAY)) == (old, due)
    assert days_since(then, TODAY) == words
    assert (is_old(None, TODAY), proof_is_due(None, TODAY)) == (True, True)
