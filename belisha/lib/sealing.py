"""Bytes sealed before they reach a disk: AES-256-GCM in chunks, bound to what they are.

The layout follows the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, 2015): each
chunk has the nonce ``prefix (7 bytes) | counter (4) | last flag (1)``, so that chunks cannot be
swapped, dropped or cut off at the end without the seal breaking.
"""

import hashlib
import hmac
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 1 << 20  # bytes of plain text in a chunk
_PREFIX, _TAG = 7, 16


class BrokenSeal(Exception):
    """The bytes, their key or what they claim to be do not belong together."""


def new_key() -> bytes:
    """Return 32 random bytes."""
    return AESGCM.generate_key(256)


def derived(key: bytes, use: str) -> bytes:
    """Return a key for one use alone, made of another; from it nobody finds the other."""
    return hmac.new(key, f"belisha {use}".encode(), hashlib.sha256).digest()


def _nonce(prefix: bytes, index: int, last: bool) -> bytes:
    return prefix + index.to_bytes(4, "big") + bytes([last])


def seal(data: bytes, key: bytes, about: bytes) -> bytes:
    """Seal `data` under the 32-byte `key`; `about` is authenticated with every chunk."""
    cipher, prefix = AESGCM(key), os.urandom(_PREFIX)
    starts = range(0, len(data) or 1, CHUNK)
    view = memoryview(data)
    return prefix + b"".join(
        cipher.encrypt(_nonce(prefix, i, at == starts[-1]), view[at : at + CHUNK], about)
        for i, at in enumerate(starts)
    )


def unseal(sealed: bytes, key: bytes, about: bytes) -> bytes:
    """Return the plain bytes, or raise `BrokenSeal`."""
    return b"".join(_chunks(sealed, key, about))


def _chunks(sealed: bytes, key: bytes, about: bytes) -> Iterator[bytes]:
    cipher, prefix = AESGCM(key), sealed[:_PREFIX]
    starts = range(_PREFIX, max(len(sealed), _PREFIX + 1), CHUNK + _TAG)
    view = memoryview(sealed)
    try:
        for i, at in enumerate(starts):
            piece = view[at : at + CHUNK + _TAG]
            yield cipher.decrypt(_nonce(prefix, i, at == starts[-1]), piece, about)
    except (InvalidTag, ValueError) as error:
        raise BrokenSeal from error


def wrap(key: bytes, under: bytes, about: bytes) -> bytes:
    """Seal a 32-byte key under another, bound to `about`."""
    nonce = os.urandom(12)
    return nonce + AESGCM(under).encrypt(nonce, key, about)


def unwrap(wrapped: bytes, under: bytes, about: bytes) -> bytes:
    """Return the key that `wrap` sealed, or raise `BrokenSeal`."""
    try:
        return AESGCM(under).decrypt(wrapped[:12], wrapped[12:], about)
    except (InvalidTag, ValueError) as error:
        raise BrokenSeal from error


class SealingWriter(io.RawIOBase):
    """Seals whatever is written, chunk by chunk, into `file`, which stays open.

    What is cut off before `finish` opens nowhere.
    """

    def __init__(self, file: IO[bytes], key: bytes, about: bytes) -> None:
        self._file, self._cipher, self._about = file, AESGCM(key), about
        self._prefix, self._waiting, self._index = os.urandom(_PREFIX), bytearray(), 0
        self._file.write(self._prefix)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:  # the last chunk is never empty, unless all is
            self._put(self._waiting[:CHUNK], last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk. Without it the whole does not open."""
        self._put(self._waiting, last=True)

    def _put(self, piece: bytes | bytearray, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._index, last)
        self._file.write(self._cipher.encrypt(nonce, bytes(piece), self._about))
        self._index += 1


class SealedFile(io.RawIOBase):
    """Reads a file that `SealingWriter` wrote, from any place in it, one chunk in memory.

    Raises `BrokenSeal` where the bytes, the key or their length are not right; at once when the
    end is missing, since the last chunk is tried first.
    """

    def __init__(self, path: Path, key: bytes, about: bytes) -> None:
        self._file, self._cipher, self._about = path.open("rb"), AESGCM(key), about
        sealed = os.fstat(self._file.fileno()).st_size - _PREFIX
        self._prefix, self._last = self._file.read(_PREFIX), max(sealed - 1, 0) // (CHUNK + _TAG)
        self.size = sealed - (self._last + 1) * _TAG
        self._at, self._held = 0, (-1, b"")
        try:
            self._chunk(self._last)
        except BrokenSeal:
            self.close()
            raise

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(base + offset, 0)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self.size:
            return 0
        index, start = divmod(self._at, CHUNK)
        piece = self._chunk(index)[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _chunk(self, index: int) -> bytes:
        if self._held[0] != index:
            self._file.seek(_PREFIX + index * (CHUNK + _TAG))
            sealed = self._file.read(CHUNK + _TAG)
            nonce = _nonce(self._prefix, index, index == self._last)
            try:
                self._held = index, self._cipher.decrypt(nonce, sealed, self._about)
            except (InvalidTag, ValueError) as error:
                raise BrokenSeal from error
        return self._held[1]
