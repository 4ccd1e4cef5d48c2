"""belisha blocklist: what the school's filter is to stop, in the form that it reads (A.2)."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import DatabaseError, connection
from django.utils import timezone
from django_scopes import scope

from belisha.channels.blocklists import Format, Group, TooMany, stopped, written
from belisha.channels.directory import WrongEntry, known
from belisha.channels.filtering import domains_for
from belisha.lib.command import Command as Base
from belisha.lib.command import one_of
from belisha.people.models import School


class Command(Base):
    help = "Print the list of domains that the school's filter stops."
    needs_school_folder = False

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--group", required=True, **one_of(Group, "for whom"))
        parser.add_argument("--format", required=True, **one_of(Format, "what the filter reads"))

    def handle(self, *args: Any, **options: Any) -> None:
        group, form, on = options["group"], options["format"], timezone.localdate()
        try:
            domains = _domains(group)
            text = written(domains, form, on=on)
        except (WrongEntry, TooMany) as why:
            raise CommandError(str(why)) from why
        if options["json"]:
            self.print_json({"group": group, "format": form, "domains": domains})
            return
        self.stdout.write(text, ending="")


def _domains(group: Group) -> list[str]:
    """Of the school, if there is one; else of the directory, of which nothing is approved."""
    name = connection.settings_dict["NAME"]
    if connection.vendor != "sqlite" or Path(name).exists():
        with suppress(DatabaseError):  # an older or an empty database
            if school := School.objects.first():
                with scope(school=school):
                    return domains_for(group, timezone.localdate())
    return stopped(known(), group)
