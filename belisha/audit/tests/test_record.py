"""The record is whole, and the database keeps it so."""

import pytest
from django.db import DatabaseError, connection, transaction

from belisha.audit.actions import record, verify
from belisha.audit.models import Chain, Entry


@pytest.fixture
def three_rows(school, now):
    for verb in ("album.made", "picture.added", "face.settled"):
        record(verb, school, by=7, at=now, count=3)


def wrong_row():
    return next(wrong for _, _, wrong in verify())


def tamper(sql, *values):
    """Change the record as someone would who holds the database and has dropped its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        else:
            for act in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER audit_entry_no_{act}")
        cursor.execute(sql, values)


def test_an_honest_record_is_whole(three_rows):
    assert wrong_row() is None
    assert list(Entry.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize("act", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_or_remove_a_row(three_rows, act):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(act)


def test_the_database_refuses_to_forget_where_a_record_ends(three_rows):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Chain.objects.all().delete()


def test_a_changed_row_is_named(three_rows):
    tamper("UPDATE audit_entry SET verb = 'picture.removed' WHERE number = 2")
    assert wrong_row() == (2, "it says something else than when it was written")


def test_a_removed_row_is_named(three_rows):
    tamper("DELETE FROM audit_entry WHERE number = 2")
    assert wrong_row() == (2, "this row is missing")


def test_a_tail_cut_off_is_noticed(three_rows):
    tamper("DELETE FROM audit_entry WHERE number = 3")
    assert wrong_row() == (3, "the end of the record is missing")


def test_a_row_moved_to_another_time_is_named(three_rows, now):
    tamper("UPDATE audit_entry SET at = %s WHERE number = 1", now.replace(hour=8))
    assert wrong_row()[0] == 1
