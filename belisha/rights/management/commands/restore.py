"""belisha restore: an empty folder filled from a backup; or a backup proven in a temporary one."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import DatabaseError
from django.utils import timezone

from belisha.lib.command import Command as Base
from belisha.lib.command import cause_of
from belisha.lib.sealing import BrokenSeal
from belisha.rights.archive.bundle import Unusable
from belisha.rights.backups.keys import NoKey, put_key, read_key
from belisha.rights.backups.place import NotEmpty
from belisha.rights.backups.proving import NotProven, prove
from belisha.rights.backups.restoring import Restored, restore

NO_JOURNAL = (
    "No journal was found. What families said no to since the backup is not here. Name the journal "
    "with --journal and restore anew, or ask them before any picture is shown."
)


class Command(Base):
    help = (
        "Fill an empty folder from a backup, and do again what was said no to since. "
        "Needs the key file. Everything is checked before anything is written."
    )
    needs_school_folder = False

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--key", type=Path, help="the key file, where it is not in its place")
        parser.add_argument("--journal", type=Path, metavar="FOLDER", help="of the lost server")
        parser.add_argument(
            "--prove", action="store_true", help="restore into a temporary folder and look at it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not file.is_file():
            self.fail(f"There is no file {file}.")
        at = timezone.now()
        try:
            key = read_key(options["key"] or settings.KEY_FILE)
            if options["prove"]:
                said = prove(file, key=key, at=at)
                self._tell_proof(said, options["json"])
                return
            done = restore(file, key=key, journal=options["journal"], at=at)
            put_key(key, settings.KEY_FILE)
        except (NoKey, NotEmpty, NotProven, Unusable) as error:
            self.fail(str(error))
        except BrokenSeal:
            self.fail("The journal does not open with this key, or somebody changed it.")
        except (OSError, DatabaseError) as error:  # a full disk is either
            self.fail(f"Nothing was restored: {cause_of(error)}.")
        self._tell(done, options["json"])

    def _tell(self, done: Restored, as_json: bool) -> None:
        again = done.again
        if as_json:
            said = {"made_at": done.made_at.isoformat(), "rows": done.rows, "files": done.files}
            journal = {"journal": again.there, "again": again.done, "left": again.left}
            self.print_json(said | journal | {"other": again.other, "figures": done.figures})
        else:
            self.stdout.write(
                f"Restored as of {done.made_at:%-d %B %Y, %H:%M}: {done.rows} rows and "
                f"{done.files} files."
            )
            self.stdout.write(f"{len(again.done)} acts of the journal were done again.")
            for one in again.left:
                self.stdout.write(
                    f"Look at this: {one['words']} ({one['at'][:16]}, {one['about']})"
                )
            if again.other:
                self.stdout.write(f"{again.other.total()} other acts since then are lost.")
        if not again.there:
            self.stderr.write(NO_JOURNAL)

    def _tell_proof(self, figures: dict[str, int], as_json: bool) -> None:
        if as_json:
            self.print_json({"ok": True, "figures": figures})
        else:
            self.stdout.write("The backup was restored to the side, and everything is there.")
