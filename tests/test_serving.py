"""The server starts once, says where it is, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.conftest import running


def answers(address):
    try:
        return urllib.request.urlopen(address + "/setup/", timeout=5).status == 200
    except OSError:
        return False


def gone(address):
    """Whether the server no longer answers, within some seconds."""
    for _ in range(100):
        if not answers(address):
            return True
        time.sleep(0.1)
    return False


def test_the_address_is_said_once_the_site_answers(new_site):
    assert answers(new_site.address)


def test_a_port_in_use_is_said_in_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        command = [sys.executable, "-m", "belisha.cli", "serve", "--port", port, "--data", tmp_path]
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} of 127.0.0.1 is in use")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGKILL"])
def test_nothing_answers_once_the_server_was_told_to_end(tmp_path, name):
    with running("serve", folder=tmp_path / "school", told_to_end=signal.Signals[name]) as line:
        address = line.split()[1].removesuffix("/setup/")
        assert answers(address)
    assert gone(address)


def test_a_second_start_collects_the_style_sheets_only_once(tmp_path):
    folder = tmp_path / "school"
    stamps = []
    for _ in range(2):
        with running("serve", folder=folder):
            stamps.append((folder / "static" / "made-from.txt").stat().st_mtime_ns)
    assert stamps[0] == stamps[1]
