"""The guard that watches all tests bites."""

import socket
import urllib.request

import pytest

from tests.no_network import LeavesThisMachine


def test_a_connection_that_leaves_this_machine_is_an_error():
    with socket.socket() as probe, pytest.raises(LeavesThisMachine):
        probe.connect(("192.0.2.1", 80))  # an address for documentation (RFC 5737)


def test_a_name_of_another_machine_is_not_even_looked_up():
    with pytest.raises(LeavesThisMachine):
        urllib.request.urlopen("http://photos.example/")


def test_a_packet_that_leaves_this_machine_is_an_error():
    with socket.socket(type=socket.SOCK_DGRAM) as probe, pytest.raises(LeavesThisMachine):
        probe.sendto(b"a face", ("192.0.2.1", 53))


def test_this_machine_may_be_spoken_to():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
