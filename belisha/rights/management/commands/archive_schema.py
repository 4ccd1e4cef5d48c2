"""belisha archive schema: the tables of the open archive, as docs/archive.md has them."""

from typing import Any

from belisha.lib.command import Command as Base
from belisha.rights.archive.described import tables_described


class Command(Base):
    help = "Print the tables of the open archive. `docs/archive.md` ends with them."
    prints_json = False
    needs_school_folder = False

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(tables_described(), ending="")
