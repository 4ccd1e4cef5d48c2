"""Secrets of one installation: made at first start, kept in files that only their owner reads."""

import contextlib
import os
import secrets
from pathlib import Path


def secret(path: Path) -> bytes:
    """Return the 32 bytes kept in `path`; make them when the file does not exist.

    The folder gets mode 0700 and the file 0600. Two processes that start at once agree: the file is
    made whole under another name and linked into place, so the second finds the first one's.
    """
    if not path.exists():
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
    return bytes.fromhex(path.read_text().strip())
