"""The open archive as a file."""

from datetime import datetime
from pathlib import Path
from typing import Any

from belisha.rights.archive.bundle import writing
from belisha.rights.archive.described import README
from belisha.rights.archive.packing import pack
from belisha.rights.backups.making import note


def write_archive(to: Path, *, at: datetime, key: bytes | None = None) -> dict[str, Any]:
    """Write everything into a ZIP, sealed when given a key; return its list of contents.

    Raises `FileExistsError`, `OSError` or `NotWhole`; then there is no file.
    """
    note("archive.taken", at)
    with writing(to, key=key) as bundle:
        bundle.add("README.md", [README.encode()])
        return pack(bundle, kind="archive", secrets=False, at=at)
