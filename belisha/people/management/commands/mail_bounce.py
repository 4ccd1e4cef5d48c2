"""belisha mail bounce: reads that a message did not arrive, as a mail server says it."""

import sys
from typing import Any

from django.utils import timezone
from django_scopes import scopes_disabled

from belisha.lib.command import Command as Base
from belisha.people.actions.mail import came_back
from belisha.people.notices import read_notice

LARGEST = 5 << 20


class Command(Base):
    help = "Read a delivery status notice (RFC 3464) from standard input, as a mail alias pipes it."

    def handle(self, *args: Any, **options: Any) -> None:
        # Whatever is piped here is answered with 0: another exit code would be sent as mail.
        notice = read_notice(sys.stdin.buffer.read(LARGEST))
        mail = None
        if notice:
            with scopes_disabled():
                mail = came_back(notice.message_id, why=notice.why, at=timezone.now())
        if options["json"]:
            self.print_json({"known": mail is not None})
        elif mail:
            self.stdout.write("Kept: this message did not arrive.")
        else:
            self.stdout.write("This is no notice about a message of ours that failed.")
