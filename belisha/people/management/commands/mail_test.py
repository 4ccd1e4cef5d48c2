"""belisha mail test ADDRESS: sends a message at once and says what the mail server answers."""

from typing import Any

from django.core.mail import EmailMessage
from django.core.management.base import CommandParser

from belisha.lib.command import Command as Base
from belisha.people.delivery import Outcome, attempt


class Command(Base):
    help = "Send a test message to ADDRESS now. Ends with 0 when the mail server takes it, else 1."
    needs_school_folder = False

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        message = EmailMessage(
            subject="A test from Belisha",
            body="Mail from Belisha arrives here.\n",
            to=[options["address"]],
            headers={"Auto-Submitted": "auto-generated"},
        )
        tried = attempt(message)
        sent = tried.outcome is Outcome.SENT
        if options["json"]:
            self.print_json({"ok": sent, "trouble": tried.trouble})
        elif sent:
            self.stdout.write(f"The mail server took a message to {options['address']}.")
        if not sent:
            self.fail(tried.trouble)
