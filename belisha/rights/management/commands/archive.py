"""belisha archive: everything as an open archive that any program can read."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from belisha.lib.command import Command as Base
from belisha.lib.command import WrongUse, cause_of
from belisha.people.models import School
from belisha.rights.archive.packing import NotWhole
from belisha.rights.archive.taking import write_archive


class Command(Base):
    help = (
        "Write everything as an open archive: JSON Lines, pictures, a list with hashes. "
        "It is not sealed: whoever has it can read it."
    )

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        to: Path = options["file"]
        if not to.absolute().parent.is_dir():
            raise WrongUse(f"There is no folder {to.absolute().parent}.")
        if not School.objects.exists():
            raise WrongUse(f"There is no school in {settings.DATA}. Name its folder with --data.")
        try:
            said = write_archive(to, at=timezone.now())
        except FileExistsError:
            raise WrongUse(f"{to} is there already.") from None
        except (OSError, NotWhole) as error:
            self.fail(f"No archive was made: {cause_of(error)}.")
        rows = sum(said["rows"].values())
        files = sum(name.startswith("files/") for name in said["members"])
        if options["json"]:
            self.print_json({"file": str(to), "rows": rows, "files": files})
        else:
            self.stdout.write(
                f"{to}: {rows} rows and {files} files. It is not sealed: look after it as you "
                "would after the filing cabinet."
            )
