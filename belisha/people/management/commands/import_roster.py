"""belisha import roster FILE…: says what lists of people would change, and changes it."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.utils import timezone
from django_scopes import scope

from belisha.lib.command import Command as Base
from belisha.lib.command import WrongUse
from belisha.people.actions import roster as actions
from belisha.people.models import School, Staff, User
from belisha.people.roster import BadRoster, Roster, UnreadableTable, read_roster
from belisha.people.roster.fields import Kind
from belisha.people.roster.planning import Act, Plan, Step
from belisha.people.rules import Role


class Command(Base):
    help = "Say what lists of people (CSV files or a ZIP) change in the school; --accept does it."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--accept", action="store_true", help="change it")
        parser.add_argument(
            "--gone", action="store_true", help="with --accept: who is not listed has left"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        schools = School.objects.all()[:2]
        if len(schools) != 1:
            raise WrongUse(
                "There must be exactly one school here. Open the site and make it first."
            )
        (school,) = schools
        roster = _read(options["files"])
        with scope(school=school):
            by = _head()
            plan = actions.plan(roster, by=by)
            waiting = [step for step in plan.steps if step.warning]
            if options["accept"]:
                plan = _take_over(roster, school, plan, gone=options["gone"], by=by)
        if options["json"]:
            self._print_json(plan, waiting, accepted=options["accept"])
        else:
            self._tell(plan, waiting, accepted=options["accept"])

    def _print_json(self, plan: Plan, waiting: list[Step], *, accepted: bool) -> None:
        steps = [
            {"kind": step.kind.name.lower(), "act": step.act.value, "key": step.id}
            for step in plan.steps
        ]
        self.print_json(
            {
                **_counts(plan),
                "accepted": accepted,
                "steps": steps,
                "waiting": [step.id for step in waiting],
                "bad_lines": [vars(line) for line in plan.bad_lines],
                "notes": plan.notes,
            }
        )

    def _tell(self, plan: Plan, waiting: list[Step], *, accepted: bool) -> None:
        for step in plan.steps:
            said = f": {step.said}" if step.said else ""
            self.stdout.write(f"{step.act}, {step.kind}: {step.label}{said}")
        counts = ", ".join(f"{count} {name}" for name, count in _counts(plan).items())
        self.stdout.write(f"{counts}. {'It is done.' if accepted else 'Nothing is changed yet.'}")
        for step in waiting:
            self.stderr.write(f"Not without a tick on the page: {step.label}. {step.warning}")
        for note in plan.notes:
            self.stderr.write(note)
        for line in plan.bad_lines:
            self.stderr.write(f"{line.file}, line {line.line}: {line.reason}")


def _counts(plan: Plan) -> dict[str, int]:
    return {act.value: len(plan.of(act)) for act in Act} | {"unchanged": plan.unchanged}


def _take_over(roster: Roster, school: School, plan: Plan, *, gone: bool, by: User) -> Plan:
    now = timezone.now()
    try:
        return actions.take_over(
            roster,
            school,
            seen=plan.digest,
            gone=set(Kind) if gone else (),
            by=by,
            at=now,
            on=timezone.localdate(now),
        )
    except actions.PlanChanged:
        raise WrongUse("The school has changed meanwhile. Do it once more.") from None
    except ValidationError as error:
        raise WrongUse(" ".join(error.messages)) from None


def _read(paths: list[Path]) -> Roster:
    try:
        return read_roster({path.name: path.read_bytes() for path in paths})
    except OSError as error:
        raise WrongUse(f"{error.filename} cannot be read: {error.strerror}.") from None
    except (BadRoster, UnreadableTable) as error:
        raise WrongUse(str(error)) from None


def _head() -> User:
    """Whoever holds the machine acts for the head."""
    head = Staff.objects.current().filter(roles__role=Role.HEAD, user__isnull=False).first()
    if head is None:
        raise WrongUse("The school has no head who can sign in.")
    user: User = head.user
    return user
