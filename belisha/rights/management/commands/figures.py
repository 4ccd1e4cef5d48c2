"""belisha figures: how much there is of everything."""

from typing import Any

from django_scopes import scopes_disabled

from belisha.lib.command import Command as Base
from belisha.rights.archive.figures import figures


class Command(Base):
    help = "Count everything that the school holds. The same before a backup and after a restore."

    def handle(self, *args: Any, **options: Any) -> None:
        with scopes_disabled():
            found = figures()
        if options["json"]:
            self.print_json(found)
            return
        for name, count in found.items():
            self.stdout.write(f"{count:10} {name.replace('_', ' ')}")
