"""The journal beside a database that runs: kept whole, kept short, and compared."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from belisha.audit import journal
from belisha.audit.actions import record
from belisha.audit.journal import Line
from belisha.audit.models import Chain
from belisha.people.models import School
from belisha.rights.backups.again import Again, missing, say_again
from belisha.rights.models import Restore

MARGIN = timedelta(days=7)  # a backup that is kept a little too long still has its journal


def waiting() -> list[Line]:
    """What the journal knows and this database does not. Raises `BrokenSeal`."""
    with scopes_disabled():
        return list(missing(list(journal.lines())))


def apply(at: datetime) -> Again:
    """Do again what was said no to, in a database that somebody put back by hand."""
    with scopes_disabled():
        heads = {str(chain.school_id): chain.head for chain in Chain.objects.all()}
        again = say_again(journal.folder(), heads=heads, at=at)
    with transaction.atomic():
        Restore.objects.create(
            at=at,
            made_at=at,
            journal=True,
            until=again.until,
            again=len(again.done),
            left=again.left,
        )
        for school in School.objects.all():
            record("journal.said-again", school, by=None, at=at, acts=len(again.done))
    return again


def make_whole() -> int:
    """Write what was committed but not written when the machine ended suddenly; return how much.

    Only what the journal once began is gone on with: a line of before its first day stays out.
    """
    last: dict[int, int] = {}
    for line in journal.lines():
        last[line.school_id] = max(last.get(line.school_id, 0), line.id)
    return sum(journal.catch_up(school_id, last=pk) for school_id, pk in last.items())


def keep_short(at: datetime, *, days: int) -> int:
    """Forget what no backup needs any more; `days` is how long a backup is kept."""
    return journal.forget(timezone.localdate(at) - timedelta(days=days) - MARGIN)
