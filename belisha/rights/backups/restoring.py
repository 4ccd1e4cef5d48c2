"""A backup or an archive put into an empty installation, and what was said no to since, again."""

import shutil
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django_scopes import scopes_disabled

from belisha.audit.actions import record, verify
from belisha.people.models import School
from belisha.rights.archive.bundle import Bundle, Unusable, opened
from belisha.rights.archive.figures import figures
from belisha.rights.archive.loading import load_opened_files, load_rows, made_at, refuse_unknown
from belisha.rights.backups.again import Again, say_again
from belisha.rights.backups.making import backup_key
from belisha.rights.backups.place import emptied, refuse_unless_empty
from belisha.rights.models import Restore


@dataclass(frozen=True)
class Restored:
    """What a restore did: when the bundle was made, how much there is, and what was said again."""

    made_at: datetime
    rows: int
    files: int
    figures: dict[str, int]  # as the bundle brought them, before anything was said again
    again: Again = field(default_factory=Again)


def restore(path: Path, *, key: bytes, journal: Path | None, at: datetime) -> Restored:
    """Fill this empty installation from a backup; then do again what the journal says.

    `journal` is the folder of a journal; without one, that of these settings is used, or else the
    one that the backup names, if it is there. Everything in the file is checked first. Raises
    `Unusable` or `NotEmpty`; then nothing was changed.
    """
    settings.PICTURES_KEY = key
    refuse_unless_empty(settings.DATA)
    with opened(path, key=backup_key(key)) as bundle:
        refuse_unknown(bundle, "backup")
        lines, ours = _journal(bundle, journal), Path(settings.JOURNAL)
        bundle.check()
        with emptied(settings.DATA):
            rows = load_rows(bundle)
            files = _lay_files(bundle)
            _proven_record()
            found = figures()
            if lines and lines.resolve() != ours.resolve():
                _take_over(lines)
            with scopes_disabled():
                again = say_again(lines, heads=bundle.manifest["heads"], at=at)
            _remember(bundle, again, at)
    return Restored(made_at(bundle), rows, files, found, again)


def import_archive(path: Path, *, at: datetime) -> Restored:
    """Fill this empty installation from an open archive. Raises as `restore` does."""
    refuse_unless_empty(settings.DATA)
    with opened(path, key=None) as bundle:
        refuse_unknown(bundle, "archive")
        bundle.check()
        with emptied(settings.DATA):
            rows = load_rows(bundle)
            with scopes_disabled():
                files = load_opened_files(bundle)
            _proven_record()
            found = figures()
            _remember(bundle, Again(), at)
    return Restored(made_at(bundle), rows, files, found)


def _journal(bundle: Bundle, named: Path | None) -> Path | None:
    """The folder of the journal, if there is one."""
    if named is not None:
        if not named.is_dir():
            raise Unusable(f"There is no journal at {named}.")
        return named
    places = (Path(settings.JOURNAL), Path(bundle.manifest["journal"]))
    return next((place for place in places if any(place.glob("*.journal"))), None)


def _take_over(lines: Path) -> None:
    """Let the new journal begin with the old one, so that a later restore knows of all of it."""
    Path(settings.JOURNAL).mkdir(mode=0o700, parents=True, exist_ok=True)
    for day in lines.glob("*.journal"):
        shutil.copyfile(day, Path(settings.JOURNAL) / day.name)


def _lay_files(bundle: Bundle) -> int:
    """Put the sealed files into the store, as they lay."""
    names = [name for name in bundle.members if name.startswith("files/")]
    for name in names:
        key = name.removeprefix("files/")
        path: Path = settings.MEDIA_ROOT / key[:2] / key
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        with path.open("wb") as file:
            for piece in bundle.pieces(name):
                file.write(piece)
    return len(names)


def _proven_record() -> None:
    """Raises `Unusable` for a record that somebody changed before the backup was made."""
    if broken := [first for _, _, first in verify() if first]:
        raise Unusable(f"The record is not whole: row {broken[0][0]}, {broken[0][1]}.")


@transaction.atomic
def _remember(bundle: Bundle, again: Again, at: datetime) -> None:
    Restore.objects.create(
        at=at,
        made_at=made_at(bundle),
        journal=again.there,
        until=again.until,
        again=len(again.done),
        left=again.left,
    )
    for school in School.objects.all():
        verb = f"{bundle.manifest['kind']}.restored"
        record(verb, school, by=None, at=at, made_at=bundle.manifest["made_at"])
