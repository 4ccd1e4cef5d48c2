"""Secrets of one installation: made at first start, kept in files that only their owner reads."""

import contextlib
import os
import re
import secrets
from pathlib import Path


def secret(path: Path, *, only_look: bool = False, may_be_made: bool = True) -> bytes:
    """Return the 32 bytes kept in `path`; make them when the file does not exist.

    The folder gets mode 0700 and the file 0600. Two processes that start at once agree: the file is
    made whole under another name and linked into place, so the second finds the first one's.
    With `only_look` nothing is made, and what cannot be read is replaced by bytes that fit nothing.
    Raises `ValueError` for one that is missing and must not be made.
    """
    if only_look:
        try:
            return _read(path)
        except (OSError, ValueError):
            return secrets.token_bytes(32)
    if not path.exists():
        if not may_be_made:
            raise ValueError(f"the school is there, and its key is not at {path}")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return _read(path)


def _read(path: Path) -> bytes:
    text = path.read_text().strip()
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise ValueError(f"{path} is not a key")
    return bytes.fromhex(text)
