"""belisha import consents FILE: takes over a list of answers."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django_scopes import scope

from belisha.consent.importing import plan, take_over
from belisha.lib.command import Command as Base
from belisha.lib.command import WrongUse
from belisha.lib.tables import UnreadableTable
from belisha.people.models import School


class Command(Base):
    help = (
        "Write down the answers of a list: pupil,parent,purpose,answer,on[,expires]. Lines that "
        "cannot be used are named and left out; then it ends with 1."
    )

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what it adds, add nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        file, dry = options["file"], options["dry_run"]
        school = School.objects.first()
        if school is None:
            raise WrongUse("There is no school here yet. Open the site and make it first.")
        try:
            data = file.read_bytes()
            with scope(school=school):
                now = timezone.now()
                if dry:
                    done = plan(data, file.name, on=timezone.localdate(now))
                else:
                    done = take_over(data, file.name, by=None, at=now)
        except OSError as error:
            raise WrongUse(f"{file} cannot be read: {error.strerror}.") from error
        except UnreadableTable as error:
            raise WrongUse(str(error)) from error
        bad = [{"file": one.file, "line": one.line, "reason": one.reason} for one in done.bad]
        if options["json"]:
            counts = {"new": len(done.new), "there_already": len(done.there)}
            self.print_json({**counts, "bad": bad, "written": not dry})
        else:
            added = "would be added" if dry else "added"
            self.stdout.write(f"{len(done.new)} {added}, {len(done.there)} there already.")
        for one in done.bad:
            self.stderr.write(f"{one.file}, line {one.line}: {one.reason}")
        if bad:
            self.fail(f"{len(bad)} left out.")
