"""What every command of Belisha has in common."""

import errno
import json
import sys
from argparse import Action, ArgumentError, ArgumentParser, ArgumentTypeError, Namespace
from enum import StrEnum
from typing import Any, NoReturn

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

DISK_FULL = "the disk is full"


class WrongUse(CommandError):
    """The person's words or files are not usable. Ends with 2 and a sentence, never a traceback."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, returncode=2)


class Command(BaseCommand):
    """A command that can print for people, or with ``--json`` for scripts."""

    requires_system_checks: list[str] = []
    prints_json = True
    needs_school_folder = True
    # Django's own words would bury ours in --help; they work all the same.
    suppressed_base_arguments = {
        *("--version", "--verbosity", "--settings", "--pythonpath", "--traceback"),
        *("--no-color", "--force-color", "--skip-checks"),
    }

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Speak of ``belisha audit verify``, whose module is ``audit_verify``."""
        return super().create_parser("belisha", subcommand.replace("_", " "), **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        if self.prints_json:
            parser.add_argument("--json", action="store_true", help="print for scripts")
        self.arguments(parser)

    def arguments(self, parser: CommandParser) -> None:
        """Add the command's own arguments."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            if self.needs_school_folder:
                bring_up_to_date()
            return super().execute(*args, **options)
        except CommandError as error:
            if not self._called_from_command_line:  # type: ignore[attr-defined]
                raise
            self.stderr.write(str(error))  # Django would put the name of our class before it
            sys.exit(error.returncode)
        except (OSError, DatabaseError) as error:
            if (why := cause_of(error)) != DISK_FULL:
                raise
            self.fail(f"It ended half-way: {why}.")

    def print_json(self, value: Any) -> None:
        """Print `value` as one line of JSON at once, in ASCII: no terminal or pipe stumbles."""
        self.stdout.write(json.dumps(value, default=str))
        self.stdout.flush()

    def fail(self, sentence: str) -> NoReturn:
        """Say what is wrong and end with 1."""
        self.stderr.write(sentence)
        sys.exit(1)


class Once(Action):
    """An option that may be given once: of two that differ, neither is meant more."""

    def __call__(
        self, parser: ArgumentParser, said: Namespace, value: Any, option: str | None = None
    ) -> None:
        if getattr(said, self.dest) is not None:
            raise ArgumentError(self, "is there twice; say it once")
        setattr(said, self.dest, value)


def one_of(kind: type[StrEnum], says: str) -> dict[str, Any]:
    """What argparse must know of an option; a word that is not among its values is told them all.

    Capitals count for nothing. No word is guessed from its beginning.
    """
    known = ", ".join(kind)

    def value(word: str) -> StrEnum:
        if word.lower() not in set(kind):
            raise ArgumentTypeError(f"there is no {word!r}; there are {known}")
        return kind(word.lower())

    return {
        "action": Once,
        "type": value,
        "metavar": kind.__name__.upper(),
        "help": f"{says}: {known}",
    }


def cause_of(error: BaseException) -> str:
    """What stopped a command, in words. Of a full disk each part of the machine says another."""
    first: BaseException | None = error
    while first:
        is_full = isinstance(first, OSError) and first.errno == errno.ENOSPC
        if is_full or "disk is full" in str(first):
            return DISK_FULL
        first = first.__cause__ or first.__context__
    return str(error).removesuffix(".")


def bring_up_to_date() -> None:
    """Make the database of the school's folder, or bring it to this version's tables."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
