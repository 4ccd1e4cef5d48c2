"""Run a command with a PostgreSQL server of its own: `python -m tests.postgres pytest …`.

The server lives in a temporary folder, listens on this machine alone, and is gone afterwards. Where
none can be had this says why and ends with 0, so that the rest of a test run goes on.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = ("postgres", "nobody")  # who may run it when we are root, which PostgreSQL refuses


class NoServer(RuntimeError):
    """Why there is no PostgreSQL to be had here."""


def programs() -> Path:
    """The folder of `initdb` and its kin: Debian keeps them out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    if not found and not on_path:
        raise NoServer("initdb is not installed (on Debian: apt install postgresql)")
    return (found[0] if found else Path(on_path or "").resolve()).parent


def unprivileged() -> str | None:
    if os.name != "posix" or os.geteuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in NOBODY if name in names)


@contextmanager
def server() -> Iterator[str]:
    """Start a server; give the address of its database for `BELISHA_DATABASE`; stop it."""
    bin_, user = programs(), unprivileged()
    with tempfile.TemporaryDirectory(prefix="belisha-postgres-") as folder:
        if user:
            shutil.chown(folder, user)
        data, port = f"{folder}/data", _free_port()

        def run(program: str, *arguments: str) -> None:
            done = subprocess.run(
                [bin_ / program, *arguments],
                user=user,
                cwd=folder,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                timeout=120,
            )
            if done.returncode:
                raise NoServer(f"{program}: {done.stderr.strip()}")

        run("initdb", "-D", data, "-U", "belisha", "-A", "trust", "-E", "UTF8", "--no-sync")
        listen = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder}"
        quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        run("pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", f"{listen} {quick}", "start")
        try:
            yield f"postgres://belisha@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def main(command: list[str]) -> int:
    try:
        with server() as address:
            print(f"PostgreSQL for this run: {programs()}", flush=True)
            environment = os.environ | {"BELISHA_DATABASE": address}
            return subprocess.run(command, env=environment).returncode
    except NoServer as reason:
        print(f"SKIPPED on PostgreSQL: {reason}", flush=True)
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
