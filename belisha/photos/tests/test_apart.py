"""What only real processes can show: sudden ends, two workers at once, and what leaves them."""

import subprocess
import sys

import pytest

from belisha.photos.imaging import wire
from belisha.photos.tests.apart import tried
from belisha.photos.tests.conftest import MALIK, TWO

# The child that opens pictures, in which any use of a socket is the end of it.
CHILD_WITHOUT_SOCKETS = """
import os, sys
sys.addaudithook(lambda event, _: event.startswith("socket.") and os._exit(9))
{first}
from belisha.photos.imaging.child import main
main()
"""


def test_a_sudden_end_loses_no_picture_and_leaves_nothing_behind(tmp_path):
    found = tried("killed", tmp_path)
    assert found["acknowledged"] >= 15
    assert found["lost"] == 0
    assert found["files"] == 3 * found["pictures"]
    assert found["missing"] == 0
    assert found["orphans after the sweep"] == 0
    assert (found["database"], found["wrong in the record"]) == ("ok", [])


def test_a_full_database_is_told_and_leaves_nothing_half_done(tmp_path):
    found = tried("filled", tmp_path)
    assert found["statuses"][-1] == 507
    assert set(found["statuses"][:-1]) <= {200}
    assert found["said"] == {"message": "There is no room to keep it. Tell the office."}
    assert found["pictures without their three files"] == 0
    assert found["pictures"] == len(found["statuses"]) - 1
    assert found["when there is room again"] == "added"
    assert found["orphans after the sweep"] == 0


def test_each_picture_is_looked_at_by_one_worker_and_a_dead_one_is_replaced(tmp_path):
    found = tried("workers", tmp_path)
    assert found["waiting after each round"] == [1, 0]
    assert found["tries"] == [2, 1, 1, 1, 1, 1, 1, 1]
    assert found["faces"][0] == 5
    assert found["recorded"] == 8


def test_a_picture_never_leaves_the_machine(tmp_path):
    found = tried("watched", tmp_path)
    assert found["hidden"] == 5
    assert found["bytes"] > 50_000
    # No socket of any kind; and no program but the one that opens pictures.
    assert found["seen"] == [["-m", "belisha.photos.imaging.child"]]


def opened_by_a_child(first=""):
    """Let a child do all that it can do with a picture; return its faces and its copy."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD_WITHOUT_SOCKETS.format(first=first)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        wire.receive(child.stdout)
        wire.send(child.stdin, {"do": "open", "faces": True}, TWO)
        faces = wire.receive(child.stdout)[0]["faces"]
        wire.send(child.stdin, {"do": "renditions"})
        wire.receive(child.stdout)
        box = [MALIK.x, MALIK.y, MALIK.w, MALIK.h]
        wire.send(child.stdin, {"do": "copy", "hide": [box], "longest": None})
        copy = wire.receive(child.stdout)[1]
        wire.send(child.stdin, {"do": "close"})
    return faces, copy


def test_the_process_that_sees_faces_speaks_through_its_own_pipes_alone():
    faces, copy = opened_by_a_child()
    assert len(faces) == 2
    # Six numbers for each: where it is, how sure. Nothing that tells one child from another.
    assert {len(face) for face in faces} == {6}
    assert copy.startswith(b"\xff\xd8")


def test_such_a_process_would_end_at_its_first_socket():
    with pytest.raises(EOFError):
        opened_by_a_child(first="import socket; socket.socket()")
