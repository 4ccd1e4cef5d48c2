"""belisha worker: the background work alone, for those who run it apart from the server."""

import signal
from threading import Event
from typing import Any

from belisha.desk.worker import work, work_long
from belisha.lib.command import Command as Base


class Command(Base):
    help = "Do the background work, such as finding faces, until Ctrl-C."
    prints_json = False

    def handle(self, *args: Any, **options: Any) -> None:
        told_to_stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: told_to_stop.set())
        self.stdout.write("The background work is being done. Ctrl-C ends it.")
        self.stdout.flush()
        work_long(until=told_to_stop)
        work(until=told_to_stop)
