"""A backup: one sealed file with everything but the key, made while the school is at work."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from belisha.audit.actions import record
from belisha.lib.sealing import derived
from belisha.people.models import School
from belisha.photos.models import SchoolKey, StoredFile
from belisha.photos.store import unwrapped
from belisha.rights.archive.bundle import PIECE, writing
from belisha.rights.archive.packing import pack
from belisha.rights.models import Backup

ENDING = "belisha"


@dataclass(frozen=True)
class Made:
    """A backup that was made. `lost` counts files that rows name and nobody has."""

    backup: Backup
    path: Path
    lost: int


def backup_key(key: bytes) -> bytes:
    """What seals a backup: made of the key of the pictures, and good for nothing else."""
    return derived(key, "backup")


def back_up(to: Path, *, at: datetime) -> Made:
    """Write everything into a new file; in a folder it gets a name with day and time.

    Nobody waits for it, and it holds all that was committed before it began. Raises
    `FileExistsError`, `BrokenSeal` when the key is not that of the school, or `OSError` when it
    cannot be written; then there is no file.
    """
    with scopes_disabled():
        for own in SchoolKey.objects.all():
            unwrapped(own)
    started = monotonic()
    path = to / f"belisha-{timezone.localtime(at):%Y-%m-%d-%H%M%S}.{ENDING}" if to.is_dir() else to
    note("backup.begun", at)  # so that the journal has a line of this very moment
    with writing(path, key=backup_key(settings.PICTURES_KEY)) as bundle:
        said = pack(bundle, kind="backup", secrets=True, at=at)
    with transaction.atomic():
        row: Backup = Backup.objects.create(
            made_at=at,
            place=str(path.absolute())[-500:],
            size=path.stat().st_size,
            sha256=digest(path),
            rows=sum(said["rows"].values()),
            files=sum(name.startswith("files/") for name in said["members"]),
            seconds=round(monotonic() - started),
        )
        note("backup.made", at)
    with scopes_disabled():
        lost = StoredFile.objects.filter(key__in=said["gone"]).count()
    return Made(row, path, lost)


def digest(path: Path) -> str:
    """The SHA-256 of a whole file, by which a backup is known again whatever its name."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()


def note(verb: str, at: datetime) -> None:
    """Write into each school's record what was done with all of it."""
    with transaction.atomic():
        for school in School.objects.all():
            record(verb, school, by=None, at=at)
