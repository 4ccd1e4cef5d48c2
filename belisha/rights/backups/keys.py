"""The key file: read for a restore, which makes no key of its own."""

import os
import re
from pathlib import Path


class NoKey(ValueError):
    """There is no key; the text says what to do."""


def read_key(path: Path) -> bytes:
    """The 32 bytes of a key file. Raises `NoKey`."""
    try:
        text = path.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NoKey(
            f"The key of the pictures is not at {path}. A backup holds no key: put your copy "
            "there, or name it with --key."
        ) from error
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise NoKey(f"{path} is not a key.")
    return bytes.fromhex(text)


def put_key(key: bytes, path: Path) -> None:
    """Put the key where this installation looks for it. Raises `NoKey` if another is there."""
    if path.exists():
        if read_key(path) != key:
            raise NoKey(f"There is another key at {path}. Move it away first.")
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key.hex())
        file.flush()
        os.fsync(file.fileno())
