"""belisha import photos FOLDER: adds the pictures of a folder to an album."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django_scopes import scope
from tqdm import tqdm

from belisha.lib.command import Command as Base
from belisha.lib.command import WrongUse
from belisha.people.models import School, SchoolClass, Staff, User
from belisha.people.rules import Role
from belisha.photos.access import can_make_albums
from belisha.photos.actions import albums, pictures
from belisha.photos.imaging.engine import EngineFailed
from belisha.photos.imaging.unreadable import Unreadable, weigh
from belisha.photos.models import Album

SUFFIXES = {".jpg", ".jpeg", ".heic", ".heif", ".png", ".webp"}


class Command(Base):
    help = (
        "Add the pictures of a folder, without the folders in it, to an album, which is made if "
        "need be. A second run adds nothing. Pictures that cannot be read are named; then it ends "
        "with 1."
    )

    def arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("folder", type=Path)
        add("--album", required=True, metavar="TITLE", help="the newest album of that title")
        add("--class", dest="school_class", metavar="NAME", help="whose album; else the school's")
        add("--on", metavar="DATE", help="the album of that day: 2026-11-20; a new one is today's")
        add("--as", dest="email", metavar="EMAIL", help="who adds them; else the head")

    def handle(self, *args: Any, **options: Any) -> None:
        school = School.objects.first()
        if school is None:
            raise WrongUse("There is no school here yet. Open the site and make it first.")
        files, on = _pictures_of(options["folder"]), _day(options["on"])
        with scope(school=school):
            by = _who_adds(options["email"])
            album = _album(options["album"], _class(options["school_class"]), on, by)
            done = self._add(files, album, by)
        if options["json"]:
            self.print_json({"album": album.ref, **done})
        else:
            self.stdout.write(f"{done['added']} added, {done['already_here']} already here.")
        for refused in done["refused"]:
            self.stderr.write(f"{refused['photo']}: {refused['error']}")
        if done["refused"]:
            self.fail(f"{len(done['refused'])} not taken.")

    def _add(self, files: list[Path], album: Album, by: User) -> dict[str, Any]:
        added = already = 0
        refused: list[dict[str, str]] = []
        for file in tqdm(files, unit="photo", disable=None):
            try:
                weigh(file.stat().st_size)  # before it fills the memory
                result = pictures.add(
                    album, file.read_bytes(), name=file.name, by=by, at=timezone.now()
                )
            except Unreadable as error:
                refused.append({"photo": file.name, "error": error.sentence})
            except OSError as error:
                refused.append({"photo": file.name, "error": f"{error.strerror}."})
            except EngineFailed as error:
                raise CommandError(f"{error} `belisha doctor` says what is wrong.") from None
            else:
                already += result.already
                added += not result.already
        return {"added": added, "already_here": already, "refused": refused}


def _pictures_of(folder: Path) -> list[Path]:
    """The pictures of a folder, without what systems hide in it."""
    try:
        files = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in SUFFIXES
            and not path.name.startswith(".")
            and not path.is_dir()
        )
    except NotADirectoryError:
        raise WrongUse(f"{folder} is not a folder.") from None
    except OSError as error:
        raise WrongUse(f"{folder} cannot be read: {error.strerror}.") from None
    if not files:
        raise WrongUse(f"There is no picture in {folder}.")
    return files


def _day(words: str | None) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise WrongUse(f"{words} is not a date such as 2026-11-20.") from None


def _who_adds(email: str | None) -> User:
    """Whoever holds the machine names the member of staff for whom the pictures are added."""
    staff = Staff.objects.current().filter(user__isnull=False).select_related("user")
    if email:
        found = staff.filter(user__email__iexact=email).first()
        if found is None or not can_make_albums(found.user):  # a governor may not
            raise WrongUse(f"Nobody signs in as {email} who may add pictures.")
    else:
        found = staff.filter(roles__role=Role.HEAD).first()
        if found is None:
            raise WrongUse("The school has no head who can sign in. Name someone with --as.")
    by: User = found.user
    return by


def _class(name: str | None) -> SchoolClass | None:
    found: SchoolClass | None = SchoolClass.objects.current().filter(name=name).first()
    if name and found is None:
        raise WrongUse(f"There is no class called {name}.")
    return found


def _album(title: str, school_class: SchoolClass | None, on: date | None, by: User) -> Album:
    known = Album.objects.visible_to(by).filter(title=title, school_class=school_class)
    found: Album | None = (known.filter(taken_on=on) if on else known).first()
    return found or albums.make(
        title,
        taken_on=on or timezone.localdate(),
        by=by,
        at=timezone.now(),
        school_class=school_class,
    )
