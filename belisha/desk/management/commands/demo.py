"""belisha demo: the demonstration school, loaded once and served on this machine."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from belisha.desk.demonstration import NotADemonstration, load, passes
from belisha.desk.serving import PortInUse, serve
from belisha.lib.command import Command as Base
from belisha.lib.command import WrongUse
from belisha.people.models import School


class Command(Base):
    help = "Load the demonstration school and serve it on this machine alone."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="8000 unless told; 0 is any")
        parser.add_argument("--no-serve", action="store_true", help="only load the school")

    def handle(self, *args: Any, **options: Any) -> None:
        port: int = options["port"]
        if not options["json"]:
            self.stdout.write("Making the demonstration school, if it is not there yet …")
            self.stdout.flush()
        try:
            school = load(timezone.now())
        except NotADemonstration:
            raise WrongUse(
                "This folder holds a real school. Name another folder with --data."
            ) from None
        if options["no_serve"]:
            self._tell(school, f"http://127.0.0.1:{port}", options["json"], served=False)
            return
        try:
            serve(
                "127.0.0.1",
                port,
                ready=lambda address: self._tell(school, address, options["json"]),
            )
        except PortInUse:
            self.fail(f"Port {port} is in use. Choose another with --port.")

    def _tell(self, school: School, address: str, as_json: bool, *, served: bool = True) -> None:
        sign_in = passes(school, address)
        if as_json:
            self.print_json({"address": address, "sign_in": sign_in})
            return
        lines = "\n".join(f"  {role:19} {url}" for role, url in sign_in.items())
        where = f"Belisha is at {address}" if served else "`belisha demo` serves it."
        end = "\n\nStop it with Ctrl-C." if served else ""
        self.stdout.write(f"\n{where}\n\nOpen one of these to come in as\n{lines}{end}")
        self.stdout.flush()
