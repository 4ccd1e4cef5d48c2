"""What `belisha doctor` looks at. It only looks: nothing is made, changed or mended here."""

import hashlib
import importlib
import os
import platform
import re
import sqlite3
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_scopes import scope

from belisha.audit.actions import verify
from belisha.lib import room
from belisha.lib.sealing import BrokenSeal
from belisha.people.delivery import why_not_connected
from belisha.people.models import School
from belisha.photos.engine import engine
from belisha.photos.imaging.engine import EngineFailed
from belisha.photos.imaging.faces.sessions import WEIGHTS
from belisha.photos.imaging.film.engine import protection as clips_are_opened_with
from belisha.photos.models import SchoolKey
from belisha.photos.store import unwrapped
from belisha.rights.backups.journal import waiting
from belisha.rights.standing import is_there, standing

PARTS = ("argon2", "cryptography", "granian", "numpy", "onnxruntime", "PIL", "pi_heif", "pyvips")
Check = Callable[[], Iterator["Finding"]]
NO_ROOM = 200 << 20  # bytes
A_PICTURE = Path(__file__).parent / "demonstration" / "pictures" / "bridge-day" / "01.jpg"


class State(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """What one look found, in plain words, and what to do about it."""

    about: str
    state: State
    says: str
    to_do: str = ""


def ok(about: str, says: str) -> Finding:
    return Finding(about, State.OK, says)


def warning(about: str, says: str, to_do: str) -> Finding:
    return Finding(about, State.WARNING, says, to_do)


def wrong(about: str, says: str, to_do: str) -> Finding:
    return Finding(about, State.WRONG, says, to_do)


def look() -> Iterator[Finding]:
    """Take every look in turn. What lies in the database is looked at only when that is well."""
    for check in CHECKS:
        yield from _taken(check)
    if not _there_is_a_database():
        yield warning("database", "There is no school here yet.", "`belisha serve` makes it.")
        return
    about_database = _taken(the_database)
    yield from about_database
    if all(finding.state is State.OK for finding in about_database):
        for check in IN_THE_DATABASE:
            yield from _taken(check)


def _taken(check: Check) -> list[Finding]:
    """What a look finds. A broken installation breaks looks in any way: that is a finding too."""
    try:
        return list(check())
    except Exception as error:
        about = check.__name__.removeprefix("the_").replace("_", " ")
        return [wrong(about, f"The {about} cannot be used: {error}.", TO_DO[check])]


def the_program() -> Iterator[Finding]:
    yield ok("Python", f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}.")
    missing = [part for part in PARTS if not _imports(part)]
    if missing:
        yield wrong(
            "parts", f"These parts do not load: {', '.join(missing)}.", "Run `make install` again."
        )
    else:
        yield ok("parts", "Every part that Belisha needs is there.")


def the_face_finder() -> Iterator[Finding]:
    known = (WEIGHTS / "README.md").read_text()
    files = sorted(WEIGHTS.glob("*.onnx"))
    strange = [file.name for file in files if _digest(file) not in known]
    if strange or not files:
        yield wrong(
            "face finder",
            f"The face finder is not the one that was shipped: {', '.join(strange) or 'missing'}.",
            "Get Belisha anew.",
        )
    else:
        yield ok("face finder", "The face finder is the one that was shipped.")


def the_folder() -> Iterator[Finding]:
    folder = settings.DATA
    if not folder.is_dir():
        yield warning(
            "folder", f"There is no folder {folder} yet.", "`belisha serve` makes it and a school."
        )
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield wrong(
            "folder", f"Belisha may not write in {folder}.", f"Give it to its user: chown {folder}"
        )
    elif mode := _seen_by_others(folder):
        yield wrong("folder", f"Others may look into {folder} ({mode}).", f"chmod 700 {folder}")
    else:
        yield ok("folder", f"The school is kept in {folder}, which others cannot open.")
    free = room.free()
    left = f"{free / 2**30:.1f} GiB are free."
    if free < room.LITTLE:
        report = wrong if free < NO_ROOM else warning
        yield report("room", left, "Make room, or move the folder to a larger disk.")
    else:
        yield ok("room", left)


def the_keys() -> Iterator[Finding]:
    for name, path in (
        ("key of sign-ins", settings.DATA / "secrets" / "session.key"),
        ("key of the pictures", settings.KEY_FILE),
    ):
        yield _key(name, path)


def _key(name: str, path: Path) -> Finding:
    if not path.exists():
        if not _there_is_a_database():
            return warning(name, f"There is no {name} yet.", "`belisha serve` makes it.")
        return wrong(
            name,
            f"The {name} is missing: {path}.",
            "Put the file back from where you keep a copy. Start nothing before: without it "
            "Belisha makes another, which does not fit.",
        )
    if not os.access(path, os.R_OK):
        return wrong(name, f"Belisha may not read {path}.", f"Give it to its user: chown {path}")
    if not re.fullmatch("[0-9a-f]{64}", path.read_text(errors="replace").strip()):
        return wrong(name, f"{path} is not a key.", "Put the file back from your copy.")
    if mode := _seen_by_others(path):
        return wrong(name, f"Others may read {path} ({mode}).", f"chmod 600 {path}")
    return ok(name, f"The {name} is there, and only its owner reads it.")


def the_address() -> Iterator[Finding]:
    if settings.SECURE:
        yield ok("address", f"People open {settings.ADDRESS}.")
    elif settings.ADDRESS:
        yield wrong(
            "address",
            f"{settings.ADDRESS} does not begin with https://: passwords travel in the open.",
            "Set BELISHA_ADDRESS to an https address.",
        )
    else:
        yield ok("address", "BELISHA_ADDRESS is not set: only this machine can open the site.")


def the_mail() -> Iterator[Finding]:
    server = settings.MAIL
    how = (
        "Set BELISHA_MAIL, such as smtp://user@mail.example:587, the password's file in "
        "BELISHA_MAIL_PASSWORD_FILE, and the sender in BELISHA_MAIL_FROM. Start Belisha again."
    )
    if server.wrong:
        yield warning("mail", server.wrong, how)
    elif trouble := why_not_connected():
        yield warning("mail", f"{trouble} ({server.host}:{server.port})", how)
    elif server.in_the_open:
        yield warning(
            "mail",
            f"Mail travels in the open to {server.host}.",
            "Take ?tls=none away from BELISHA_MAIL, or write smtps://.",
        )
    else:
        yield ok("mail", f"{server.host} takes our mail, from {server.sender}.")


def the_pictures() -> Iterator[Finding]:
    with engine().opened(A_PICTURE.read_bytes(), faces=True) as picture:
        view, _ = picture.renditions()
        found = len(picture.faces)
    if view and found:
        yield ok("pictures", f"A picture was read and {found} faces were found in it.")
    else:
        yield wrong("pictures", "No face is found in a picture with faces.", "Get Belisha anew.")
    held = engine().protection()
    if any("no network" in one for one in held):
        yield ok("confinement", f"Strangers' pictures are opened with {', '.join(held)}.")
    else:
        yield warning(
            "confinement",
            f"Strangers' pictures are opened with {', '.join(held)} only.",
            "Linux on x86-64 or ARM confines them better.",
        )


def the_clips() -> Iterator[Finding]:
    try:
        held = clips_are_opened_with()
    except EngineFailed:
        yield wrong("clips", "Clips cannot be opened on this machine.", "Get Belisha anew.")
    else:
        yield ok("clips", f"Strangers' clips are opened with {', '.join(held) or 'no limits'}.")


def the_database() -> Iterator[Finding]:
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        yield ok("database", f"PostgreSQL answers, version {connection.pg_version // 10000}.")  # type: ignore[attr-defined]
    else:
        yield from _sqlite()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield warning(
            "tables", "The tables are of an older version.", "`belisha serve` brings them up."
        )
    else:
        yield ok("tables", "The tables are of this version.")


def _sqlite() -> Iterator[Finding]:
    said = _pragma("quick_check")
    if said != "ok":
        yield wrong("database", f"The database is damaged: {said}.", "Restore your last backup.")
        return
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    off = [name for name, value in expected.items() if _pragma(name) != value]
    if off:
        yield wrong(
            "database",
            f"SQLite does not keep to {', '.join(off)} here: answers could be lost.",
            "Move the folder to a disk of this machine: no network or memory disk.",
        )
    else:
        yield ok("database", "The database is whole, and an answer is on the disk once it is said.")


def the_school() -> Iterator[Finding]:
    school = School.objects.first()
    if school is None:
        yield warning("school", "There is no school yet.", "Run `belisha serve` and open its page.")
        return
    if school.demonstration:
        yield ok("school", "This is a demonstration. Put no real child in it.")
    else:
        yield ok("school", f"This is a real school: {school.name}.")
        if settings.KEY_FILE.is_relative_to(settings.DATA):
            yield warning(
                "place of the key",
                "The key of the pictures lies in the school's folder, and so in its backups.",
                "Move it elsewhere, keep a copy apart, and set BELISHA_KEY_FILE.",
            )


def the_seals() -> Iterator[Finding]:
    keys = list(SchoolKey.objects.all())
    try:
        for key in keys:
            unwrapped(key)
    except BrokenSeal:
        yield wrong(
            "pictures' seals",
            f"The key in {settings.KEY_FILE} does not open this school's pictures.",
            "Put back the key that they were sealed with.",
        )
    else:
        yield ok("pictures' seals", "The key opens the school's pictures.")


def the_record() -> Iterator[Finding]:
    results = list(verify())
    broken = [first for _, _, first in results if first]
    if broken:
        row, why = broken[0]
        yield wrong(
            "record",
            f"Row {row} of the record is wrong: {why}.",
            "Someone changed the database by hand. Keep a copy and tell the head.",
        )
    else:
        yield ok("record", f"The record is whole: {sum(rows for _, rows, _ in results)} rows.")


def the_journal() -> Iterator[Finding]:
    missing = waiting()
    if missing:
        yield wrong(
            "journal",
            f"The database lacks {len(missing)} acts that the journal has: it was put back by "
            "hand. What families said no to may be shown.",
            "`belisha journal --apply`",
        )
    else:
        yield ok("journal", "The database has all that the journal has.")
    school = School.objects.first()
    inside = Path(settings.JOURNAL).is_relative_to(settings.DATA)
    if school and not school.demonstration and inside:
        yield warning(
            "place of the journal",
            "The journal lies in the school's folder. With the folder both are lost.",
            "Set BELISHA_JOURNAL to a folder on another disk.",
        )


def the_backups() -> Iterator[Finding]:
    school = School.objects.first()
    if school is None or school.demonstration:
        return
    with scope(school=school):
        here = standing(timezone.localdate())
    if here.is_old:
        yield warning("backups", f"Last backup: {here.made}.", "`belisha backup FILE`, each night.")
    else:
        yield ok("backups", f"Last backup: {here.made}.")
    if here.proof_is_due:
        yield warning(
            "proof", f"A backup was last proven: {here.proven}.", "`belisha restore --prove FILE`"
        )
    else:
        yield ok("proof", f"A backup was last proven: {here.proven}.")
    if old := [row for row in here.too_old if is_there(row)]:
        yield warning(
            "old backups",
            f"{len(old)} backups are kept too long, such as {old[-1].place}.",
            "Delete them: they hold what was deleted.",
        )
    if any(not row.journal for row in here.restores):
        yield warning(
            "restore",
            "This school was restored without a journal: some answers of families are lost.",
            "Ask the families, then say so on the page Backups.",
        )


def the_look() -> Iterator[Finding]:
    if (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield ok("look", "Style sheets and icons are in place.")
    else:
        yield warning("look", "Style sheets are not in place yet.", "`belisha serve` puts them.")


CHECKS: tuple[Check, ...] = (
    the_program,
    the_face_finder,
    the_folder,
    the_keys,
    the_address,
    the_mail,
    the_look,
    the_pictures,
    the_clips,
)
IN_THE_DATABASE: tuple[Check, ...] = (
    the_school,
    the_seals,
    the_record,
    the_journal,
    the_backups,
)
# What to do when a look cannot even be taken.
TO_DO: dict[Check, str] = {
    **dict.fromkeys(CHECKS, "Run `make install` again, and give the folder to its user."),
    **dict.fromkeys(IN_THE_DATABASE, "Restore your last backup."),
    the_database: "Restore your last backup, or see that PostgreSQL runs.",
}


def _there_is_a_database() -> bool:
    # SQLite would make an empty file where there is none.
    return connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).exists()


def _pragma(name: str) -> object:
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {name}").fetchone()[0]


def _imports(part: str) -> bool:
    try:
        importlib.import_module(part)
    except (ImportError, OSError):
        return False
    return True


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _seen_by_others(path: Path) -> str:
    """The mode of a file or folder that others than its owner may open, else nothing."""
    mode = stat.S_IMODE(path.stat().st_mode)
    return oct(mode)[2:] if os.name == "posix" and mode & 0o077 else ""
