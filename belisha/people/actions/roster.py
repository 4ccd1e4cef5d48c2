"""Taking over a roster: what it would change, and changing it once it is accepted."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from belisha.audit.actions import record
from belisha.people.access import can_give_roles, can_manage_people, require
from belisha.people.actions import staff as staff_actions
from belisha.people.models import (
    Parent,
    Pupil,
    Relation,
    RosterFile,
    School,
    SchoolClass,
    Staff,
    StaffRole,
    User,
)
from belisha.people.roster import Roster
from belisha.people.roster.planning import (
    HERE,
    NUMBER,
    ORDER,
    RESPONSIBILITY,
    Act,
    Entry,
    Key,
    Kind,
    Plan,
    Step,
    entries,
)
from belisha.people.roster.planning import plan as compare
from belisha.people.rules import Role

KEPT = timedelta(hours=24)
Rows = dict[Kind, dict[Any, Any]]
MODELS: dict[Kind, type[Any]] = {
    Kind.CLASS: SchoolClass,
    Kind.PUPIL: Pupil,
    Kind.PARENT: Parent,
    Kind.STAFF: Staff,
}
ATTRIBUTES = {
    "name": "name",
    "first name": "first_name",
    "last name": "last_name",
    "known as": "known_as",
    "year group": "year_group",
    "email": "email",
    "telephone": "phone",
    "is the child’s": "kind",
    NUMBER: "key",
    RESPONSIBILITY: "parental_responsibility",
    ORDER: "no_contact",
}
TEACHING = (Role.TEACHER, Role.OTHER_STAFF)


class Present:
    """The school as a roster sees it: its rows by the numbers of the source's system.

    A row that has no number yet is the one of the same name, when there is just one on both sides.
    """

    def __init__(self, roster: Roster) -> None:
        self.read = entries(roster)
        self.rows: Rows = {
            Kind.CLASS: self._keyed(Kind.CLASS, SchoolClass.objects.all()),
            Kind.PUPIL: self._keyed(Kind.PUPIL, Pupil.objects.filter(erased_at=None)),
            Kind.PARENT: self._keyed(Kind.PARENT, Parent.objects.filter(erased_at=None)),
            Kind.STAFF: self._keyed(Kind.STAFF, Staff.objects.prefetch_related("classes")),
        }
        numbers = {
            kind: {row.pk: key for key, row in self.rows[kind].items()}
            for kind in (Kind.PUPIL, Kind.PARENT)
        }
        relations = Relation.objects.filter(pupil__in=numbers[Kind.PUPIL]).select_related("parent")
        self.rows[Kind.RELATION] = {
            (numbers[Kind.PUPIL][row.pupil_id], numbers[Kind.PARENT][row.parent_id]): row
            for row in relations
            if row.parent_id in numbers[Kind.PARENT]
        }

    def _keyed(self, kind: Kind, rows: "QuerySet[Any]") -> dict[str, Any]:
        found = {row.key: row for row in rows if row.key}
        missing = {key: entry for key, entry in self.read[kind].items() if key not in found}
        names: dict[str, list[Any]] = {}
        for row in rows:
            if row.key not in self.read[kind]:
                names.setdefault(_name_of(row), []).append(row)
        wanted = [_plain(_name(entry)) for entry in missing.values()]
        for key, entry in missing.items():
            name = _plain(_name(entry))
            # Classes are known by their names alone; a person's number is never taken away.
            same = [row for row in names.get(name, ()) if kind is Kind.CLASS or not row.key]
            if len(same) == 1 and wanted.count(name) == 1:
                found.pop(same[0].key, None)
                found[str(key)] = same[0]
        return found

    @property
    def entries(self) -> dict[Kind, dict[Key, Entry]]:
        """The same rows as entries, in the words of the plan."""
        rows = self.rows
        classes = {row.pk: key for key, row in rows[Kind.CLASS].items()}
        return {
            Kind.CLASS: {
                # A class is known by its name too: its number is never a difference.
                key: {**_described(row), NUMBER: key, HERE: not row.ended_on}
                for key, row in rows[Kind.CLASS].items()
            },
            Kind.PUPIL: {
                key: {
                    **_described(row),
                    "class": classes.get(row.school_class_id),
                    HERE: not row.left_on,
                }
                for key, row in rows[Kind.PUPIL].items()
            },
            Kind.PARENT: {key: _described(row) for key, row in rows[Kind.PARENT].items()},
            Kind.RELATION: {
                key: {**_described(row), HERE: not row.ended_on}
                for key, row in rows[Kind.RELATION].items()
            },
            Kind.STAFF: {
                key: {
                    **_described(row),
                    "classes": tuple(sorted(classes.get(one.pk, "?") for one in row.classes.all())),
                    HERE: not row.left_on,
                }
                for key, row in rows[Kind.STAFF].items()
            },
        }


def _described(row: Any) -> dict[str, Any]:
    return {
        field: getattr(row, attribute)
        for field, attribute in ATTRIBUTES.items()
        if hasattr(row, attribute)
    }


def plan(roster: Roster) -> Plan:
    """Say what a roster would change in the school in scope; change nothing."""
    return compare(roster, Present(roster).entries)


@transaction.atomic
def keep(data: bytes, names: str, *, school: School, by: User, at: datetime) -> RosterFile:
    """Keep what was sent (a ZIP of lists) until it is accepted, a day at most."""
    require(can_manage_people(by))
    RosterFile.objects.filter(at__lt=at - KEPT).delete()
    kept: RosterFile = RosterFile.objects.create(
        school=school, by=by, at=at, name=names[:200], data=data
    )
    return kept


@transaction.atomic
def take_over(
    roster: Roster,
    school: School,
    *,
    ticked: Collection[str],
    gone: Collection[Kind],
    by: User,
    at: datetime,
    on: date,
) -> Plan:
    """Change what the roster says; return what was changed.

    `ticked` are the ids of careful steps that a person agreed to one by one, `gone` the kinds whose
    missing rows count as gone. Nothing is deleted: who is gone has left from `on`. Raises
    `ValidationError` for what may not be, such as the last head leaving.
    """
    require(can_manage_people(by))
    School.objects.select_for_update().get(pk=school.pk)
    present = Present(roster)
    full = compare(roster, present.entries)
    steps = [
        step
        for step in full.steps
        if (step.kind in gone if step.act is Act.GONE else not step.careful or step.id in ticked)
    ]
    keeper = _Keeper(school, present, by, at, on)
    for step in steps:
        keeper.take(step)
    if steps:
        counts = {act.value: sum(step.act is act for step in steps) for act in Act}
        record("roster.taken-over", school, by=by.pk, at=at, **counts)
    return Plan(tuple(steps), full.unchanged, full.bad_lines, full.notes)


class _Keeper:
    """Writes the steps of a plan, in the order of kinds, so that what a row needs is there."""

    def __init__(self, school: School, present: Present, by: User, at: datetime, on: date) -> None:
        self.school, self.rows = school, present.rows
        self.by, self.at, self.on = by, at, on

    def take(self, step: Step) -> None:
        row = self.rows[step.kind].get(step.key)
        if step.act is Act.GONE:
            self._end(step.kind, row)
        else:
            self._write(step, row)

    def _end(self, kind: Kind, row: Any) -> None:
        if kind is Kind.STAFF:
            if row.user_id == self.by.pk:
                raise ValidationError("The list does not name you. You cannot leave by a list.")
            staff_actions.leave(row, on=self.on, by=self.by, at=self.at)
        elif kind is Kind.PUPIL:
            row.left_on = self.on
            row.save(update_fields=["left_on"])
        elif kind is Kind.RELATION or not Pupil.objects.current().filter(school_class=row).exists():
            row.ended_on = self.on
            row.save(update_fields=["ended_on"])

    def _write(self, step: Step, row: Any) -> None:
        new = row is None
        if new:
            row = self.rows[step.kind][step.key] = self._new(step.kind, step.key)
        told = {change.field: change.new for change in step.changes}
        for field, value in told.items():
            if attribute := ATTRIBUTES.get(field):
                setattr(row, attribute, value)
        if told.get(HERE):
            setattr(row, "left_on" if hasattr(row, "left_on") else "ended_on", None)
        if "class" in told:
            row.school_class = self.rows[Kind.CLASS].get(told["class"])
            if "year group" not in told and row.school_class:
                row.year_group = row.school_class.year_group
        row.save()
        if isinstance(row, Staff):
            self._staff(row, told, new)

    def _new(self, kind: Kind, key: Key) -> Any:
        if kind is Kind.RELATION:
            pupil, parent = self.rows[Kind.PUPIL][key[0]], self.rows[Kind.PARENT][key[1]]
            return Relation(school=self.school, pupil=pupil, parent=parent)
        return MODELS[kind](school=self.school, key=key)

    def _staff(self, row: Staff, told: Mapping[str, Any], new: bool) -> None:
        if "classes" in told:
            classes = [self.rows[Kind.CLASS].get(key) for key in told["classes"]]
            row.classes.set(filter(None, classes), through_defaults={"school": self.school})
        role = role_of(told.get("role", ""))
        if new and role and (role in TEACHING or can_give_roles(self.by)):
            StaffRole.objects.create(school=self.school, staff=row, role=role)


def role_of(word: str) -> Role | None:
    """Read a role in a source's own word. Heads and leads are never made by a list."""
    plain = word.casefold()
    if plain in ("teacher", "professor", "faculty"):
        return Role.TEACHER
    if plain in (Role.OFFICE, Role.GOVERNOR):
        return Role(plain)
    return Role.OTHER_STAFF if plain else None


def _name(entry: Entry) -> str:
    return str(entry.get("name") or f"{entry.get('first name')} {entry.get('last name')}")


def _name_of(row: Any) -> str:
    return _plain(row.name if hasattr(row, "name") else f"{row.first_name} {row.last_name}")


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
