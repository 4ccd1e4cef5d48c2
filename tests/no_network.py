"""No test speaks to the network: a connection that leaves this machine is an error.

An audit hook sees the connections of every library, whatever it is written in Python.
"""

import ipaddress
import sys


class LeavesThisMachine(RuntimeError):
    """Something tried to reach an address that is not this machine's."""


def refuse(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        if isinstance(address, tuple) and not is_here(address[0]):
            raise LeavesThisMachine(f"{event} to {address[0]}")
    elif event == "socket.getaddrinfo" and not is_here(arguments[0]):
        raise LeavesThisMachine(f"looked up {arguments[0]}")


def is_here(host):
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


def pytest_configure(config):
    sys.addaudithook(refuse)
