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
from belisha.people.roster.planning import Act, Kind, Plan
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
        school = School.objects.first()
        if school is None:
            raise WrongUse("There is no school here yet. Open the site and make it first.")
        roster = _read(options["files"])
        with scope(school=school):
            if options["accept"]:
                plan = self._take_over(roster, school, gone=options["gone"])
            else:
                plan = actions.plan(roster)
        self._tell(plan, options["json"], done=options["accept"])

    def _take_over(self, roster: Roster, school: School, *, gone: bool) -> Plan:
        now = timezone.now()
        try:
            return actions.take_over(
                roster,
                school,
                ticked=(),
                gone=set(Kind) if gone else (),
                by=_head(),
                at=now,
                on=timezone.localdate(now),
            )
        except ValidationError as error:
            raise WrongUse(" ".join(error.messages)) from None

    def _tell(self, plan: Plan, as_json: bool, *, done: bool) -> None:
        counts = {act.value: len(plan.of(act)) for act in Act} | {"unchanged": plan.unchanged}
        if as_json:
            steps = [
                {"kind": step.kind.name.lower(), "act": step.act.value, "key": step.id}
                for step in plan.steps
            ]
            bad = [vars(line) for line in plan.bad_lines]
            self.print_json(counts | {"accepted": done, "steps": steps, "bad_lines": bad})
            return
        said = ", ".join(f"{count} {name}" for name, count in counts.items())
        self.stdout.write(f"{said}. {'It is done.' if done else 'Nothing is changed yet.'}")
        for note in plan.notes:
            self.stderr.write(note)
        for line in plan.bad_lines:
            self.stderr.write(f"{line.file}, line {line.line}: {line.reason}")


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
