"""Small files that lie sealed in a row: each with a key of its own, wrapped by the key file."""

from django.conf import settings

from belisha.lib.sealing import new_key, seal, unseal, unwrap, wrap


def sealed(data: bytes, about: bytes) -> tuple[bytes, bytes]:
    """Return the bytes sealed and bound to what they are about, and their wrapped key."""
    key = new_key()
    return seal(data, key, about), wrap(key, settings.PICTURES_KEY, about)


def opened(data: bytes | memoryview, wrapped_key: bytes | memoryview, about: bytes) -> bytes:
    """The bytes again. Raises `BrokenSeal` when somebody changed or moved them."""
    return unseal(bytes(data), unwrap(bytes(wrapped_key), settings.PICTURES_KEY, about), about)
