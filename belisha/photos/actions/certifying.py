"""That something was deleted for good, kept without names (retention)."""

from datetime import datetime, timedelta

from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.models import User
from belisha.photos.models import Deletion, Period
from belisha.photos.retention import Keeps, in_days


def certify(
    kind: Keeps,
    *,
    by: User,
    at: datetime,
    albums: int = 0,
    pictures: int = 0,
    files: int = 0,
    records: int = 0,
) -> Deletion:
    """Keep what kind was deleted, how much, when, by whom, and when no backup holds it any more."""
    backups = in_days(Period.objects.said(), Keeps.BACKUPS)
    row: Deletion = Deletion.objects.create(
        school=by.school,
        kind=kind.value,
        albums=albums,
        pictures=pictures,
        files=files,
        records=records,
        at=at,
        by=by,
        backups_until=timezone.localdate(at) + timedelta(days=backups),
    )
    counts = {"albums": albums, "pictures": pictures, "files": files, "records": records}
    record("deletion.done", row, by=by.pk, at=at, kind=kind.value, **counts)
    return row
