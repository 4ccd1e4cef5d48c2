"""An empty database filled with the rows of a bundle, and brought up to this version.

The tables are first made as they were when the bundle was written; then the rows come in; then the
usual steps lead up to today's tables. So a bundle of any older version can be read.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from belisha.lib.command import bring_up_to_date
from belisha.lib.new_database import is_new, make_tables
from belisha.rights.archive import kept
from belisha.rights.archive.bundle import Bundle, Unusable
from belisha.rights.archive.packing import FORMAT
from belisha.rights.archive.tables import read

AT_ONCE = 1000  # rows


def refuse_unknown(bundle: Bundle, kind: str) -> None:
    """Raises `Unusable` for a bundle of another kind, or of a version after this one."""
    said = bundle.manifest
    if said.get("kind") != kind:
        other = "belisha archive import" if said.get("kind") == "archive" else "belisha restore"
        raise Unusable(f"This file is for `{other}`.")
    known = MigrationLoader(None).graph.nodes  # asks no database
    if said["format"] > FORMAT or any(tuple(one) not in known for one in said["migrations"]):
        raise Unusable(
            f"This file is from Belisha {said['version']}, which is newer. Install that first."
        )


def load_rows(bundle: Bundle) -> int:
    """Make the tables, fill them, bring them up to date; return the number of rows.

    The database must be empty. Raises `Unusable` when a table has other rows than the list says.
    """
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    if later := set(executor.loader.applied_migrations) - {
        *map(tuple, bundle.manifest["migrations"])
    }:
        raise Unusable(f"The database has newer tables ({min(later)[0]}). Give it an empty one.")
    done = {(app, name) for app, name in bundle.manifest["migrations"]}
    last = [node for node in done if not _children(graph, node) & done]
    if is_new(connection) and sorted(last) == sorted(graph.leaf_nodes()):
        make_tables(connection)  # a bundle of this very version needs none of the way
    else:
        executor.migrate(sorted(last))
    call_command("createcachetable", verbosity=0)
    then = executor.loader.project_state(sorted(last)).apps
    models_ = {
        table["table"]: then.get_registered_model(*table["model"].split("."))
        for table in bundle.manifest["schema"]
    }
    with transaction.atomic():
        if connection.vendor == "postgresql":  # the steps to the tables left some immediate
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for model in models_.values():  # what the steps to these tables put in is in the bundle
            model._base_manager.all().delete()
        count = sum(_fill(bundle, model, table) for table, model in models_.items())
        for sql in connection.ops.sequence_reset_sql(no_style(), list(models_.values())):
            with connection.cursor() as cursor:
                cursor.execute(sql)
        connection.check_constraints()
    bring_up_to_date()
    return count


def load_opened_files(bundle: Bundle) -> int:
    """Seal the files of an open archive under this installation's key; return their number."""
    by_table = {one.model._meta.db_table: one for one in kept.KEPT}
    names = [PurePosixPath(name) for name in bundle.members if name.startswith("files/")]
    for name in names:
        one = by_table[name.parent.name]
        row = one.model._base_manager.get(pk=int(name.stem))
        one.seal(row, b"".join(bundle.pieces(str(name))))
        row.save(update_fields=list(one.columns))
    return len(names)


def made_at(bundle: Bundle) -> datetime:
    """When the bundle was made, in the time of the school."""
    return timezone.localtime(datetime.fromisoformat(bundle.manifest["made_at"]))


def _fill(bundle: Bundle, model: type[models.Model], table: str) -> int:
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.DateField):  # a row keeps the time that it has
            field.auto_now = field.auto_now_add = False
    manager, count = model._base_manager, 0
    for lines in _some(bundle.lines(f"tables/{table}.jsonl")):
        manager.bulk_create([read(line, model) for line in lines])
        count += len(lines)
    if count != bundle.manifest["rows"][table]:
        raise Unusable(f"The file is not whole: {table} has {count} rows.")
    return count


def _some(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    lines = iter(lines)
    while some := list(islice(lines, AT_ONCE)):
        yield some


def _children(graph: Any, node: tuple[str, str]) -> set[tuple[str, str]]:
    return {child.key for child in graph.node_map[node].children if child.key[0] == node[0]}
