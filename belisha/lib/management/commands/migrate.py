"""Django's command, which makes the tables of a new database at once."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from belisha.lib.new_database import is_new, make_tables


class Command(migrate.Command):
    """Brings the tables up to date, step by step; in a new database it makes them at once."""

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        only_looks = options["plan"] or options["check_unapplied"]
        if options["app_label"] is None and not only_looks and is_new(connection):
            make_tables(connection)
        super().handle(*args, **options)
