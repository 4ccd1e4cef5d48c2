"""Where a process cannot fork, one child serves picture after picture."""

import io

from belisha.photos.imaging import wire
from belisha.photos.imaging.child import serve

from . import making


def answers(data: bytes, *asked: dict) -> list[tuple[dict, bytes]]:
    incoming, outgoing = io.BytesIO(), io.BytesIO()
    for head in asked:
        wire.send(incoming, head)
    incoming.seek(0)
    serve({"do": "open", "faces": False}, data, (), incoming, outgoing)
    outgoing.seek(0)
    said = []
    while outgoing.tell() < len(outgoing.getvalue()):
        said.append(wire.receive(outgoing))
    return said


def test_a_picture_is_opened_asked_for_and_closed():
    opened, renditions, closed = answers(
        making.saved(making.scene()), {"do": "renditions"}, {"do": "close"}
    )
    assert opened[0]["width"] == 96
    assert renditions[1].startswith(b"\xff\xd8\xff")
    assert closed == ({}, b"")


def test_a_refusal_leaves_the_child_ready_for_the_next():
    (refused,) = answers(b"%PDF-1.7")
    assert refused[0]["refused"] == "not-a-picture"
    assert len(answers(making.saved(making.scene()), {"do": "close"})) == 2
