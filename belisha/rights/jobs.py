"""What happens in the background: archives are made and forgotten; the journal is kept."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.lib.seldom import Seldom
from belisha.people.models import School
from belisha.rights.actions.archives import LEASE, forget_archives, make_archive
from belisha.rights.actions.requests import forget_old
from belisha.rights.backups.journal import keep_short, make_whole
from belisha.rights.models import Backup, Takeaway
from belisha.rights.standing import is_there, kept_for

LOOK = Seldom(timedelta(hours=6))
KNOWN_FOR = timedelta(days=365)  # that a backup was there, or that somebody took all along


def make_archives(at: datetime) -> bool:
    """Make the archive that waits longest; return whether there was one."""
    with scopes_disabled(), transaction.atomic():
        free = Q(leased_until=None) | Q(leased_until__lt=at)
        waiting = Takeaway.objects.waiting().filter(free).order_by("asked_at")
        row: Takeaway | None = waiting.select_for_update(skip_locked=True, of=("self",)).first()
        if row is None:
            return False
        row.leased_until = at + LEASE
        row.save(update_fields=["leased_until"])
    with scope(school=row.school):
        make_archive(row, at=timezone.now())
    return True


def keep_house(at: datetime) -> bool:
    """Four times a day: forget old archives and requests, keep the journal whole and short, and
    see which backups are gone whose time is over."""
    if not LOOK.is_time(at):
        return False
    with scopes_disabled():
        forget_archives(at)
        Takeaway.objects.filter(asked_at__lt=at - KNOWN_FOR).delete()
        schools = list(School.objects.all())
    days = 0
    for school in schools:
        with scope(school=school):
            forget_old(at)
            days = max(days, kept_for())
    make_whole()
    if schools:
        keep_short(at, days=days)
    today = timezone.localdate(at)
    Backup.objects.filter(gone_on__lt=today - KNOWN_FOR).delete()
    for row in Backup.objects.kept():
        if row.keep_until(days) < today and not is_there(row):
            Backup.objects.filter(pk=row.pk).update(gone_on=today)
    return False


JOBS: tuple[Callable[[datetime], bool], ...] = (make_archives, keep_house)
