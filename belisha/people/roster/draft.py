"""A roster while it is being read: what is kept, what is left out, and why."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from belisha.lib.tables import BadLine, Row, Table
from belisha.people.roster.bundle import BadRoster, Bundle
from belisha.people.roster.entries import Entries, R
from belisha.people.roster.records import (
    Roster,
    RosterClass,
    RosterParent,
    RosterPupil,
    RosterRelation,
    RosterStaff,
)
from belisha.people.roster.years import year_group


class Draft:
    def __init__(self, bundle: Bundle, source: str, *, states_responsibility: bool = False) -> None:
        self.bundle, self.source = bundle, source
        self.states_responsibility = states_responsibility
        self.bad_lines: list[BadLine] = []
        self.notes: set[str] = set()
        self.classes = Entries[RosterClass]("class", self.bad_lines)
        self.pupils = Entries[RosterPupil]("pupil", self.bad_lines)
        self.parents = Entries[RosterParent]("parent", self.bad_lines)
        self.staff = Entries[RosterStaff]("member of staff", self.bad_lines)
        self._relations: dict[tuple[str, str], RosterRelation] = {}
        self._pupils_classes: defaultdict[str, dict[str, tuple[int, ...]]] = defaultdict(dict)
        self._staff_classes: defaultdict[str, set[str]] = defaultdict(set)

    def table(self, name: str, *needed: tuple[str, ...]) -> Table:
        """Open a file that has a column for each of the needed things, by any of its names."""
        table = self.bundle.table(name)
        for names in needed:
            if not table.has(*names):
                raise BadRoster(f"{table.name} has no column “{names[0]}”.")
        self.bad_lines += table.bad_lines
        return table

    def bad(self, row: Row, reason: str) -> None:
        self.bad_lines.append(BadLine(row.file, row.line, reason))

    def year(self, row: Row, text: str) -> int | None:
        year = year_group(text)
        if text and year is None:
            self.bad(row, f"“{text[:40]}” is not a year group that we know. It is left blank.")
        return year

    def email(self, row: Row, text: str) -> str:
        name, at, host = text.partition("@")
        if (text and not (name and at and host)) or "@" in host or " " in text:
            self.bad(row, f"“{text[:80]}” is not a mail address. It is left blank.")
            return ""
        return text

    def day(self, row: Row, text: str) -> date | None:
        try:
            return date.fromisoformat(text[:10]) if text else None
        except ValueError:
            self.bad(row, f"The date “{text[:40]}” cannot be read. Dates look like 2025-09-01.")
            return None

    def relate(self, row: Row, relation: RosterRelation) -> None:
        """Join a parent to a pupil. Told twice and differently, the careful reading is kept."""
        self._expect(row, self.pupils, relation.pupil_key)
        self._expect(row, self.parents, relation.parent_key)
        pair = relation.pupil_key, relation.parent_key
        other = self._relations.setdefault(pair, relation)
        if other == relation:
            return
        self.bad(
            row, "This parent and pupil are joined on two lines that differ. The careful one holds."
        )
        self._relations[pair] = RosterRelation(
            *pair,
            min(other.relation, relation.relation),
            other.parental_responsibility and relation.parental_responsibility,
            other.no_contact or relation.no_contact,
        )

    def enrol_pupil(self, row: Row, key: str, class_key: str, rank: tuple[int, ...] = ()) -> None:
        """Put a pupil in a class; of several classes the one with the lowest rank is theirs."""
        self._expect(row, self.pupils, key)
        self._expect(row, self.classes, class_key)
        ranks = self._pupils_classes[key]
        ranks[class_key] = min(rank, ranks.get(class_key, rank))

    def enrol_staff(self, row: Row, key: str, class_key: str) -> None:
        self._expect(row, self.staff, key)
        self._expect(row, self.classes, class_key)
        self._staff_classes[key].add(class_key)

    def _expect(self, row: Row, entries: Entries[R], key: str) -> None:
        """Complain of a key nobody has; `roster` passes over what hangs on it."""
        if key not in entries and key not in entries.left_out:
            self.bad(row, f"There is no {entries.what} with the id “{key[:80]}” in these files.")

    def roster(self) -> Roster:
        self.classes.drop_unless(lambda one: one.name)
        self.pupils.drop_unless(lambda pupil: pupil.first_name and pupil.last_name)
        self.parents.drop_unless(lambda parent: parent.first_name or parent.last_name)
        self.staff.drop_unless(lambda staff: staff.first_name or staff.last_name)
        placed = {key: self._placed(pupil) for key, pupil in self.pupils.kept.items()}
        classes = dict(_with_years(self.classes.kept, placed))
        pupils = {key: _of_year(pupil, classes) for key, pupil in placed.items()}
        relations = [
            relation
            for (pupil_key, parent_key), relation in sorted(self._relations.items())
            if pupil_key in self.pupils and parent_key in self.parents
        ]
        if relations and not self.states_responsibility:
            self.notes.add(
                "This list does not say who has parental responsibility, or of any order against "
                "contact. Parents and guardians are read as having responsibility, all others not."
            )
        return Roster(
            source=self.source,
            states_responsibility=self.states_responsibility,
            classes=_sorted(classes),
            pupils=_sorted(pupils),
            parents=_sorted(self.parents.kept),
            relations=tuple(relations),
            staff=_sorted({key: self._teaching(staff) for key, staff in self.staff.kept.items()}),
            bad_lines=tuple(sorted(set(self.bad_lines))),
            notes=tuple(sorted(self.notes)),
        )

    def _placed(self, pupil: RosterPupil) -> RosterPupil:
        ranks = self._pupils_classes[pupil.key]
        open_to = sorted((rank, key) for key, rank in ranks.items() if key in self.classes)
        if not open_to:
            return pupil
        if len(open_to) > 1:
            self.notes.add(
                "Some pupils are in several classes. Each is put in the main class, else the "
                "class teacher’s, else the latest, else the first by its id."
            )
        return replace(pupil, class_key=open_to[0][1])

    def _teaching(self, staff: RosterStaff) -> RosterStaff:
        keys = {key for key in self._staff_classes[staff.key] if key in self.classes}
        return replace(staff, class_keys=tuple(sorted(keys.union(staff.class_keys))))


def _with_years(
    classes: dict[str, RosterClass], pupils: dict[str, RosterPupil]
) -> Iterator[tuple[str, RosterClass]]:
    """A class that tells no year group has that of its pupils, when it is the same for all."""
    years: defaultdict[str | None, set[int]] = defaultdict(set)
    for pupil in pupils.values():
        if pupil.year_group is not None:
            years[pupil.class_key].add(pupil.year_group)
    for key, one in classes.items():
        told = years[key]
        if one.year_group is None and len(told) == 1:
            one = replace(one, year_group=min(told))
        yield key, one


def _of_year(pupil: RosterPupil, classes: dict[str, RosterClass]) -> RosterPupil:
    if pupil.year_group is None and pupil.class_key is not None:
        return replace(pupil, year_group=classes[pupil.class_key].year_group)
    return pupil


def _sorted(records: dict[str, R]) -> tuple[R, ...]:
    return tuple(record for _, record in sorted(records.items()))
