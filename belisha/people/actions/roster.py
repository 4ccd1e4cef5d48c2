"""Taking over a roster: what it would change, and changing it once it is accepted."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from belisha.audit.actions import record
from belisha.people.access import can_give_roles, can_manage_people, can_manage_staff, require
from belisha.people.actions import parents as parent_actions
from belisha.people.actions import staff as staff_actions
from belisha.people.actions.doors import rename_user
from belisha.people.actions.present import ATTRIBUTES, Present, numbers_of_merged
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
from belisha.people.roster.fields import HERE, Kind
from belisha.people.roster.folding import folded
from belisha.people.roster.planning import Act, Plan, Step
from belisha.people.roster.planning import plan as compare
from belisha.people.rules import Role

KEPT = timedelta(hours=24)
SIGN_IN = frozenset({"name", "first name", "last name", "email"})
MODELS: dict[Kind, type[Any]] = {
    Kind.CLASS: SchoolClass,
    Kind.PUPIL: Pupil,
    Kind.PARENT: Parent,
    Kind.STAFF: Staff,
}


class PlanChanged(Exception):
    """The school is no longer as it was when the plan was looked at."""


def plan(roster: Roster, *, by: User) -> Plan:
    """Say what a roster would change in the school in scope; change nothing."""
    roster = folded(roster, numbers_of_merged())
    return _plan(roster, Present(roster), by)


def _plan(roster: Roster, present: Present, by: User) -> Plan:
    """The comparison, without what this person may not do by a list."""
    full = compare(roster, present.known, gives_roles=can_give_roles(by))
    steps, notes = [], set(full.notes)
    for step in full.steps:
        if why_not := _why_not(step, present.rows[step.kind].get(step.key), by):
            notes.add(why_not)
        else:
            steps.append(step)
    return replace(full, steps=tuple(steps), notes=tuple(sorted(notes)))


def _why_not(step: Step, row: Any, by: User) -> str:
    staff = row if isinstance(row, Staff) else isinstance(row, Parent) and _staff_of(row)
    if staff and not can_manage_staff(by, staff):
        return "Only the head changes the head and the safeguarding lead. They stay as they are."
    if step.act is Act.GONE and isinstance(row, Staff) and _stays(row, by):
        return "You, or a head, are not in this list. Neither leaves by a list."
    if step.act is Act.GONE and isinstance(row, Staff) and staff_actions.to_do_before_leaving(row):
        return f"{row} has something to hand over first. Open {row} and say that they leave."
    return ""


def _stays(staff: Staff, by: User) -> bool:
    return staff.user_id == by.pk or any(role.role == Role.HEAD for role in staff.roles.all())


def _staff_of(parent: Parent) -> Staff | None:
    """Who this parent also is at the school: both sign in as one."""
    return parent.user.staff if parent.user else None


@transaction.atomic
def keep(data: bytes, names: str, *, school: School, by: User, at: datetime) -> RosterFile:
    """Keep what was sent (a ZIP of lists) until it is accepted, a day at most."""
    require(can_manage_people(by))
    RosterFile.objects.filter(at__lt=at - KEPT).delete()
    kept: RosterFile = RosterFile.objects.create(
        school=school, by=by, at=at, name=names[:200], data=data
    )
    return kept


def kept_by(user: User, *, at: datetime) -> "QuerySet[RosterFile]":
    """The lists that a person sent and has not accepted yet."""
    kept: QuerySet[RosterFile] = RosterFile.objects.filter(by=user, at__gte=at - KEPT)
    return kept


def take_over(
    roster: Roster,
    school: School,
    *,
    seen: str,
    ticked: Collection[str] = (),
    gone: Collection[Kind] = (),
    by: User,
    at: datetime,
    on: date,
) -> Plan:
    """Change what the roster says; return what was changed.

    `seen` is the digest of the plan that was looked at; another one now raises `PlanChanged`.
    `ticked` are the ids of steps with a warning that a person agreed to one by one, `gone` the
    kinds whose missing rows count as gone. Nothing is deleted: who is gone has left from `on`.
    Raises `ValidationError` for what may not be; then nothing is changed.
    """
    require(can_manage_people(by))
    try:
        with transaction.atomic():
            School.objects.select_for_update().get(pk=school.pk)
            roster = folded(roster, numbers_of_merged())
            present = Present(roster)
            full = _plan(roster, present, by)
            if full.digest != seen:
                raise PlanChanged
            wanted = [step for step in full.steps if _is_wanted(step, ticked, gone)]
            # A class can end only when its children have gone elsewhere.
            wanted.sort(key=lambda step: (step.act, step.kind) == (Act.GONE, Kind.CLASS))
            keeper = _Keeper(school, present, by, at, on)
            done = tuple(step for step in wanted if keeper.take(step))
            if done:
                _record(done, present, school, by=by, at=at)
    except IntegrityError as error:
        raise ValidationError(
            "Two classes would have the same name, or two people the same number. Nothing is "
            "changed. Rename the class here or in the list, and send it again."
        ) from error
    left = [step for step in full.steps if step.warning and step.id not in ticked]
    return replace(full, steps=done, not_ticked=tuple(left))


def _is_wanted(step: Step, ticked: Collection[str], gone: Collection[Kind]) -> bool:
    if step.warning:
        return step.id in ticked
    return step.act is not Act.GONE or step.kind in gone


def _record(
    done: tuple[Step, ...], present: Present, school: School, *, by: User, at: datetime
) -> None:
    counts = {act.value: sum(step.act is act for step in done) for act in Act}
    ids: dict[str, list[int]] = {}
    for step in done:
        name = f"{step.act.value}_{step.kind.name.lower()}"
        ids.setdefault(name, []).append(present.rows[step.kind][step.key].pk)
    agreed = [present.rows[step.kind][step.key].pk for step in done if step.warning]
    record("roster.taken-over", school, by=by.pk, at=at, agreed=agreed, **counts, **ids)


class _Keeper:
    """Writes the steps of a plan, in the order of kinds, so that what a row needs is there."""

    def __init__(self, school: School, present: Present, by: User, at: datetime, on: date) -> None:
        self.school, self.present, self.rows = school, present, present.rows
        self.by, self.at, self.on = by, at, on

    def take(self, step: Step) -> bool:
        """Do one step; False when it cannot be done because another was not."""
        row = self.rows[step.kind].get(step.key)
        if step.act is Act.GONE:
            return self._end(step.kind, row)
        if row is None and (row := self._new(step)) is None:
            return False
        self._write(step, row)
        self.rows[step.kind][step.key] = row
        return True

    def _new(self, step: Step) -> Any:
        if step.kind is not Kind.RELATION:
            return MODELS[step.kind](school=self.school, key=step.key)
        pupil = self.rows[Kind.PUPIL].get(step.key[0])
        parent = self.rows[Kind.PARENT].get(step.key[1])
        if pupil is None or parent is None:
            return None  # the child was not ticked
        return Relation(school=self.school, pupil=pupil, parent=parent)

    def _end(self, kind: Kind, row: Any) -> bool:
        if kind is Kind.STAFF:
            if staff_actions.to_do_before_leaving(row):  # since the list was looked at
                return False
            staff_actions.leave(row, on=self.on, by=self.by, at=self.at)
        elif kind is Kind.PUPIL:
            row.left_on = self.on
            row.save(update_fields=["left_on"])
        elif kind is Kind.CLASS and Pupil.objects.current().filter(school_class=row).exists():
            return False
        else:
            row.ended_on = self.on
            row.save(update_fields=["ended_on"])
        return True

    def _write(self, step: Step, row: Any) -> None:
        told = {change.field: change.new for change in step.changes}
        for field, value in told.items():
            if attribute := ATTRIBUTES.get(field):
                setattr(row, attribute, value)
        if told.get(HERE) and isinstance(row, Staff):
            staff_actions.returns(row)
        elif told.get(HERE):
            setattr(row, "left_on" if hasattr(row, "left_on") else "ended_on", None)
        if isinstance(row, Pupil) and "class" in told:
            self._place(row, told["class"], step)
        if isinstance(row, Staff) and step.act is Act.NEW:
            row.joined_on = self.on
        row.save()
        if isinstance(row, Staff):
            self._staff(row, told)
        if not SIGN_IN.isdisjoint(told):
            self._rename(row, address="email" in told)

    def _place(self, pupil: Pupil, class_key: str, step: Step) -> None:
        pupil.school_class = self.rows[Kind.CLASS].get(class_key)
        told_year = self.present.read[Kind.PUPIL][step.key]["year group"]
        if told_year is None and pupil.school_class:
            pupil.year_group = pupil.school_class.year_group

    def _staff(self, row: Staff, told: Mapping[str, Any]) -> None:
        if "classes" in told:
            listed = [self.rows[Kind.CLASS].get(key) for key in told["classes"]]
            others = [one for one in row.classes.all() if not self.present.lists(one)]
            classes = filter(None, [*listed, *others])
            row.classes.set(classes, through_defaults={"school": self.school})
        if "role" in told:
            StaffRole.objects.create(school=self.school, staff=row, role=told["role"])

    def _rename(self, row: Any, *, address: bool) -> None:
        """Keep the sign-in in step, where the row has one."""
        try:
            if isinstance(row, Parent):
                parent_actions.keep_door(row, new_address=address, at=self.at)
            elif isinstance(row, Staff) and row.user:
                rename_user(row.user, email=row.email, name=str(row))
        except ValidationError as error:
            raise ValidationError(f"{row}: {' '.join(error.messages)}") from error
