"""The empty place that a restore fills: all of it, or nothing."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction

DRAFT = ".restoring"
# What may lie in a folder without a school in it.
MAY_LIE_THERE = frozenset({"secrets", "journal", "static", "services.toml", DRAFT, "lost+found"})


class NotEmpty(ValueError):
    """There is something already where the school is to go; the text says what."""


@contextmanager
def emptied(folder: Path) -> Iterator[None]:
    """Inside, the database and the files are empty ones to the side; at the end they are in place.

    Whatever goes wrong on the way, the folder is as it was. On PostgreSQL the database is filled in
    one transaction, which ends when the files are in place. Raises `NotEmpty`.
    """
    draft, pictures = folder / DRAFT, Path(settings.MEDIA_ROOT)
    refuse_unless_empty(folder)
    shutil.rmtree(draft, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft.mkdir(mode=0o700)
    journal, database = Path(settings.JOURNAL), str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and Path(database).exists():
        shutil.copy(database, draft / "school")  # its tables are made already
    try:
        with _at_once():
            with _working_in(draft):
                yield
            _put_in_place(draft, pictures=pictures, journal=journal, database=database)
    except BaseException:
        shutil.rmtree(pictures, ignore_errors=True)  # there were none before
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def has_school() -> bool:
    """Whether the database has a school in it. It is not made to find out."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and not Path(name).exists():
        return False
    with connection.cursor() as cursor:
        if "people_school" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute("SELECT 1 FROM people_school LIMIT 1")
        return cursor.fetchone() is not None


def refuse_unless_empty(folder: Path) -> None:
    """Raises `NotEmpty` unless a school can be put there. Clears away what a sudden end left."""
    if has_school():
        raise NotEmpty("There is a school here already. Nothing was changed.")
    connection.close()
    if (folder / DRAFT).exists():  # a restore ended suddenly: what it had put in place so far goes
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    there = {path.name for path in folder.iterdir()} if folder.exists() else set()
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"]).name
        there -= {name, f"{name}-wal", f"{name}-shm"}
    if more := sorted(there - MAY_LIE_THERE):
        raise NotEmpty(f"{folder} is not empty: {more[0]} is there. Nothing was changed.")


def _at_once() -> Any:
    return transaction.atomic() if connection.vendor == "postgresql" else nullcontext()


@contextmanager
def _working_in(draft: Path) -> Iterator[None]:
    """Let this process work in another folder."""
    before = settings.MEDIA_ROOT, settings.JOURNAL, connection.settings_dict["NAME"]
    settings.MEDIA_ROOT, settings.JOURNAL = draft / "pictures", draft / "journal"
    sqlite = connection.vendor == "sqlite"
    if sqlite:
        connection.settings_dict["NAME"] = str(draft / "school")
    try:
        yield
        if sqlite:
            with connection.cursor() as cursor:  # one file, without a log beside it
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        if sqlite:
            connection.close()
        settings.MEDIA_ROOT, settings.JOURNAL, connection.settings_dict["NAME"] = before


def _put_in_place(draft: Path, *, pictures: Path, journal: Path, database: str) -> None:
    """Files first, the database last: what a row names is there."""
    if hasattr(os, "sync"):
        os.sync()
    for file in sorted((draft / "journal").glob("*.journal")):
        journal.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (journal / file.name).open("ab") as lines:
            lines.write(file.read_bytes())
    if (draft / "pictures").exists():
        shutil.move(draft / "pictures", pictures)
    if (draft / "school").exists():
        for end in ("-wal", "-shm"):
            Path(f"{database}{end}").unlink(missing_ok=True)
        (draft / "school").replace(database)
