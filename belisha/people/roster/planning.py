"""What a roster would change in a school. Knows no database: both sides are plain entries."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from belisha.lib.tables import BadLine
from belisha.people.roster.records import Roster

Key = str | tuple[str, str]  # a relation is named by its pupil and its parent
Entry = Mapping[str, Any]
HERE = "at the school"
NUMBER = "number"  # in the source's system
RESPONSIBILITY = "parental responsibility"
ORDER = "order against contact"


class Kind(StrEnum):
    """The kinds of a roster, in the order in which they are taken over."""

    CLASS = "class"
    PUPIL = "child"
    PARENT = "parent"
    RELATION = "tie"
    STAFF = "member of staff"


class Act(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """One field that differs. `old` is None for a new row; `said` tells it to a person."""

    field: str
    old: Any
    new: Any
    said: str = ""


@dataclass(frozen=True)
class Step:
    """One row that would be made, changed or ended."""

    kind: Kind
    key: Key
    act: Act
    label: str
    changes: tuple[Change, ...] = ()

    @property
    def careful(self) -> bool:
        """It lifts an order, or takes a person's say: never by the way, always ticked by itself."""
        return self.act is Act.CHANGED and any(
            (change.field, change.old, change.new)
            in {(ORDER, True, False), (RESPONSIBILITY, True, False)}
            for change in self.changes
        )

    @property
    def id(self) -> str:
        key = self.key if isinstance(self.key, str) else "/".join(self.key)
        return f"{self.kind.name}:{key}"


@dataclass(frozen=True)
class Plan:
    """Everything that a roster would change, what stays, and the lines that could not be read."""

    steps: tuple[Step, ...]
    unchanged: int
    bad_lines: tuple[BadLine, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """Differs when what would be done differs from what someone looked at."""
        return hashlib.sha256(repr(self.steps).encode()).hexdigest()

    def of(self, act: Act) -> list[Step]:
        return [step for step in self.steps if step.act is act]


def entries(roster: Roster) -> dict[Kind, dict[Key, Entry]]:
    """A roster as entries by kind and key. What it does not tell is None or empty.

    Two classes of one name are told apart by their numbers.
    """
    names = Counter(one.name for one in roster.classes)
    return {
        Kind.CLASS: {
            one.key: {
                "name": one.name if names[one.name] == 1 else f"{one.name} ({one.key})",
                "year group": one.year_group,
                NUMBER: one.key,
                HERE: True,
            }
            for one in roster.classes
        },
        Kind.PUPIL: {
            one.key: {
                "first name": one.first_name,
                "last name": one.last_name,
                "known as": one.known_as,
                "class": one.class_key,
                "year group": one.year_group,
                NUMBER: one.key,
                HERE: True,
            }
            for one in roster.pupils
        },
        Kind.PARENT: {
            one.key: {
                "first name": one.first_name,
                "last name": one.last_name,
                "email": one.email,
                "telephone": one.phone,
                NUMBER: one.key,
            }
            for one in roster.parents
        },
        Kind.RELATION: {
            (one.pupil_key, one.parent_key): {
                "is the child’s": one.relation,
                RESPONSIBILITY: one.parental_responsibility,
                ORDER: one.no_contact,
                HERE: True,
            }
            for one in roster.relations
        },
        Kind.STAFF: {
            one.key: {
                "name": f"{one.first_name} {one.last_name}".strip(),
                "email": one.email,
                "role": one.role,
                "classes": tuple(sorted(one.class_keys)),
                NUMBER: one.key,
                HERE: True,
            }
            for one in roster.staff
        },
    }


def plan(roster: Roster, present: Mapping[Kind, Mapping[Key, Entry]]) -> Plan:
    """Compare a roster with what the school has.

    What the source does not tell never blanks what the school knows. Where the source does not
    state responsibility, it changes neither that nor orders of families that are there. Nobody of
    a kind that the source does not list is gone.
    """
    read = entries(roster)
    steps: list[Step] = []
    unchanged = 0
    classes = {
        key: _name(entry) for side in (present, read) for key, entry in side[Kind.CLASS].items()
    }
    for kind in Kind:
        ours = present[kind]
        for key, entry in read[kind].items():
            found = _changes(kind, entry, ours.get(key), roster.states_responsibility)
            changes = tuple(replace(change, said=_said(change, classes)) for change in found)
            if key not in ours:
                steps.append(Step(kind, key, Act.NEW, _label(kind, key, entry, read), changes))
            elif changes:
                label = _label(kind, key, {**ours[key], **_told(entry)}, read)
                steps.append(Step(kind, key, Act.CHANGED, label, changes))
            else:
                unchanged += 1
        steps += _gone(kind, read, present)
    return Plan(tuple(steps), unchanged, roster.bad_lines, roster.notes)


def _told(entry: Entry) -> dict[str, Any]:
    return {field: value for field, value in entry.items() if value not in (None, "", ())}


def _changes(kind: Kind, entry: Entry, old: Entry | None, states: bool) -> Iterator[Change]:
    for field, value in _told(entry).items():
        if old is None:
            if field not in (HERE, NUMBER):
                yield Change(field, None, value)
        elif kind is Kind.RELATION and field in (RESPONSIBILITY, ORDER) and not states:
            continue
        elif kind is Kind.STAFF and field == "role":
            continue  # roles are given by the head, never by a list, once someone is there
        elif old.get(field) != value:
            yield Change(field, old.get(field), value)


def _said(change: Change, classes: Mapping[Key, str]) -> str:
    def words(value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if change.field == "classes":
            return ", ".join(classes.get(key, key) for key in value) or "none"
        return classes.get(value, value) if change.field == "class" else str(value)

    if change.old in (None, "", ()):
        return f"{change.field}: {words(change.new)}"
    return f"{change.field} from {words(change.old)} to {words(change.new)}"


def _gone(
    kind: Kind,
    read: Mapping[Kind, Mapping[Key, Entry]],
    present: Mapping[Kind, Mapping[Key, Entry]],
) -> Iterator[Step]:
    """Rows of the source's system that it no longer lists. A parent goes with their last tie."""
    if not read[kind] or kind is Kind.PARENT:
        return
    for key, entry in present[kind].items():
        if key in read[kind] or not entry.get(HERE):
            continue
        # Of a family that the source does not list at all, nothing is known.
        if kind is Kind.RELATION and key[0] not in read[Kind.PUPIL]:
            continue
        yield Step(kind, key, Act.GONE, _label(kind, key, entry, present))


def _label(kind: Kind, key: Key, entry: Entry, known: Mapping[Kind, Mapping[Key, Entry]]) -> str:
    if kind is Kind.RELATION:
        pupil = known[Kind.PUPIL].get(key[0], {})
        parent = known[Kind.PARENT].get(key[1], {})
        return f"{_name(parent)}, {entry['is the child’s'] or 'contact'} of {_name(pupil)}"
    return _name(entry)


def _name(entry: Entry) -> str:
    if "name" in entry:
        return str(entry["name"])
    return f"{entry.get('first name', '')} {entry.get('last name', '')}".strip() or "someone"
