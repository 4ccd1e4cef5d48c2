"""How long pictures and the records of them are kept."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from belisha.lib.periods import Keeping
from belisha.people.models import User
from belisha.photos.models import Period
from belisha.photos.overdue import overdue
from belisha.photos.retention import Keeps, in_days, spoken


def periods(user: User, at: datetime) -> Iterator[Keeping]:
    """A person deletes these: how many wait for this one."""
    said, now = Period.objects.said(), overdue(user, on=timezone.localdate(at))
    counts = {
        Keeps.ALBUM: now.albums,
        Keeps.KEPT_BACK: now.kept_back,
        Keeps.LEAVERS: now.leavers,
        Keeps.ENDED: now.records,
    }
    for keeps, due in counts.items():
        period = spoken(in_days(said, keeps))
        yield Keeping(keeps.label, period, keeps.words, due, True, "retention", "P.ix")
