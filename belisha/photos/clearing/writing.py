"""Files that are either whole or not there."""

import errno
import os
import tempfile
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Write beside the folder and move in, so that there is never half a file in it."""
    folder = path.absolute().parent
    handle, draft = tempfile.mkstemp(prefix=".belisha-", dir=_beside(folder))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _beside(folder: Path) -> Path:
    """The folder above, where it takes files that can be moved down; otherwise the folder."""
    above = folder.parent
    same_disk = above.stat().st_dev == folder.stat().st_dev
    return above if same_disk and os.access(above, os.W_OK) else folder


def what_the_disk_said(error: OSError) -> str:
    """Say in a plain sentence why a photo was not read, or its copy not written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "The disk is full. Make room and start again; this photo was not written."
    if isinstance(error, FileNotFoundError):
        return "There is no such file."
    if isinstance(error, IsADirectoryError):
        return "This is no photo but a device, or a folder that may not be read."
    if isinstance(error, PermissionError):
        return "This file may not be read or the copy not be written. Check who owns it."
    return "The disk did not let this photo be read or its copy be written."
