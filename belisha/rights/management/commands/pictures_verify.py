"""belisha pictures verify: every sealed file is there and opens."""

from typing import Any

from django_scopes import scopes_disabled

from belisha.lib.command import Command as Base
from belisha.rights.archive.kept import all_open


class Command(Base):
    help = "Open every picture and file that is kept, and throw it away again. Ends with 0 or 1."

    def handle(self, *args: Any, **options: Any) -> None:
        with scopes_disabled():
            found = all_open()
        if options["json"]:
            well = not (found["missing"] or found["broken"])
            self.print_json({"ok": well, **found})
        else:
            self.stdout.write(f"{found['opened']} files open.")
        if found["missing"] or found["broken"]:
            self.fail(f"{found['missing']} files are missing, {found['broken']} do not open.")
