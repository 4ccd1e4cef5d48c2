"""The tables of a new database, made at once.

Migrations bring a school's tables from any earlier day to this one, step by step, and each step
draws all tables in memory anew: three hundred steps take most of a minute. A database in which
nothing lies needs none of the way, only where it ends.
"""

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor


def is_new(connection: BaseDatabaseWrapper) -> bool:
    """Whether no table lies in the database."""
    return not connection.introspection.table_names()


def make_tables(connection: BaseDatabaseWrapper) -> None:
    """Make every table as the last migration leaves it, and write all of them down as done.

    What migrations tell the database in code (to refuse changes of the record, to index words) is
    told it afterwards, in their order.
    """
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    plan = [migration for migration, _ in executor.migration_plan(leaves)]
    state = executor.loader.project_state(leaves)
    # All of it or nothing: tables that lie there half made would never be finished.
    with connection.constraint_checks_disabled(), transaction.atomic(using=connection.alias):
        with connection.schema_editor() as editor:
            for model in state.apps.get_models():
                editor.create_model(model)
        with connection.schema_editor() as editor:
            for migration in plan:
                for step in migration.operations:
                    if isinstance(step, RunPython | RunSQL):
                        step.database_forwards(migration.app_label, editor, state, state)
        executor.recorder.ensure_schema()
        for migration in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)
