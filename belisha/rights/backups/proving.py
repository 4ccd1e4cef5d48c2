"""Proving a backup: restoring it into a temporary folder, as on the day it is needed."""

import json
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from belisha.audit.actions import record
from belisha.people.models import School
from belisha.rights.archive.bundle import opened
from belisha.rights.backups.keys import put_key
from belisha.rights.backups.making import backup_key, digest
from belisha.rights.backups.place import has_school
from belisha.rights.models import Backup


class NotProven(ValueError):
    """The backup could not be restored whole; the text says what was wrong."""


def prove(path: Path, *, key: bytes, at: datetime) -> dict[str, int]:
    """Restore a backup to the side with the usual command, and look at all that came in.

    The key is needed, and as much room as the school takes. Every row is counted, the record is
    walked, every picture is opened. Returns the figures. Raises `NotProven` or `Unusable`.
    """
    with opened(path, key=backup_key(key)) as bundle:
        expected: dict[str, int] = bundle.manifest["figures"]
        gone = bundle.manifest["gone"]
    with tempfile.TemporaryDirectory(prefix="belisha-proof-") as folder:
        place = Path(folder)
        put_key(key, place / "key")
        school = {"BELISHA_DATA": str(place / "school"), "BELISHA_KEY_FILE": str(place / "key")}
        environment = os.environ | school | {"BELISHA_DATABASE": "", "BELISHA_JOURNAL": ""}
        environment.pop("BELISHA_ONLY_LOOK", None)
        (place / "nothing").mkdir()
        words = ["restore", str(path.absolute()), "--journal", str(place / "nothing"), "--json"]
        found: dict[str, int] = json.loads(_run(words, environment))["figures"]
        if other := [name for name, count in expected.items() if found.get(name) != count]:
            raise NotProven(f"The backup has other {other[0]} than the school had.")
        files = json.loads(_run(["pictures", "verify", "--json"], environment, may_fail=True))
        if files["broken"] or files["missing"] > len(gone):
            raise NotProven(f"{files['broken'] + files['missing']} of its files do not open.")
    _remember(path, at)
    return found


def _run(words: list[str], environment: dict[str, str], *, may_fail: bool = False) -> str:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "belisha.cli", *words],
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode and not may_fail:
        raise NotProven(done.stderr.strip() or f"`belisha {words[0]}` ended with an error.")
    return done.stdout


def _remember(path: Path, at: datetime) -> None:
    """Write down that it was proven, if this is the school whose backup it is."""
    if not (settings.DATA.exists() and has_school()):
        return
    with transaction.atomic():
        rows = Backup.objects.filter(sha256=digest(path)).update(proven_at=at)
        for school in School.objects.all() if rows else ():
            record("backup.proven", school, by=None, at=at)
