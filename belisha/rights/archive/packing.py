"""Everything that the school holds, put into a bundle as it was at one moment."""

import json
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import datetime
from typing import IO, Any

from django.conf import settings
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from belisha import __version__
from belisha.audit.models import Chain
from belisha.lib.kept import Kept
from belisha.lib.sealing import BrokenSeal
from belisha.photos.store import Missing
from belisha.rights.archive import kept
from belisha.rights.archive.bundle import MANIFEST, PIECE, BundleWriter
from belisha.rights.archive.figures import figures
from belisha.rights.archive.snapshot import snapshot
from belisha.rights.archive.tables import READ_AT_ONCE, Row, rows, schema, tables, written

FORMAT = 1


class NotWhole(Exception):
    """A sealed file that a row names cannot be read; the text says which and what to do."""


def pack(bundle: BundleWriter, *, kind: str, secrets: bool, at: datetime) -> dict[str, Any]:
    """Put every row and every file in; return the list of contents, which is put in last.

    With `secrets` files stay sealed as they lie, and what lets people in goes along: the whole must
    be sealed then. Without, files are opened, and secrets stay behind. Raises `NotWhole`.
    """
    with snapshot():
        counts = {}
        for model in tables(secrets=secrets):
            table = model._meta.db_table
            of_model = None if secrets else kept.OF.get(model)
            with closing(rows(model, secrets=secrets)) as every:
                lines = _Counted(_without(of_model, every))
                bundle.add(f"tables/{table}.jsonl", lines)
            counts[table] = lines.count
        said = {
            "format": FORMAT,
            "kind": kind,
            "made_at": at.isoformat(),
            "version": __version__,
            "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
            "schema": schema(secrets=secrets),
            "rows": counts,
            "figures": figures(),
            "heads": {str(one.school_id): one.head for one in Chain.objects.all()},
        }
        if secrets:
            gone = _files_as_they_lie(bundle)
            said |= {"journal": str(settings.JOURNAL), "gone": gone}
        else:
            _opened_files(bundle)
    said["members"] = bundle.members.copy()
    text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True)
    bundle.add(MANIFEST, [text.encode()])
    return said


class _Counted:
    """Lines that are counted as they are taken, in pieces of some size."""

    def __init__(self, rows_: Iterator[Row]) -> None:
        self._rows, self.count = rows_, 0

    def __iter__(self) -> Iterator[bytes]:
        piece = bytearray()
        for row in self._rows:
            piece += written(row)
            self.count += 1
            if len(piece) >= PIECE:
                yield bytes(piece)
                piece.clear()
        yield bytes(piece)


def _without(of_model: Kept | None, every: Iterator[Row]) -> Iterator[Row]:
    """Rows without the seals and keys that open nothing elsewhere."""
    empty = dict.fromkeys(of_model.columns, "") if of_model else {}
    return (row | empty for row in every)


def _files_as_they_lie(bundle: BundleWriter) -> list[str]:
    """Put in the sealed files; return the names of those that were removed in the meantime."""
    gone = []
    for on_disk, rows_ in ((k.on_disk, _every(k.model)) for k in kept.KEPT if k.on_disk):
        with closing(rows_):
            for row in rows_:
                path = on_disk(row)
                try:
                    file = path.open("rb")
                except FileNotFoundError:
                    gone.append(path.name)
                    continue
                with file:
                    bundle.add(f"files/{path.name}", _pieces(file), shrink=False)
    return gone


def _opened_files(bundle: BundleWriter) -> None:
    for one in kept.KEPT:
        for row in _every(one.model):
            try:
                data = one.open(row)
            except Missing:
                continue  # removed while we read; its row says so where it is asked
            except BrokenSeal as error:
                raise NotWhole(
                    f"{row._meta.db_table} {row.pk} does not open: it or the key was changed."
                ) from error
            name = f"files/{row._meta.db_table}/{row.pk}.{kept.ending(data)}"
            bundle.add(name, [data], shrink=False)


def _every(model: type[models.Model]) -> Generator[Any, None, None]:
    yield from model._base_manager.order_by("pk").iterator(chunk_size=READ_AT_ONCE)


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece
