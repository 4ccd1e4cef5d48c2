"""Reading a delimited text whose encoding and delimiter nobody told us.

School systems and spreadsheets write UTF-8 (with and without a byte order mark), UTF-16 and
Windows-1252, and delimit by comma, semicolon or tab. `read_table` reads all of them. A line that
cannot be read is named and left out; only a file that makes no sense as a whole is refused.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache


class UnreadableTable(ValueError):
    """The file as a whole cannot be read: its name, the line where it failed, and why."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"{name}, line {line}: {reason}")
        self.name, self.line, self.reason = name, line, reason


@dataclass(frozen=True, order=True)
class BadLine:
    """A line that was left out, or read with a gap, and why, in words for the office."""

    file: str
    line: int
    reason: str


@dataclass(frozen=True)
class Row:
    """One record. `line` is where it begins in the file, counted from 1.

    `cells` holds the text as written, stripped at the ends, by `plain` header.
    """

    file: str
    line: int
    cells: Mapping[str, str]

    def get(self, *headers: str) -> str:
        """The first of these columns that is filled, on one line, or the empty string."""
        return next((text for header in headers if (text := _on_one_line(self._cell(header)))), "")

    def _cell(self, header: str) -> str:
        return self.cells.get(plain(header), "")


@dataclass(frozen=True)
class Table:
    name: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    bad_lines: tuple[BadLine, ...]

    def has(self, *headers: str) -> bool:
        """Whether there is a column of any of these names."""
        ours = {plain(header) for header in self.headers}
        return any(plain(header) in ours for header in headers)


@lru_cache(maxsize=1024)
def plain(header: str) -> str:
    """A header without case, spaces and punctuation: `First Name`, `first_name`, `firstName`."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", header)).casefold()


def read_table(data: bytes, *, name: str) -> Table:
    """Read a delimited text with a header line; raise `UnreadableTable`."""
    text = _decoded(data, name)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadableTable(name, line, "This is not a text file. Save the list as CSV.")
    bad_lines: list[BadLine] = []
    records = _records(text, name, bad_lines)
    start, headers = next(records, (1, []))
    keys = [plain(header) for header in headers]
    if not any(keys):
        reason = "There is no line with the names of the columns." if headers else "It is empty."
        raise UnreadableTable(name, start, reason)
    _refuse_repeated(headers, name, start)
    rows = []
    for line, cells in records:
        if any(cells[len(keys) :]):
            reason = f"There are {len(cells)} cells but {len(keys)} columns. The line is left out."
            bad_lines.append(BadLine(name, line, reason))
        else:
            filled = {key: cell for key, cell in zip(keys, cells, strict=False) if key}
            rows.append(Row(name, line, filled))
    return Table(name, tuple(headers), tuple(rows), tuple(sorted(bad_lines)))


def _decoded(data: bytes, name: str) -> str:
    # Windows-1252 comes last: it takes nearly any bytes, UTF-8 hardly ever takes wrong ones.
    for encoding in (_utf16(data) or "utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return unicodedata.normalize("NFC", text)
    raise UnreadableTable(name, 1, "The letters cannot be read. Save the list as “CSV UTF-8”.")


def _utf16(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Without a mark: in a list that is mostly Latin letters every second byte is zero.
    sample = data[:4096]
    for zeros, encoding in ((sample[1::2], "utf-16-le"), (sample[0::2], "utf-16-be")):
        if zeros and zeros.count(0) > 0.7 * len(zeros):
            return encoding
    return None


def _records(text: str, name: str, bad_lines: list[BadLine]) -> Iterator[tuple[int, list[str]]]:
    """Each record that has anything in it, with the line where it begins."""
    # newline="" keeps line breaks inside quotation marks, and knows all three kinds.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            if "expected after" not in str(error):
                reason = "A quotation mark is opened near here and never closed."
                raise UnreadableTable(name, start, reason) from error
            bad_lines.append(BadLine(name, start, _stray_mark(start, reader.line_num)))
            continue
        if any(cells):
            yield start, cells


def _delimiter(text: str) -> str:
    header = next(iter(text.lstrip("\r\n ").splitlines()), "")[:10_000]
    return max(",;\t", key=lambda mark: len(next(csv.reader([header], delimiter=mark), [])))


def _stray_mark(start: int, end: int) -> str:
    where = "The line is" if start == end else f"Lines {start} to {end} are"
    return f"A quotation mark stands inside a cell. {where} left out."


def _refuse_repeated(headers: list[str], name: str, line: int) -> None:
    seen: set[str] = set()
    for header in headers:
        if (key := plain(header)) in seen and key:
            raise UnreadableTable(name, line, f"There are two columns called “{header}”.")
        seen.add(key)


def _on_one_line(cell: str) -> str:
    line = " ".join(cell.split())
    if line.isprintable():
        return line
    # Invisible characters, pasted from a web page, would make two names that look like one.
    return "".join(mark for mark in line if mark.isprintable())
