"""belisha import policy FILE: a document that the school has becomes a draft of its policy."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.utils import timezone
from django_scopes import scope

from belisha.lib.command import Command as Base
from belisha.lib.command import WrongUse
from belisha.people.models import School, Staff, User
from belisha.people.rules import Role
from belisha.policy.actions.documents import draft_from
from belisha.policy.importing import Unreadable, read
from belisha.policy.models.documents import MAIN
from belisha.policy.outline import Outline


class Command(Base):
    help = (
        "Make a draft of the school's policy from a DOCX, ODT, PDF, HTML, Markdown or text file. "
        "With --dry-run it only says what it finds, and needs no school. A file that cannot be "
        "read ends with 1."
    )

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="say what it finds, keep nothing"
        )

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.needs_school_folder = not options["dry_run"]
        return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> None:
        outline = self._read(options["file"])
        said = as_json(outline)
        if not options["dry_run"]:
            said["draft"] = _draft(outline)
        if options["json"]:
            self.print_json(said)
        else:
            self._tell(outline, said.get("draft"))

    def _read(self, file: Path) -> Outline:
        try:
            return read(file)
        except IsADirectoryError:
            self.fail(f"{file} is a folder. Name the file in it.")
        except OSError as error:
            self.fail(f"{file} cannot be read: {error.strerror}.")
        except Unreadable as error:
            self.fail(str(error))
        raise AssertionError("fail ends the command")

    def _tell(self, outline: Outline, draft: str | None) -> None:
        self.stdout.write(outline.title)
        for key, value in outline.front.items():
            self.stdout.write(f"{key}: {value}")
        heading = None
        for item in outline.items:
            if item.heading != heading:
                heading = item.heading
                self.stdout.write(f"\n{heading}")
            number = f"{item.number} " if item.number else "- " if item.level else ""
            self.stdout.write(f"{'  ' * item.level}{number}{item.text}")
        kept = f"Draft {draft} is made." if draft else "Nothing is kept."
        self.stdout.write(f"\n{len(outline.items)} clauses and paragraphs found. {kept}")


def as_json(outline: Outline) -> dict[str, Any]:
    """What ``--json`` prints: title, front matter, and each clause with number, heading, text."""
    clauses = [
        {"number": item.number, "heading": item.heading, "text": item.text}
        for item in outline.items
    ]
    return {"title": outline.title, "front": dict(outline.front), "clauses": clauses}


def _draft(outline: Outline) -> str:
    """Make the draft; give its number, such as ``2.0``."""
    schools = School.objects.all()[:2]
    if len(schools) != 1:
        raise WrongUse("There must be exactly one school here. Open the site and make it first.")
    (school,) = schools
    with scope(school=school):
        try:
            version = draft_from(MAIN, outline, by=_head(), at=timezone.now())
        except ValidationError as error:
            raise WrongUse(" ".join(error.messages)) from None
    return version.label


def _head() -> User:
    """Whoever holds the machine acts for the head."""
    head = Staff.objects.current().filter(roles__role=Role.HEAD, user__isnull=False).first()
    if head is None:
        raise WrongUse("The school has no head who can sign in.")
    user: User = head.user
    return user
