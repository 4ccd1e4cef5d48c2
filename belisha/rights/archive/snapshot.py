"""One look at the whole database, as it was at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django_scopes import scopes_disabled


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read inside is of one moment, and nobody waits for it.

    A usual transaction would hold up every writer on SQLite, where it begins with a lock
    (`config.settings`). Nothing may be written inside.
    """
    begin = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ"}
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute(begin[connection.vendor])
        cursor.execute("SELECT count(*) FROM people_school")  # SQLite looks at the first read
        try:
            with scopes_disabled():
                yield
        finally:
            cursor.execute("ROLLBACK")
