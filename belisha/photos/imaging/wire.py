"""How the engine and its child speak: one JSON head and one body of bytes, each with its length.

JSON, since what comes out of a child that read a stranger's file must not be trusted to build
objects of its own choosing, as pickle would let it.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct(">IQ")
MAX_HEAD = 1024 * 1024
MAX_BODY = 256 * 1024 * 1024


def send(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    text = json.dumps(head).encode()
    stream.write(_LENGTHS.pack(len(text), len(body)) + text)
    stream.write(body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """The next message. Raises EOFError at the end, ValueError when it is none of ours."""
    head_length, body_length = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    if head_length > MAX_HEAD or body_length > MAX_BODY:
        raise ValueError("A message between the engine and its child is too long.")
    head = json.loads(_exactly(stream, head_length))
    if not isinstance(head, dict):
        raise ValueError("A message between the engine and its child has no head.")
    return head, _exactly(stream, body_length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data
