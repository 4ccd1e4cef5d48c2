"""belisha doctor: what is wrong with an installation, and how to mend it."""

from dataclasses import asdict
from typing import Any

from belisha.desk.checkup import State, look
from belisha.lib.command import Command as Base


class Command(Base):
    help = "Say what is wrong here and how to mend it. Changes nothing. Ends with 0 or 1."
    needs_school_folder = False

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(look())
        well = all(finding.state is not State.WRONG for finding in findings)
        if options["json"]:
            self.print_json({"ok": well, "findings": [asdict(finding) for finding in findings]})
        else:
            for finding in findings:
                self.stdout.write(f"{finding.state:8} {finding.says}")
                if finding.to_do:
                    self.stdout.write(f"{'':8} → {finding.to_do}")
        if not well:
            self.fail("Something is wrong here.")
