"""Bytes sealed before they reach a disk: AES-256-GCM in chunks, bound to what they are.

The layout follows the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár, 2015): each
chunk has the nonce ``prefix (7 bytes) | counter (4) | last flag (1)``, so that chunks cannot be
swapped, dropped or cut off at the end without the seal breaking.
"""

import os
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 1 << 20  # bytes of plain text in a chunk
_PREFIX, _TAG = 7, 16


class BrokenSeal(Exception):
    """The bytes, their key or what they claim to be do not belong together."""


def new_key() -> bytes:
    """Return 32 random bytes."""
    return AESGCM.generate_key(256)


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
