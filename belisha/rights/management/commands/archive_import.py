"""belisha archive import: an empty installation filled from an open archive."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import DatabaseError
from django.utils import timezone

from belisha.lib.command import Command as Base
from belisha.lib.command import cause_of
from belisha.rights.archive.bundle import Unusable
from belisha.rights.backups.place import NotEmpty
from belisha.rights.backups.restoring import import_archive


class Command(Base):
    help = "Fill an empty installation from an open archive. Staff then get new invitations."
    needs_school_folder = False

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not file.is_file():
            self.fail(f"There is no file {file}.")
        try:
            done = import_archive(file, at=timezone.now())
        except (NotEmpty, Unusable) as error:
            self.fail(str(error))
        except (OSError, DatabaseError) as error:  # a full disk is either
            self.fail(f"Nothing was imported: {cause_of(error)}.")
        if options["json"]:
            self.print_json({"rows": done.rows, "files": done.files, "figures": done.figures})
        else:
            self.stdout.write(
                f"{done.rows} rows and {done.files} files came in. Passwords and second steps are "
                "in no archive: let the head in with `belisha invite ADDRESS`."
            )
