"""The server: granian with one process, in which the background work runs too."""

import hashlib
import multiprocessing
import os
import socket
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from belisha import __version__


class PortInUse(OSError):
    """Another program answers at this address already, or it is not one of this machine's."""


def serve(address: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Serve until the process is told to stop (Ctrl-C, SIGTERM).

    Port 0 means any free one. `ready` is called with the site's address once the server answers.
    Raises `PortInUse` before anything is done.
    """
    port = _free_port(address, port)
    collect_static()
    connections.close_all()
    os.environ.setdefault("BELISHA_WORKER", "inside")
    # The same on every system, and no thread or open database is copied into the child.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=settings.THREADS,
        workers_kill_timeout=10,
        respawn_failed_workers=True,
        log_level=LogLevels.error,
    )
    Thread(target=_announce, args=(address, port, ready), daemon=True).start()
    server.serve(target_loader=load, wrap_loader=False)


def load() -> Any:
    """Load the site in the serving process, which must not outlive the one that started it."""
    if os.name == "posix":
        os.setpgrp()  # a Ctrl-C goes to the parent, who stops us in good order
    Thread(target=_end_with_parent, daemon=True).start()
    from django.utils.module_loading import import_string

    return import_string(settings.WSGI_APPLICATION)


def collect_static() -> None:
    """Put the files that pages load into the school's folder, when this version's differ."""
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            with storage.open(name) as file:
                digest.update(name.encode() + b"\0" + hashlib.sha256(file.read()).digest())
    made_from = Path(settings.STATIC_ROOT) / "made-from.txt"
    if not made_from.exists() or made_from.read_text() != digest.hexdigest():
        call_command("collectstatic", verbosity=0, interactive=False)
        made_from.write_text(digest.hexdigest())


def _free_port(address: str, port: int) -> int:
    """Return the port, or a free one for 0; granian itself would share a port with another."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # a port that was left a moment ago is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except (OSError, OverflowError) as error:
            raise PortInUse from error
        free: int = probe.getsockname()[1]
    return free


def _announce(address: str, port: int, ready: Callable[[str], None]) -> None:
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)  # noqa: S104
    while not _answers(here, port):
        time.sleep(0.05)
    shown = f"[{here}]" if ":" in here else here
    ready(settings.ADDRESS or f"http://{shown}:{port}")


def _answers(address: str, port: int) -> bool:
    # A whole answer is waited for: the port takes connections before the site is loaded.
    try:
        connection = HTTPConnection(address, port, timeout=60)
        connection.request("HEAD", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    return True


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)
