"""Print the tables of a new database, which is made at once or step by step (run by a test).

`python -m tests.schema at-once|by-steps`: a JSON object of each table, index and trigger of SQLite,
with its parts in order, since a column that came later stands last. With `sudden-end` the process
ends with 9 when the first migration is written down as done.
"""

import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.core.management.commands.migrate import Command as BySteps  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.recorder import MigrationRecorder  # noqa: E402


def parts(sql: str) -> list[str]:
    """The columns and constraints of a table."""
    found, depth = [""], 0
    for sign in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            found.append("")
        else:
            found[-1] += sign
    return sorted(part.strip() for part in found)


def main() -> None:
    if sys.argv[1] == "sudden-end":
        MigrationRecorder.record_applied = lambda *done: os._exit(9)
    call_command(BySteps() if sys.argv[1] == "by-steps" else "migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        rows = cursor.fetchall()
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        done = cursor.fetchall()
    tables = {f"{kind} {name}": parts(sql) if kind == "table" else sql for kind, name, sql in rows}
    json.dump({**tables, "done": done}, sys.stdout)


if __name__ == "__main__":
    main()
