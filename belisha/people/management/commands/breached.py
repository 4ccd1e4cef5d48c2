"""belisha breached: a list of known passwords made ready to be searched."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from belisha.lib.breached import hashes_of
from belisha.lib.command import Command as Base
from belisha.lib.command import WrongUse


class Command(Base):
    help = (
        "Turn a text file of known passwords, one a line, into sorted SHA-1 hashes on the output. "
        "Name the file that you keep them in by BELISHA_BREACHED."
    )
    needs_school_folder = False
    prints_json = False

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="one password a line, UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = options["file"].read_text(errors="replace").splitlines()
        except OSError as error:
            raise WrongUse(f"{options['file']} cannot be read: {error.strerror}.") from error
        for line in hashes_of(filter(None, lines)):
            self.stdout.write(line)
