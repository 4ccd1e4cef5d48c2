"""belisha audit verify: shows that nothing in the record was rewritten."""

from typing import Any

from belisha.audit.actions import others_are_whole, verify
from belisha.lib.command import Command as Base


class Command(Base):
    help = "Check that nothing in the record was changed, removed or put in. Ends with 0 or 1."

    def handle(self, *args: Any, **options: Any) -> None:
        results = list(verify())
        others = others_are_whole()
        broken = [(school, *wrong) for school, _, wrong in results if wrong]
        rows = sum(rows for _, rows, _ in results)
        if options["json"]:
            wrong = [dict(zip(("school", "row", "why"), row, strict=True)) for row in broken]
            self.print_json({"ok": not broken and others, "rows": rows, "wrong": wrong})
        elif not broken and others:
            self.stdout.write(f"The record is whole: {rows} rows, none changed.")
        if broken:
            school, row, why = broken[0]
            self.fail(f"Row {row} of school {school} is wrong: {why}.")
        if not others:
            self.fail(
                "A record beside it is wrong. Restore yesterday’s backup beside it, and compare."
            )
