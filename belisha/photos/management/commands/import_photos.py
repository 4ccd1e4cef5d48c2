"""belisha import photos FOLDER: adds the pictures of a folder to an album."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django_scopes import scope
from tqdm import tqdm

from belisha.lib.command import Command as Base
from belisha.lib.command import WrongUse
from belisha.people.models import School, SchoolClass, Staff, User
from belisha.people.rules import Role
from belisha.photos.actions import albums, pictures
from belisha.photos.imaging.unreadable import Unreadable
from belisha.photos.models import Album

SUFFIXES = {".jpg", ".jpeg", ".heic", ".heif", ".png", ".webp"}


class Command(Base):
    help = "Add the pictures of a folder to an album, which is made if need be. Twice adds nothing."

    def arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--album", required=True, metavar="TITLE")
        parser.add_argument("--class", dest="school_class", metavar="NAME", help="else all see it")

    def handle(self, *args: Any, **options: Any) -> None:
        school = School.objects.first()
        if school is None:
            raise WrongUse("There is no school here yet. Open the site and make it first.")
        files = _pictures_of(options["folder"])
        with scope(school=school):
            album = _album(options["album"], options["school_class"])
            assert album.created_by is not None
            done = self._add(files, album, album.created_by)
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
                result = pictures.add(
                    album, file.read_bytes(), name=file.name, by=by, at=timezone.now()
                )
            except Unreadable as error:
                refused.append({"photo": file.name, "error": error.sentence})
            except OSError as error:
                refused.append({"photo": file.name, "error": f"{error.strerror}."})
            else:
                already += result.already
                added += not result.already
        return {"added": added, "already_here": already, "refused": refused}


def _pictures_of(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise WrongUse(f"{folder} is not a folder.")
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    if not files:
        raise WrongUse(f"There is no picture in {folder}.")
    return files


def _album(title: str, class_name: str | None) -> Album:
    """The newest album of that title, or a new one. Whoever holds the machine acts for the head."""
    school_class = SchoolClass.objects.current().filter(name=class_name).first()
    if class_name and school_class is None:
        raise WrongUse(f"There is no class called {class_name}.")
    found: Album | None = Album.objects.filter(title=title, school_class=school_class).first()
    head = Staff.objects.current().filter(roles__role=Role.HEAD, user__isnull=False).first()
    if head is None:
        raise WrongUse("The school has no head who can sign in.")
    return found or albums.make(
        title,
        taken_on=timezone.localdate(),
        by=head.user,
        at=timezone.now(),
        school_class=school_class,
    )
