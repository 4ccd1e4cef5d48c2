"""Searching long texts by SQLite's FTS5 or PostgreSQL's tsvector, behind one function.

Each table that is searched so has an index of its own, kept by the database: in SQLite the virtual
table ``<table>_words``, in PostgreSQL an index of the vector. Both cut words to their English stem.
"""

import re
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.expressions import RawSQL

Rows = TypeVar("Rows", bound="models.QuerySet[Any]")
LANGUAGE = "english"
COLUMNS = ("heading", "text")


def saying(rows: Rows, typed: str) -> Rows:
    """Those rows in which every word typed occurs, or begins a word. No words find nothing."""
    words = re.findall(r"\w+", typed.lower())
    if not words:
        return rows.none()
    table = rows.model._meta.db_table  # never from outside
    if connection.vendor == "sqlite":
        sql = f'SELECT rowid FROM "{table}_words" WHERE "{table}_words" MATCH %s'  # noqa: S608 - our own names
        asked = " AND ".join(f'"{word}"*' for word in words)
    else:
        sql = f'SELECT id FROM "{table}" WHERE {vector()} @@ to_tsquery(%s, %s)'  # noqa: S608 - our own names
        asked = " & ".join(f"{word}:*" for word in words)
    given = [asked] if connection.vendor == "sqlite" else [LANGUAGE, asked]
    return rows.filter(pk__in=RawSQL(sql, given))  # noqa: S611 - words alone, and as parameters


def vector() -> str:
    """The vector of a row in PostgreSQL; the same words make the index that it is found by."""
    return f"to_tsvector('{LANGUAGE}', {' || chr(32) || '.join(COLUMNS)})"


def index_words(table: str, vendor: str) -> list[str]:
    """The statements that make the index of a table, for its migration."""
    if vendor != "sqlite":
        return [f'CREATE INDEX "{table}_words" ON "{table}" USING gin ({vector()})']
    named, new, old = (
        ", ".join(f"{before}{name}" for name in COLUMNS) for before in ("", "new.", "old.")
    )
    index, row = f'"{table}_words"', f"rowid, {named}"
    gone = f"INSERT INTO {index} ({index}, {row}) VALUES ('delete', old.id, {old});"  # noqa: S608 - our own names
    come = f"INSERT INTO {index} ({row}) VALUES (new.id, {new});"  # noqa: S608 - our own names
    return [
        f"CREATE VIRTUAL TABLE {index} USING fts5({named}, content='{table}', content_rowid='id', "
        "tokenize='porter unicode61 remove_diacritics 2')",
        f'CREATE TRIGGER "{table}_words_come" AFTER INSERT ON "{table}" BEGIN {come} END',
        f'CREATE TRIGGER "{table}_words_gone" AFTER DELETE ON "{table}" BEGIN {gone} END',
        f'CREATE TRIGGER "{table}_words_change" AFTER UPDATE ON "{table}" BEGIN {gone} {come} END',
        f"INSERT INTO {index} ({index}) VALUES ('rebuild')",  # noqa: S608 - our own names
    ]
