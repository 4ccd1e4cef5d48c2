"""How the backups stand today."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import timezone

from belisha.photos.models import Period
from belisha.photos.retention import Keeps, in_days
from belisha.rights.models import Backup, Restore
from belisha.rights.rules import days_since, is_old, proof_is_due


@dataclass(frozen=True)
class Standing:
    """The last backup, the last proof, what is kept too long, and restores to look at."""

    on: date
    made_on: date | None
    proven_on: date | None
    too_old: list[Backup]
    restores: list[Restore]

    @property
    def is_old(self) -> bool:
        return is_old(self.made_on, self.on)

    @property
    def proof_is_due(self) -> bool:
        return proof_is_due(self.proven_on, self.on)

    @property
    def made(self) -> str:
        return days_since(self.made_on, self.on)

    @property
    def proven(self) -> str:
        return days_since(self.proven_on, self.on)


def standing(on: date) -> Standing:
    """How it stands on a day, for the school in scope, which says how long backups are kept."""
    days = kept_for()
    last, proven = Backup.objects.first(), Backup.objects.proven().first()
    return Standing(
        on=on,
        made_on=timezone.localdate(last.made_at) if last else None,
        proven_on=timezone.localdate(proven.proven_at) if proven else None,
        too_old=[row for row in Backup.objects.kept() if row.keep_until(days) < on],
        restores=list(Restore.objects.filter(seen_at=None)),
    )


def kept_for() -> int:
    """For how many days the school keeps a backup: what deletions tell people follows from it."""
    return in_days(Period.objects.said(), Keeps.BACKUPS)


def is_there(row: Backup) -> bool:
    """Whether the file still lies where it was put. Elsewhere nobody here can see it."""
    return Path(row.place).exists()
