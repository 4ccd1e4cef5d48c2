"""One file of a ZIP that is made while it is read."""

import zlib
from datetime import datetime

from stream_zip import NO_COMPRESSION_32, MemberFile

MODE = 0o600


def member(name: str, data: bytes, at: datetime) -> MemberFile:
    """One file, as it is."""
    return name, at, MODE, NO_COMPRESSION_32(len(data), zlib.crc32(data)), (data,)
