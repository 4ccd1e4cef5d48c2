"""What a roster would change in a school. Knows no database: both sides are plain entries."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from belisha.lib.tables import BadLine
from belisha.people.roster.fields import (
    HERE,
    NUMBER,
    ORDER,
    RELATION,
    RESPONSIBILITY,
    TEACHING,
    Entry,
    Key,
    Kind,
    entries,
    name_of,
    plain,
    told,
)
from belisha.people.roster.records import Roster
from belisha.people.rules import year_name

Rows = Mapping[Kind, Mapping[Key, Entry]]

_IN_LABEL = ("name", "first name", "last name", RELATION)
_LIFTED = "This lifts an order against contact."
_SILENCED = "This takes away their parental responsibility."
_NAMESAKE = "A child of this name is here already. Tick only if this is another child."
_BARRED = (
    "An order forbids someone of this name or email address to have contact with this child. "
    "The list does not tell of it."
)


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
    """One row that would be made, changed or ended.

    With a `warning` it could do harm: it never counts by the way, but is ticked by itself.
    """

    kind: Kind
    key: Key
    act: Act
    label: str
    changes: tuple[Change, ...] = ()
    warning: str = ""

    @property
    def id(self) -> str:
        key = self.key if isinstance(self.key, str) else "/".join(self.key)
        return f"{self.kind.name}:{key}"

    @property
    def said(self) -> str:
        """What is told beyond the label."""
        return "; ".join(
            change.said
            for change in self.changes
            if self.act is Act.CHANGED or change.field not in _IN_LABEL
        )


@dataclass(frozen=True)
class Plan:
    """Everything that a roster would change, what stays, and the lines that could not be read.

    `not_ticked`, once it is taken over: steps with a warning that nobody agreed to.
    """

    steps: tuple[Step, ...]
    unchanged: int
    bad_lines: tuple[BadLine, ...] = ()
    notes: tuple[str, ...] = ()
    not_ticked: tuple[Step, ...] = ()

    @property
    def digest(self) -> str:
        """Differs when what would be done differs from what someone looked at."""
        return hashlib.sha256(repr(self.steps).encode()).hexdigest()

    def of(self, act: Act) -> list[Step]:
        return [step for step in self.steps if step.act is act]


@dataclass(frozen=True)
class Known:
    """What the school has: its rows by number, and what warns of someone under another number.

    `children`: the plain names of all children there. `barred`: a child's number with the plain
    name, or the email address, of someone whom an order forbids contact with that child. `held`:
    ties by child and parent that end only when a person says so, and why.
    """

    rows: Rows
    children: Collection[str] = ()
    barred: Collection[tuple[str, str]] = ()
    held: Collection[tuple[Key, str]] = ()


def plan(roster: Roster, known: Known, *, gives_roles: bool = False) -> Plan:
    """Compare a roster with what the school has.

    What the source does not tell never blanks what the school knows. Where the source does not
    state responsibility, it changes neither that nor orders of families that are there. Nobody of
    a kind that the source does not list is gone. `gives_roles`: new staff get the role of our own
    list; else they get no more than teaching.
    """
    comparison = _Comparison(roster, known, gives_roles)
    steps = tuple(comparison.steps())
    return Plan(
        steps, comparison.unchanged, roster.bad_lines, (*roster.notes, *sorted(comparison.notes))
    )


class _Comparison:
    def __init__(self, roster: Roster, known: Known, gives_roles: bool) -> None:
        self.states, self.gives_roles = roster.states_responsibility, gives_roles
        self.known, self.ours, self.read = known, known.rows, entries(roster)
        self.classes = {
            key: name_of(entry)
            for side in (self.ours, self.read)
            for key, entry in side[Kind.CLASS].items()
        }
        self.unchanged = 0
        self.notes: set[str] = set()

    def steps(self) -> Iterator[Step]:
        for kind in Kind:
            for key, entry in self.read[kind].items():
                if step := self._step(kind, key, entry):
                    yield step
                else:
                    self.unchanged += 1
            yield from self._gone(kind)

    def _step(self, kind: Kind, key: Key, entry: Entry) -> Step | None:
        old = self.ours[kind].get(key)
        found = self._new(entry) if old is None else self._changes(kind, entry, old)
        changes = tuple(replace(change, said=self._said(change)) for change in found)
        if old is not None and not changes:
            return None
        # What it would be afterwards: not all that the list says counts.
        after = {**(old or entry), **{change.field: change.new for change in changes}}
        return Step(
            kind,
            key,
            Act.NEW if old is None else Act.CHANGED,
            _label(kind, key, after, self.read),
            changes,
            self._warning(kind, key, after, changes),
        )

    def _new(self, entry: Entry) -> Iterator[Change]:
        for field, value in told(entry).items():
            if field == "role" and value not in TEACHING and not self.gives_roles:
                self.notes.add(
                    "The list names roles that only the head gives. These people come in without "
                    "a role; the head gives it on their page."
                )
            elif field not in (HERE, NUMBER):
                yield Change(field, None, value)

    def _changes(self, kind: Kind, entry: Entry, old: Entry) -> Iterator[Change]:
        for field, value in told(entry).items():
            if kind is Kind.RELATION and field in (RESPONSIBILITY, ORDER) and not self.states:
                continue
            if field == "role":
                continue  # roles are given by the head, never by a list, once someone is there
            if old.get(field) != value:
                yield Change(field, old.get(field), value)

    def _warning(self, kind: Kind, key: Key, entry: Entry, changes: tuple[Change, ...]) -> str:
        taken = {change.field for change in changes if change.old is True and not change.new}
        if ORDER in taken:
            return _LIFTED
        if RESPONSIBILITY in taken:
            return _SILENCED
        fresh = key not in self.ours[kind]
        if kind is Kind.PUPIL and fresh and plain(name_of(entry)) in self.known.children:
            return _NAMESAKE
        back = any(change.field == HERE for change in changes)
        if kind is Kind.RELATION and (fresh or back) and not entry[ORDER]:
            parent = self.read[Kind.PARENT][key[1]]
            marks = {plain(name_of(parent)), plain(parent["email"])}
            if any((key[0], mark) in self.known.barred for mark in marks):
                return _BARRED
        return ""

    def _said(self, change: Change) -> str:
        if change.field == HERE:
            return "is here again"
        if change.field == NUMBER and not change.old:
            return f"is known here by name, and gets the number {change.new}"
        old, new = self._words(change.field, change.old), self._words(change.field, change.new)
        return f"{change.field} from {old} to {new}" if old else f"{change.field}: {new}"

    def _words(self, field: str, value: Any) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if field == "year group":
            return year_name(value)
        if field == "classes":
            return ", ".join(self.classes.get(key, key) for key in value or ())
        if field == "class":
            return self.classes.get(value, value or "")
        return str(value or "")

    def _gone(self, kind: Kind) -> Iterator[Step]:
        """Rows of the source's system that it no longer lists. A parent goes with their ties."""
        if not self.read[kind] or kind is Kind.PARENT:
            return
        held = dict(self.known.held) if kind is Kind.RELATION else {}
        for key, entry in self.ours[kind].items():
            if key in self.read[kind] or not entry.get(HERE):
                continue
            # Of a family that the source does not list at all, nothing is known.
            if kind is Kind.RELATION and key[0] not in self.read[Kind.PUPIL]:
                continue
            label = _label(kind, key, entry, self.ours)
            if entry.get(RESPONSIBILITY):
                label += ", who has parental responsibility"
            yield Step(kind, key, Act.GONE, label, warning=held.get(key, ""))


def _label(kind: Kind, key: Key, entry: Entry, rows: Rows) -> str:
    if kind is Kind.RELATION:
        pupil = rows[Kind.PUPIL].get(key[0], {})
        parent = rows[Kind.PARENT].get(key[1], {})
        return f"{name_of(parent)}, {entry.get(RELATION) or 'contact'} of {name_of(pupil)}"
    return name_of(entry)
