"""The school as a roster sees it: its rows by the numbers of the source's system."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from belisha.people.actions.ties import why_to_ask
from belisha.people.models import Parent, Pupil, Relation, SchoolClass, Staff
from belisha.people.roster import Roster
from belisha.people.roster.fields import (
    HERE,
    NUMBER,
    ORDER,
    RELATION,
    RESPONSIBILITY,
    Entry,
    Key,
    Kind,
    entries,
    name_of,
    plain,
)
from belisha.people.roster.matching import same_ones
from belisha.people.roster.planning import Known

ATTRIBUTES = {
    "name": "name",
    "first name": "first_name",
    "last name": "last_name",
    "known as": "known_as",
    "year group": "year_group",
    "email": "email",
    "telephone": "phone",
    RELATION: "kind",
    NUMBER: "key",
    RESPONSIBILITY: "parental_responsibility",
    ORDER: "no_contact",
}
Marks = set[Any]


def numbers_of_merged() -> dict[str, str]:
    """The numbers that a list may still give to a contact who was merged, and whose they are."""
    merged = Parent.objects.filter(merged_into__isnull=False).exclude(key="")
    known = merged.exclude(merged_into__key="")
    return dict(known.values_list("key", "merged_into__key"))


class Present:
    """Rows by kind and number. A row without a number is the one that bears the same marks.

    A child is known by name and class, else by name; a parent by name and a child in common, since
    two families may share a name; staff by name or email address; a class by its name whatever its
    number, since systems number classes anew each year.
    """

    def __init__(self, roster: Roster) -> None:
        self.read = entries(roster)
        self.rows: dict[Kind, dict[Any, Any]] = {}
        self._numbers: dict[int, str] = {}  # of a row, as the list would number it
        self._pupils = list(Pupil.objects.filter(erased_at=None).select_related("school_class"))
        self._ties = list(Relation.objects.select_related("parent"))
        self._find_classes()
        self._find_pupils()
        self._find_parents(roster)
        self._find_staff()
        self.rows[Kind.RELATION] = {
            (self._numbers[tie.pupil_id], self._numbers[tie.parent_id]): tie
            for tie in self._ties
            if tie.pupil_id in self._numbers and tie.parent_id in self._numbers
        }

    def _find_classes(self) -> None:
        classes = list(SchoolClass.objects.all())
        read = self.read[Kind.CLASS]
        found = {one.key: one for one in classes if one.key in read and not one.ended_on}
        free = [one for one in classes if one.key not in read and not one.ended_on]
        self._match(
            found,
            {one: {plain(one.name)} for one in free},
            {key: {plain(name_of(entry))} for key, entry in read.items()},
        )
        others = {one.key: one for one in classes if one.key and one not in found.values()}
        self._keep(Kind.CLASS, others | found)

    def _find_pupils(self) -> None:
        found = {one.key: one for one in self._pupils if one.key}
        free = [one for one in self._pupils if not one.key and not one.left_on]
        read = self.read[Kind.PUPIL]
        self._match(
            found,
            {one: {(plain(str(one)), self._numbers.get(one.school_class_id))} for one in free},
            {key: {(plain(name_of(entry)), entry["class"])} for key, entry in read.items()},
        )
        self._match(
            found,
            {one: {plain(str(one))} for one in free},
            {key: {plain(name_of(entry))} for key, entry in read.items()},
        )
        self._keep(Kind.PUPIL, found)

    def _find_parents(self, roster: Roster) -> None:
        parents = list(Parent.objects.filter(erased_at=None))
        ours: defaultdict[Any, set[Any]] = defaultdict(set)
        theirs: defaultdict[Any, set[Any]] = defaultdict(set)
        for tie in self._ties:
            ours[tie.parent_id].add(self._numbers.get(tie.pupil_id))
        for read in roster.relations:
            theirs[read.parent_key].add(read.pupil_key)
        found = {one.key: one for one in parents if one.key}
        self._match(
            found,
            {
                one: {(plain(str(one)), child) for child in ours[one.pk] if child}
                for one in parents
                if not one.key
            },
            {
                key: {(plain(name_of(entry)), child) for child in theirs[key]}
                for key, entry in self.read[Kind.PARENT].items()
            },
        )
        self._keep(Kind.PARENT, found)

    def _find_staff(self) -> None:
        staff = list(Staff.objects.prefetch_related("classes", "roles"))
        found = {one.key: one for one in staff if one.key}
        self._match(
            found,
            {one: _marks(one.name, one.email) for one in staff if not one.key and not one.left_on},
            {
                key: _marks(name_of(entry), entry["email"])
                for key, entry in self.read[Kind.STAFF].items()
            },
        )
        self._keep(Kind.STAFF, found)

    def _match(
        self, found: dict[str, Any], rows: Mapping[Any, Marks], read: Mapping[Any, Marks]
    ) -> None:
        taken = set(found.values())
        rows = {row: marks for row, marks in rows.items() if row not in taken}
        found |= same_ones(rows, {key: marks for key, marks in read.items() if key not in found})

    def _keep(self, kind: Kind, found: dict[str, Any]) -> None:
        self.rows[kind] = found
        self._numbers |= {row.pk: key for key, row in found.items()}

    @property
    def known(self) -> Known:
        """The same in the words of the plan."""
        return Known(
            {
                kind: {key: self._entry(kind, key, row) for key, row in self.rows[kind].items()}
                for kind in Kind
            },
            children={plain(str(one)) for one in self._pupils if not one.left_on},
            barred={
                (self._numbers[tie.pupil_id], mark)
                for tie in self._ties
                if tie.no_contact and tie.pupil_id in self._numbers
                for mark in _marks(str(tie.parent), tie.parent.email)
            },
            held=[
                ((self._numbers[pupil], self._numbers[parent]), why)
                for (pupil, parent), why in self._why_to_ask().items()
            ],
        )

    def _why_to_ask(self) -> Mapping[tuple[int, int], str]:
        """Of the standing ties which the list could end: those that should not end by the way."""
        ties = self.rows[Kind.RELATION].values()
        return why_to_ask([(tie.pupil_id, tie.parent_id) for tie in ties if not tie.ended_on])

    def _entry(self, kind: Kind, key: Key, row: Any) -> Entry:
        entry = {
            field: getattr(row, attribute)
            for field, attribute in ATTRIBUTES.items()
            if hasattr(row, attribute)
        }
        if kind is not Kind.PARENT:
            entry[HERE] = not (row.left_on if hasattr(row, "left_on") else row.ended_on)
        if kind is Kind.CLASS:
            entry[NUMBER] = key  # a class is known by its name too
        elif kind is Kind.PUPIL:
            entry["class"] = self._numbers.get(row.school_class_id)
        elif kind is Kind.STAFF:
            listed = (self._numbers[one.pk] for one in row.classes.all() if self.lists(one))
            entry["classes"] = tuple(sorted(listed))
        return entry

    def lists(self, school_class: SchoolClass) -> bool:
        """Whether a class is of the source's system, and stands."""
        return school_class.pk in self._numbers and not school_class.ended_on


def _marks(name: str, email: str) -> Marks:
    return {plain(name), plain(email)} - {""}
