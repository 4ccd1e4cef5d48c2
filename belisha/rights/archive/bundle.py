"""The bundle: a ZIP of JSON Lines and files, with a list of every member and its hash.

A backup is a bundle sealed as a whole; an open archive is a bundle as it is. Both are written to
the side and put in place when they are complete, and both are read once from end to end before
anything else is done with them.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from belisha.lib.sealing import BrokenSeal, SealedFile, SealingWriter

MANIFEST = "manifest.json"
PIECE = 1 << 20  # bytes
ABOUT = b"belisha backup 1"
QUICK = 1  # of compression: rows shrink to a sixth, at half the time of the usual


class Unusable(ValueError):
    """The file is no bundle, or not whole. The text says so in plain words."""


class BundleWriter:
    """Adds members one after another, and counts their bytes and hashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._zip = archive
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, pieces: Iterable[bytes], *, shrink: bool = True) -> dict[str, Any]:
        """Write a member from its pieces; return what the list says of it: bytes and SHA-256."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED if shrink else zipfile.ZIP_STORED
        info._compresslevel = QUICK  # type: ignore[attr-defined]
        with self._zip.open(info, "w", force_zip64=True) as member:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                member.write(piece)
        self.members[name] = {"bytes": size, "sha256": digest.hexdigest()}
        return self.members[name]


@contextmanager
def writing(path: Path, *, key: bytes | None) -> Iterator[BundleWriter]:
    """Write a bundle beside `path` and put it there when all went well; sealed when given a key.

    Raises `FileExistsError` where there is something already: no backup is written over another.
    """
    if path.exists():
        raise FileExistsError(f"{path} is there already")
    for left in path.parent.glob(f".{path.name}.*.part"):  # by one that was killed
        left.unlink(missing_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            target: IO[bytes] = SealingWriter(file, key, ABOUT) if key else file  # type: ignore[assignment]
            with zipfile.ZipFile(target, "w", allowZip64=True) as archive:
                yield BundleWriter(archive)
            if isinstance(target, SealingWriter):
                target.finish()
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        with suppress(OSError):
            draft.unlink()
    _sync(path.parent)


class Bundle:
    """A bundle that is read. `manifest` is what its writer said about it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._zip = archive
        try:
            self.manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            self.members: dict[str, dict[str, Any]] = self.manifest["members"]
        except (KeyError, ValueError) as error:
            raise Unusable("This file was not made by Belisha.") from error

    def check(self) -> None:
        """Read every member once. Raises `Unusable` for one that is missing, changed or new."""
        there = set(self._zip.namelist()) - {MANIFEST}
        if strange := sorted(there ^ set(self.members)):
            raise Unusable(f"The file is not whole: {strange[0]} is missing or was put in.")
        for name, said in self.members.items():
            digest = hashlib.sha256()
            for piece in self.pieces(name):
                digest.update(piece)
            if digest.hexdigest() != said["sha256"]:
                raise Unusable(f"The file is damaged: {name} is not what was written.")

    def pieces(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as member:
            while piece := member.read(PIECE):
                yield piece

    def lines(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as member:
            yield from member


@contextmanager
def opened(path: Path, *, key: bytes | None) -> Iterator[Bundle]:
    """Open a bundle, unsealed with the key when given one. Raises `Unusable`."""
    try:
        with (
            SealedFile(path, key, ABOUT) if key else path.open("rb") as file,
            zipfile.ZipFile(file) as archive,
        ):
            yield Bundle(archive)
    except BrokenSeal as error:
        raise Unusable(
            "The file does not open. It is damaged, or this is not the key it was sealed with."
        ) from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise Unusable("The file is damaged, or was not made by Belisha.") from error


_BINARY = getattr(os, "O_BINARY", 0)


def _sync(folder: Path) -> None:
    """See that the folder knows the file, whatever happens to the machine now."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
