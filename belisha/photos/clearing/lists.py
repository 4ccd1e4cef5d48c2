"""The three lists that the command line reads. A line that is not understood stops everything:
a refusal that was overlooked would show a child."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path, PurePath
from unicodedata import normalize

from belisha.consent.reading import read_consents
from belisha.consent.rules import Fact, Said, Voice, fact_of, standing_by
from belisha.lib.tables import BadLine, Row, Table, UnreadableTable, read_table
from belisha.photos.imaging.box import Box
from belisha.photos.rules import Who

PUPIL_COLUMNS = ("pupil", "first_name", "last_name", "class")
TAG_COLUMNS = ("photo", "x", "y", "w", "h", "who")
_YES = {"yes", "y", "true", "1", "protected"}
_NO = {"", "no", "n", "false", "0"}
_NOBODY = (Who.ADULT, Who.UNKNOWN, Who.NOT_A_FACE)  # what a tag can say besides a pupil
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Child:
    """One line of pupils.csv."""

    id: str
    first_name: str
    last_name: str
    protected: bool

    @property
    def short_name(self) -> str:
        return f"{self.first_name} {self.last_name[:1]}".strip()


@dataclass(frozen=True)
class Tag:
    """A box in a photograph and who it is; `pupil` is empty unless `who` is a pupil."""

    box: Box
    who: Who
    pupil: str = ""


@dataclass
class Lists:
    """All that the lists say, and `notes` on what was left aside."""

    children: Mapping[str, Child]
    said: Mapping[tuple[str, str], Mapping[str, list[Said]]]  # by pupil and purpose, by parent
    expires: Mapping[int, date | None]  # by the entry's id
    tags: Mapping[str, list[Tag]] = field(default_factory=dict)  # by the photo's name or path
    notes: list[str] = field(default_factory=list)

    def fact(self, pupil: str, purpose: str, on: date) -> Fact:
        """What the family's answers come to on a day."""
        voices = []
        for entries in self.said.get((pupil, purpose), {}).values():
            last = standing_by(entries, on)
            if last is not None:
                voices.append(Voice(last.kind, self.expires[last.id]))
        return fact_of(voices, on=on, protected=self.children[pupil].protected)

    def tags_of(self, photo: PurePath) -> list[Tag]:
        """The tags of a photograph, which is called by its path or by the end of it."""
        return [tag for name in _names(photo) for tag in self.tags.get(name, ())]

    def unclear_name(self, photos: Iterable[Path]) -> str:
        """A name in the tags that more than one of these photographs has, or nothing.

        A tag must not speak of a picture that it does not mean: it could show a child there.
        """
        meant: dict[str, Path] = {}
        for photo in {os.path.realpath(photo): photo for photo in photos}.values():
            for name in _names(photo) & self.tags.keys():
                if meant.setdefault(name, photo) != photo:
                    return name
        return ""

    def tagged_in_vain(self, photos: Iterable[Path]) -> list[str]:
        """The names in the tags that none of these photographs has: perhaps a slip of the pen."""
        named = {name for photo in photos for name in _names(photo)}
        return [name for name in self.tags if name not in named]


def read_children(data: bytes, name: str) -> dict[str, Child]:
    """Read pupils.csv. Raises `UnreadableTable` with file, line and reason."""
    children: dict[str, Child] = {}
    for row in _rows(data, name, PUPIL_COLUMNS):
        key, protected = row.get("pupil"), row.get("protected").casefold()
        if not key or not row.get("first_name"):
            raise UnreadableTable(name, row.line, "The pupil or the first name is empty.")
        if key in _NOBODY:
            raise UnreadableTable(name, row.line, f"“{key}” has its own meaning in a list of tags.")
        if key in children:
            raise UnreadableTable(name, row.line, f"The pupil “{key}” stands here twice.")
        if protected not in _YES | _NO:
            raise UnreadableTable(name, row.line, f"“{protected}” is neither yes nor no.")
        children[key] = Child(key, row.get("first_name"), row.get("last_name"), protected in _YES)
    return children


def read_lists(
    pupils: tuple[bytes, str], consents: tuple[bytes, str], tags: tuple[bytes, str] | None
) -> Lists:
    """Read the lists, each given as bytes and name. Raises `UnreadableTable`."""
    children = read_children(*pupils)
    rows, bad = read_consents(*consents)
    _stop_at(bad)
    said: dict[tuple[str, str], dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
    expires: dict[int, date | None] = {}
    strangers = {row.pupil for row in rows} - set(children)
    for row in rows:
        entry = Said(row.line, row.kind, row.on, _BEGINNING)
        said[row.pupil, row.purpose_key][row.parent].append(entry)
        expires[entry.id] = row.expires
    lists = Lists(children, said, expires)
    if strangers:
        who = "a pupil who is" if len(strangers) == 1 else f"{len(strangers)} pupils who are"
        lists.notes.append(f"{consents[1]} speaks of {who} not in {pupils[1]}.")
    if tags:
        lists.tags = _read_tags(*tags, known=children)
    return lists


def _read_tags(data: bytes, name: str, known: Mapping[str, Child]) -> dict[str, list[Tag]]:
    tags: dict[str, list[Tag]] = defaultdict(list)
    for row in _rows(data, name, TAG_COLUMNS):
        box = Box(*(_fraction(row, side, name) for side in "xywh"))
        if not (box.w > 0 and box.h > 0 and box.x + box.w <= 1.001 and box.y + box.h <= 1.001):
            raise UnreadableTable(name, row.line, "The box does not lie within the picture.")
        who, photo = row.get("who"), row.get("photo")
        if not photo:
            raise UnreadableTable(name, row.line, "The cell under “photo” is empty.")
        if who in _NOBODY:
            tag = Tag(box, Who(who))
        elif who in known:
            tag = Tag(box, Who.PUPIL, who)
        else:
            raise UnreadableTable(name, row.line, f"Nobody in the list of pupils is “{who}”.")
        tags[PurePath(photo).as_posix()].append(tag)
    return tags


def _names(photo: PurePath) -> set[str]:
    """All ends of a path, written as a table gives them: some systems take letters apart."""
    parts = [" ".join(normalize("NFC", part).split()) for part in photo.parts]
    return {PurePath(*parts[start:]).as_posix() for start in range(len(parts))}


def _fraction(row: Row, side: str, name: str) -> float:
    try:
        value = float(row.get(side).replace(",", "."))  # as some spreadsheets write it
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UnreadableTable(name, row.line, f"“{row.get(side)}” under {side} is not from 0 to 1.")
    return value


def _rows(data: bytes, name: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    table: Table = read_table(data, name=name)
    for column in columns:
        if not table.has(column):
            raise UnreadableTable(name, 1, f"There is no column called “{column}”.")
    _stop_at(list(table.bad_lines))
    return table.rows


def _stop_at(bad: list[BadLine]) -> None:
    for line in bad:
        raise UnreadableTable(line.file, line.line, line.reason)
