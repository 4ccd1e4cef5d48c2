"""Records of one kind while a roster is being read, by their key."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, Generic, TypeVar

from belisha.lib.tables import BadLine, Row
from belisha.people.roster.records import RosterClass, RosterParent, RosterPupil, RosterStaff

MAX_LENGTH = 100  # letters; what the tables hold

R = TypeVar("R", RosterClass, RosterPupil, RosterParent, RosterStaff)


class Entries(Generic[R]):
    """Records of one kind by key. One fault is named once: `left_out` keeps later lines quiet."""

    def __init__(self, what: str, bad_lines: list[BadLine]) -> None:
        self.what = what
        self.kept: dict[str, R] = {}
        self.rows: dict[str, Row] = {}
        self.left_out: set[str] = set()
        self._bad_lines = bad_lines

    def __contains__(self, key: str) -> bool:
        return key in self.kept

    def add(self, row: Row, record: R) -> bool:
        """Keep a record; lines about one key may fill each other's blanks but not disagree."""
        if not record.key:
            return self._refuse(row, f"The {self.what} has no id and is left out.")
        if any(len(str(getattr(record, field.name))) > MAX_LENGTH for field in fields(record)):
            self.left_out.add(record.key)
            return self._refuse(
                row,
                f"The {self.what} has a cell of more than {MAX_LENGTH} letters and is left out.",
            )
        if record.key not in self.kept:
            self.kept[record.key], self.rows[record.key] = record, row
            return True
        merged = _agreed(self.kept[record.key], record)
        if merged is None:
            first = self.rows[record.key]
            return self._refuse(
                row,
                f"The {self.what} with the id {record.key} stands with other details in "
                f"{first.file}, line {first.line}. That line counts, not this one.",
            )
        self.kept[record.key] = merged
        return True

    def drop_unless(self, named: Callable[[R], object]) -> None:
        for key in [key for key, record in self.kept.items() if not named(record)]:
            del self.kept[key]
            self.left_out.add(key)
            self._refuse(self.rows[key], f"The {self.what} lacks a name and is left out.")

    def _refuse(self, row: Row, reason: str) -> bool:
        self._bad_lines.append(BadLine(row.file, row.line, reason))
        return False


def _agreed(old: R, new: R) -> R | None:
    """Both together, or None when they differ in anything that both tell."""
    filled: dict[str, Any] = {}
    for field in fields(old):
        ours, theirs = getattr(old, field.name), getattr(new, field.name)
        if theirs in ("", None, ()) or ours == theirs:
            continue
        if ours not in ("", None, ()):
            return None
        filled[field.name] = theirs
    return replace(old, **filled)
