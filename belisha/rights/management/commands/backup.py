"""belisha backup: one sealed file with everything but the key."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from belisha.lib.command import Command as Base
from belisha.lib.command import WrongUse, cause_of
from belisha.lib.sealing import BrokenSeal
from belisha.people.models import School
from belisha.rights.archive.packing import NotWhole
from belisha.rights.backups.making import back_up


class Command(Base):
    help = (
        "Write everything into one sealed file, while the school is at work. "
        "It holds no key: keep the key file apart."
    )

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="or a folder that is there")

    def handle(self, *args: Any, **options: Any) -> None:
        to: Path = options["file"]
        if not to.absolute().parent.is_dir():
            raise WrongUse(f"There is no folder {to.absolute().parent}.")
        if not School.objects.exists():
            raise WrongUse(f"There is no school in {settings.DATA}. Name its folder with --data.")
        try:
            made = back_up(to, at=timezone.now())
        except FileExistsError:
            raise WrongUse(f"{to} is there already. No backup is written over another.") from None
        except BrokenSeal:
            self.fail(
                f"No backup was made: the key at {settings.KEY_FILE} does not open this school. "
                "Put back the key that it was sealed with."
            )
        except (OSError, NotWhole) as error:
            self.fail(f"No backup was made: {cause_of(error)}.")
        row = made.backup
        if options["json"]:
            said = {"file": str(made.path), "bytes": row.size, "sha256": row.sha256}
            self.print_json(said | {"rows": row.rows, "files": row.files, "lost": made.lost})
        else:
            self.stdout.write(
                f"{made.path}: {row.rows} rows and {row.files} files, {row.size} bytes.\n"
                "It is sealed and holds no key. Without the key file it opens for nobody."
            )
        if made.lost:
            self.fail(
                f"{made.lost} files that the school should have are missing. "
                "They are in none of today's backups; look for them in an earlier one."
            )
