"""belisha consent verify: shows that what counts is what families said."""

from typing import Any

from django.core.management.base import CommandParser
from django_scopes import scope

from belisha.consent.actions import differences, repair
from belisha.lib.command import Command as Base
from belisha.people.models import School


class Command(Base):
    help = "Check that what counts for each child follows from the ledger. Ends with 0 or 1."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="rebuild it from the ledger")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = []
        for school in School.objects.order_by("pk"):
            with scope(school=school):
                found = list(differences())
                if found and options["repair"]:
                    repair()
                wrong += [f"School {school.pk}, {difference}" for difference in found]
        mended = bool(wrong) and options["repair"]
        if options["json"]:
            self.print_json({"ok": not wrong or mended, "wrong": wrong, "mended": mended})
        elif not wrong:
            self.stdout.write("What counts follows from the ledger.")
        elif mended:
            self.stdout.write(f"Rebuilt from the ledger. Wrong before: {len(wrong)}.")
        if wrong and not mended:
            self.fail(f"{wrong[0]}.")
