"""What can be done about backups and archives on a page."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.lib.sealing import BrokenSeal, SealedFile, derived
from belisha.people.access import require
from belisha.people.actions.mail import post
from belisha.people.models import School, Staff, User
from belisha.people.rules import SAFEGUARDING, Role
from belisha.rights.access import can_keep_backups, can_take_along
from belisha.rights.archive.bundle import ABOUT, PIECE
from belisha.rights.archive.packing import NotWhole
from belisha.rights.archive.taking import write_archive
from belisha.rights.backups.making import digest
from belisha.rights.models import Backup, Restore, Takeaway

LIES_FOR = timedelta(hours=24)
LEASE = timedelta(hours=2)


@transaction.atomic
def ask_for_archive(school: School, *, why: str, by: User, at: datetime) -> Takeaway:
    """Ask for an archive of everything. The safeguarding leads and other heads are told at once.

    Raises `ValidationError` while another is being made.
    """
    require(can_take_along(by))
    School.objects.select_for_update().get(pk=school.pk)
    if Takeaway.objects.waiting().exists():
        raise ValidationError("An archive is being made already. It will be here soon.")
    row: Takeaway = Takeaway.objects.create(
        school=school, why=why.strip(), asked_at=at, asked_by=by
    )
    record("archive.asked", row, by=by.pk, at=at)
    roles = [role.value for role in (Role.HEAD, *SAFEGUARDING)]
    told = Staff.objects.current().filter(roles__role__in=roles).exclude(user=by).exclude(email="")
    for person in told.distinct():
        post(
            school,
            to=person.email,
            subject="Somebody takes all records along",
            body=f"{by.name} asked for an archive of everything that {school.name} keeps in "
            f"Belisha.\n\nIf this surprises you, speak to them today.\n",
            kind="archive",
            at=at,
            about=row,
        )
    return row


def make_archive(row: Takeaway, *, at: datetime) -> None:
    """Write the archive that was asked for, sealed, where only the site finds it."""
    path = path_of(row)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # whoever began it died of it
    try:
        write_archive(path, at=at, key=_key())
    except (NotWhole, OSError):
        Takeaway.objects.filter(pk=row.pk).update(failed_at=at)
        raise
    with SealedFile(path, _key(), ABOUT) as file:
        size = file.size
    with transaction.atomic():
        row.made_at, row.size, row.sha256 = at, size, digest(path)
        row.use_by = at + LIES_FOR
        row.save(update_fields=["made_at", "size", "sha256", "use_by"])
        record("archive.made", row, by=None, at=at)


def fetch_archive(row: Takeaway, *, by: User, at: datetime) -> Iterator[bytes]:
    """The archive in pieces, unsealed; that it was fetched is written down first.

    Raises `ValidationError` when it is not there any more.
    """
    require(can_take_along(by))
    if not Takeaway.objects.good(at).filter(pk=row.pk).exists():
        raise ValidationError("This archive is not here any more. Ask for another.")
    try:
        file = SealedFile(path_of(row), _key(), ABOUT)
    except (OSError, BrokenSeal):
        raise ValidationError("This archive cannot be read. Ask for another.") from None
    with transaction.atomic():
        row.fetched_at = row.fetched_at or at
        row.save(update_fields=["fetched_at"])
        record("archive.fetched", row, by=by.pk, at=at)
    return _pieces(file)


def _pieces(file: SealedFile) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def forget_archives(at: datetime) -> None:
    """Remove the files of archives whose day is over."""
    for row in Takeaway.objects.filter(use_by__lte=at):
        path_of(row).unlink(missing_ok=True)


@transaction.atomic
def say_gone(row: Backup, *, by: User, at: datetime) -> None:
    """Write down that a backup lies nowhere any more."""
    require(can_keep_backups(by))
    row = Backup.objects.select_for_update().get(pk=row.pk)
    if row.gone_on is None:
        row.gone_on = timezone.localdate(at)
        row.save(update_fields=["gone_on"])
        record("backup.gone", by.school, by=by.pk, at=at, backup=row.pk)


@transaction.atomic
def say_looked(*, by: User, at: datetime) -> int:
    """Somebody has looked at all that a restore could not do again; return how many restores."""
    require(can_keep_backups(by))
    count: int = Restore.objects.filter(seen_at=None).update(seen_at=at)
    if count:
        record("journal.looked", by.school, by=by.pk, at=at, restores=count)
    return count


def path_of(row: Takeaway) -> Path:
    return Path(settings.DATA) / "archives" / f"{row.ref}.sealed"


def _key() -> bytes:
    return derived(settings.PICTURES_KEY, "takeaway")
