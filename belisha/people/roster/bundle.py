"""The files of a roster, loose or in one ZIP, within limits."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from belisha.lib.tables import Table, read_table

MAX_FILES = 50
MAX_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100  # real lists of names shrink to a tenth; a bomb to a thousandth

_LISTS = (".csv", ".txt", ".tsv")


class BadRoster(ValueError):
    """The files as a whole are no roster that we can read; the message says why."""


class Bundle:
    """Files by their bare name in small letters. A file is opened only when it is asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        _refuse_too_much(len(files), sum(map(len, files.values())))
        if len(files) == 1 and (data := next(iter(files.values()))).startswith(b"PK\x03\x04"):
            files = _unzipped(data)
        self._files: dict[str, tuple[str, bytes]] = {}
        self._tables: dict[str, Table] = {}
        for name, data in files.items():
            bare = PurePosixPath(name.replace("\\", "/")).name or name
            if bare.casefold() in self._files:
                raise BadRoster(f"There are two files called {bare}. Send one school’s files only.")
            self._files[bare.casefold()] = (bare, data)
        if not self._files:
            raise BadRoster("There is no list here. Send one or more CSV files.")

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def names(self) -> list[str]:
        return sorted(self._files)

    def table(self, name: str) -> Table:
        """Read one file; raise `BadRoster` when it is not there, `UnreadableTable`."""
        if name not in self._files:
            raise BadRoster(f"The file {name} is missing.")
        if name not in self._tables:
            written, data = self._files[name]
            self._tables[name] = read_table(data, name=written)
        return self._tables[name]


def _refuse_too_much(count: int, size: int) -> None:
    if count > MAX_FILES:
        raise BadRoster(f"There are {count} files. A roster has {MAX_FILES} at most.")
    if size > MAX_BYTES:
        raise BadRoster(f"The files are larger than {MAX_BYTES // 1024**2} MB together.")


def _unzipped(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            _refuse_too_much(len(members), sum(info.file_size for info in members))
            for info in members:
                _refuse_tricks(info)
            lists = [info for info in members if _is_list(info.filename)]
            return {info.filename: archive.read(info) for info in lists}
    except BadRoster:
        raise
    # Damaged archives make zipfile raise far more than BadZipFile, down to IndexError.
    except Exception as error:
        raise BadRoster("The ZIP file is damaged. Make it again, or send the lists.") from error


def _refuse_tricks(info: zipfile.ZipInfo) -> None:
    path = PurePosixPath(info.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in info.filename or ":" in info.filename:
        raise BadRoster(f"The ZIP holds a file with the name “{info.filename}”. It is refused.")
    if path.name == "[Content_Types].xml":
        raise BadRoster("This is an Excel workbook. In Excel, save the list as “CSV UTF-8”.")
    if info.flag_bits & 0x1:
        raise BadRoster("The ZIP is locked with a password. Send it without one.")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadRoster("The ZIP is packed in an unusual way. Make an ordinary ZIP.")
    if info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise BadRoster(f"{path.name} in the ZIP is packed suspiciously small. It is refused.")


def _is_list(filename: str) -> bool:
    path = PurePosixPath(filename)
    hidden = any(part.startswith((".", "__")) for part in path.parts)
    return path.suffix.casefold() in _LISTS and not hidden
