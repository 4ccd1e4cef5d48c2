"""Retention: periods set, albums kept longer, and what is over deleted by a person."""

from datetime import date, datetime

from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import require, sees_whole_school
from belisha.people.models import School, User
from belisha.photos.access import can_remove, can_set_periods
from belisha.photos.actions import albums, pictures
from belisha.photos.actions.certifying import certify
from belisha.photos.models import Album, Deletion, KeptLonger, Period
from belisha.photos.overdue import albums_over, pictures_over, prints_over, shares_over
from belisha.photos.retention import FEWEST_DAYS, MOST_DAYS, Keeps


class NotDeleted(ValueError):
    """Nothing was deleted; the text says why, in plain words."""


@transaction.atomic
def set_period(school: School, kind: Keeps, days: int, *, by: User, at: datetime) -> Period:
    """Say how many days something is kept. Raises `ValueError` for a number out of reason."""
    require(can_set_periods(by) and kind.has_period)
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise ValueError(f"Choose from {FEWEST_DAYS} to {MOST_DAYS} days.")
    row: Period = Period.objects.create(school=school, kind=kind.value, days=days, at=at, by=by)
    record("retention.set", row, by=by.pk, at=at, kind=kind.value, days=days)
    return row


@transaction.atomic
def keep_longer(album: Album, *, why: str, until_on: date, by: User, at: datetime) -> KeptLonger:
    """Keep an album until a day although its time is over. Later words stand beside earlier."""
    require(can_remove(by, album))
    row: KeptLonger = KeptLonger.objects.create(
        school=album.school, album=album, why=why, until_on=until_on, at=at, by=by
    )
    record("album.kept-longer", album, by=by.pk, at=at, until=until_on.isoformat())
    return row


@transaction.atomic
def delete_album(album: Album, *, count: int, by: User, at: datetime, on: date) -> Deletion:
    """Delete an album whose time is over, with as many pictures as the person was shown.

    Raises `NotDeleted`.
    """
    row: Album = Album.objects.select_for_update().get(pk=album.pk)
    if not albums_over(by, on=on).filter(pk=row.pk).exists():
        raise NotDeleted("Its time is not over, or somebody keeps it longer.")
    if row.photos.count() != count:
        raise NotDeleted("There are other pictures in it by now. Look again.")
    return albums.remove(row, by=by, at=at, kind=Keeps.ALBUM)


@transaction.atomic
def delete_pictures(kind: Keeps, *, count: int, by: User, at: datetime, on: date) -> Deletion:
    """Delete the pictures of one kind whose time is over, as many as the person was shown.

    Raises `NotDeleted`.
    """
    over = pictures_over(kind, by, on=on)
    found = list(over.select_for_update(of=("self",)))
    if not found or len(found) != count:
        raise NotDeleted("There are others by now. Look again.")
    return pictures.remove_all(found, kind, by=by, at=at)


@transaction.atomic
def delete_records(*, count: int, by: User, at: datetime, on: date) -> Deletion:
    """Delete records of prints and shown albums whose time is over. Raises `NotDeleted`."""
    require(sees_whole_school(by))
    prints, shares = prints_over(on=on), shares_over(on=on)
    if not count or prints.count() + shares.count() != count:
        raise NotDeleted("There are others by now. Look again.")
    prints.delete()
    shares.delete()
    return certify(Keeps.ENDED, records=count, by=by, at=at)
