"""The journal: each line of the record once more, sealed, outside the database.

A backup ends where it was made. What was said no to afterwards stands here, so that a restore can
do it again; and a database that somebody put back by hand is found out. A line holds what the
record holds, ids and codes and never a name, and for a few acts what the record may not say.

One file for each day, one sealed line for each act, written when the act is committed. Whoever acts
waits for it, so what was acknowledged is in the journal.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from belisha.audit.models import Entry
from belisha.lib.ids import made_at
from belisha.lib.sealing import BrokenSeal, derived, seal, unseal

ABOUT = b"belisha journal 1"


@dataclass(frozen=True)
class Line:
    """One act as the journal holds it. `again` is what the record does not say."""

    id: int
    school_id: int
    number: int
    at: datetime
    by: int | None
    verb: str
    about: str
    facts: Mapping[str, Any]
    before: str
    hash: str
    again: Mapping[str, Any]

    @property
    def about_id(self) -> int:
        """The id of the row that it happened to."""
        return int(self.about.rpartition(":")[2])


def folder() -> Path:
    """Where the journal lies."""
    return Path(settings.JOURNAL)


def note(entry: Entry, again: Mapping[str, Any]) -> None:
    """Write a line once the act is committed. A full disk does not undo the act: it is logged."""
    transaction.on_commit(partial(_write, entry, again), robust=True)


def catch_up(school_id: int, *, last: int) -> int:
    """Write what was committed and not written, after a sudden end; `last` is the last id."""
    missing = list(Entry.objects.filter(school_id=school_id, pk__gt=last).order_by("number"))
    for entry in missing:
        _write(entry, {})
    return len(missing)


def lines(where: Path | None = None, *, key: bytes | None = None) -> Iterator[Line]:
    """Every line there is, in the order in which they were written.

    What a sudden end cut off has no full stop and is passed over: its act was not acknowledged.
    Raises `BrokenSeal` for a line that this key does not open.
    """
    under = derived(settings.PICTURES_KEY if key is None else key, "journal")
    for file in sorted((where or folder()).glob("*.journal")):
        with file.open("rb") as text:
            for line in text:
                if line.endswith(b".\n"):
                    yield _opened(line[:-2], under)


def forget(before: date) -> int:
    """Remove the files of days before that: no backup is kept that would need them."""
    old = [file for file in folder().glob("*.journal") if file.stem < before.isoformat()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _write(entry: Entry, again: Mapping[str, Any]) -> None:
    said = {
        "id": entry.pk,
        "school_id": entry.school_id,
        "number": entry.number,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "verb": entry.verb,
        "about": entry.about,
        "facts": entry.facts,
        "before": entry.before,
        "hash": entry.hash,
        "again": dict(again),
    }
    sealed = seal(json.dumps(said).encode(), derived(settings.PICTURES_KEY, "journal"), ABOUT)
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder() / f"{made_at(entry.pk):%Y-%m-%d}.journal"
    how = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    descriptor = os.open(file, how, 0o600)
    try:  # begun with a new line, since the line before may have been cut off
        os.write(descriptor, b"\n" + b64encode(sealed) + b".\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _opened(line: bytes, key: bytes) -> Line:
    try:
        said = json.loads(unseal(b64decode(line), key, ABOUT))
    except ValueError as error:
        raise BrokenSeal from error
    return Line(**said | {"at": datetime.fromisoformat(said["at"])})
