"""The three lists that the command line reads. A line that is not understood stops everything:
a refusal that was overlooked would show a child."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import PurePath

from belisha.consent.reading import read_consents
from belisha.consent.rules import Fact, Said, Voice, fact_of, standing_by
from belisha.lib.tables import BadLine, Row, Table, UnreadableTable, read_table
from belisha.photos.imaging.box import Box
from belisha.photos.rules import Who

PUPIL_COLUMNS = ("pupil", "first_name", "last_name", "class")
TAG_COLUMNS = ("photo", "x", "y", "w", "h", "who")
_YES = {"yes", "y", "true", "1", "protected"}
_NO = {"", "no", "n", "false", "0"}
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
    tags: Mapping[str, list[Tag]] = field(default_factory=dict)  # by the photo's name
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
        """The tags of a photograph, named by its path as given or by its name alone."""
        return [*self.tags.get(str(photo), ()), *self.tags.get(photo.name, ())]


def read_children(data: bytes, name: str) -> dict[str, Child]:
    """Read pupils.csv. Raises `UnreadableTable` with file, line and reason."""
    children: dict[str, Child] = {}
    for row in _rows(data, name, PUPIL_COLUMNS):
        key, protected = row.get("pupil"), row.get("protected").casefold()
        if not key or not row.get("first_name"):
            raise UnreadableTable(name, row.line, "The pupil or the first name is empty.")
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
        lists.notes.append(
            f"{consents[1]} speaks of {len(strangers)} pupils who are not in {pupils[1]}."
        )
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
        if who in (Who.ADULT, Who.UNKNOWN, Who.NOT_A_FACE):
            tags[photo].append(Tag(box, Who(who)))
        elif who in known:
            tags[photo].append(Tag(box, Who.PUPIL, who))
        else:
            raise UnreadableTable(name, row.line, f"Nobody in the list of pupils is “{who}”.")
    return tags


def _fraction(row: Row, side: str, name: str) -> float:
    try:
        value = float(row.get(side))
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
