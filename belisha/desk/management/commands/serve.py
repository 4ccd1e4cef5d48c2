"""belisha serve: the site of one school, with its background work."""

from typing import Any

from django.core.management.base import CommandParser

from belisha.desk.serving import PortInUse, serve
from belisha.lib.command import Command as Base
from belisha.people.models import School


class Command(Base):
    help = "Serve the school on this machine until Ctrl-C."
    prints_json = False

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="0 means any free port")
        parser.add_argument("--address", default="127.0.0.1", help="of this machine")

    def handle(self, *args: Any, **options: Any) -> None:
        address, port = options["address"], options["port"]
        empty = not School.objects.exists()

        def ready(site: str) -> None:
            self.stdout.write(f"Open {site}/setup/ to make your school." if empty else site)
            self.stdout.flush()

        try:
            serve(address, port, ready=ready)
        except PortInUse:
            self.fail(
                f"Port {port} of {address} is in use or not of this machine. "
                "Choose another with --port."
            )
