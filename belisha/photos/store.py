"""Sealed files on the school's disk. Bytes are sealed before they are written (P.i).

The order is: file first (write, fsync, rename, fsync of the folder), row last. A crash between the
two leaves a sealed file that no row knows, and `sweep` removes it.
"""

import os
import secrets
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import accumulate
from pathlib import Path

from django.conf import settings
from django.db import transaction

from belisha.lib.sealing import BrokenSeal, new_key, seal, unseal, unwrap, wrap
from belisha.people.models import School
from belisha.photos.models import CoveredClip, Photo, Rendition, SchoolKey, StoredFile

ORPHAN_AFTER = timedelta(hours=1)  # longer than any act between its file and its row


class Missing(Exception):
    """A row names a file that is not in the store."""


def keep(
    data: bytes,
    *,
    school: School,
    at: datetime,
    photo: Photo | None = None,
    rendition: str = "",
    number: int = 0,
    covered: CoveredClip | None = None,
) -> StoredFile:
    """Seal and write `data`; return the row for it, not yet saved."""
    name, key = secrets.token_hex(16), new_key()
    about = _about(school.pk, name, rendition)
    _write(_path(name), seal(data, key, about))
    return StoredFile(
        school=school,
        key=name,
        wrapped_key=wrap(key, _school_key(school), about),
        size=len(data),
        stored_at=at,
        photo=photo,
        rendition=rendition,
        number=number,
        covered=covered,
    )


def keep_forms(
    forms: Mapping[Rendition, bytes], *, school: School, at: datetime, photo: Photo
) -> list[StoredFile]:
    """Keep a picture in each of its forms (rendition: bytes), or in none when the disk is full."""
    files: list[StoredFile] = []
    try:
        for rendition, data in forms.items():
            files.append(keep(data, school=school, at=at, photo=photo, rendition=rendition))
    except OSError:
        _unlink(_path(file.key) for file in files)
        raise
    return files


def fetch(file: StoredFile) -> bytes:
    """Read and unseal. Raises `Missing`, or `BrokenSeal` when the bytes were tampered with."""
    about = _about(file.school_id, file.key, file.rendition)
    try:
        sealed = _path(file.key).read_bytes()
    except FileNotFoundError as error:
        raise Missing(file.key) from error
    return unseal(sealed, unwrap(bytes(file.wrapped_key), _school_key(file.school), about), about)


class Pieces:
    """The bytes of a clip, of which only one sealed piece at a time is unsealed."""

    def __init__(self, files: Iterable[StoredFile]) -> None:
        """`files` in their order."""
        self.files = list(files)
        self._ends = list(accumulate(file.size for file in self.files))
        self._open: tuple[int, bytes] = -1, b""

    @property
    def size(self) -> int:
        return self._ends[-1] if self._ends else 0

    def read(self, start: int, length: int) -> bytes:
        """So many bytes from there on, fewer at the end. Raises as `fetch` does."""
        return b"".join(self.stream(start, length))

    def stream(self, start: int, length: int) -> Iterator[bytes]:
        """The same, bit by bit."""
        at, end = start, min(start + length, self.size)
        while at < end:
            number = bisect_right(self._ends, at)
            if self._open[0] != number:
                self._open = number, fetch(self.files[number])
            data = self._open[1]
            begin = at - (self._ends[number] - self.files[number].size)
            part = data[begin : begin + end - at]
            if not part:
                raise BrokenSeal
            at += len(part)
            yield part


def pieces(photo: Photo, rendition: Rendition) -> Pieces:
    """What is kept of a clip in this form."""
    files = StoredFile.objects.filter(photo=photo, rendition=rendition, covered=None)
    return Pieces(files.select_related("school").order_by("number"))


def forget(files: Iterable[StoredFile]) -> None:
    """Remove rows now, and their files once the transaction holds. The keys go with the rows."""
    files = list(files)
    StoredFile.objects.filter(pk__in=[file.pk for file in files]).delete()
    paths = [_path(file.key) for file in files]
    transaction.on_commit(lambda: _unlink(paths))


def sweep(known: frozenset[str], at: datetime) -> frozenset[str]:
    """Remove files that no row knows, left by a crash. `known` are the keys of all rows.

    Returns the keys of which there is no file.
    """
    oldest = at.timestamp() - ORPHAN_AFTER.total_seconds()
    there = set()
    for path in settings.MEDIA_ROOT.glob("??/*"):
        there.add(path.name)
        with suppress(FileNotFoundError):  # another process was quicker
            if path.name not in known and path.stat().st_mtime < oldest:
                path.unlink()
    return known - there


def _about(school_id: int, name: str, rendition: str) -> bytes:
    """What a seal is bound to: a file that changes places with another does not open."""
    return f"{school_id}/{name}/{rendition}/1".encode()


def _path(name: str) -> Path:
    folder: Path = settings.MEDIA_ROOT
    return folder / name[:2] / name


def _unlink(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except OSError:  # a full disk leaves nothing half behind
        draft.unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _school_key(school: School) -> bytes:
    wrapped = wrap(new_key(), settings.PICTURES_KEY, _about_school(school.pk))
    row, _ = SchoolKey.objects.get_or_create(school=school, defaults={"wrapped": wrapped})
    return unwrapped(row)


def unwrapped(row: SchoolKey) -> bytes:
    """The school's own key. Raises `BrokenSeal` when the key file did not wrap it."""
    return unwrap(bytes(row.wrapped), settings.PICTURES_KEY, _about_school(row.pk))


def _about_school(pk: int) -> bytes:
    return f"school {pk}".encode()
