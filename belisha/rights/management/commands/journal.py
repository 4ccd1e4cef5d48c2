"""belisha journal: whether the database has all that was acknowledged, and doing a no again."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from belisha.lib.command import Command as Base
from belisha.lib.sealing import BrokenSeal
from belisha.rights.archive.bundle import Unusable
from belisha.rights.backups.journal import apply, waiting


class Command(Base):
    help = (
        "Compare the journal with the database. Ends with 1 when the database lacks something, "
        "as after it was put back by hand."
    )

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="do again what was said no to")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["apply"]:
                self._apply(options["json"])
                return
            missing = waiting()
        except BrokenSeal:
            self.fail("The journal does not open with this key, or somebody changed it.")
        except Unusable as error:
            self.fail(str(error))
        if options["json"]:
            self.print_json({"ok": not missing, "missing": len(missing)})
        elif not missing:
            self.stdout.write("The database has all that the journal has.")
        if missing:
            self.fail(
                f"The database lacks {len(missing)} acts of the journal, the first of "
                f"{missing[0].at:%Y-%m-%d %H:%M}. Do them again with `belisha journal --apply`."
            )

    def _apply(self, as_json: bool) -> None:
        again = apply(timezone.now())
        if as_json:
            self.print_json({"again": again.done, "left": again.left, "other": again.other})
            return
        self.stdout.write(f"{len(again.done)} acts were done again.")
        for one in again.left:
            self.stdout.write(f"Look at this: {one['words']} ({one['at'][:16]}, {one['about']})")
