"""What has been kept for its time: proposals, worked out anew each time. Nothing goes by itself."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from belisha.people.access import sees_whole_school
from belisha.people.models import User
from belisha.photos.models import (
    Album,
    AlbumQuerySet,
    Face,
    KeptLonger,
    Period,
    Photo,
    PhotoQuerySet,
    Print,
    Share,
)
from belisha.photos.retention import Keeps, before, in_days


def albums_over(user: User, *, on: date) -> AlbumQuerySet:
    """Albums whose time is over and that this person may remove, the oldest first."""
    kept = KeptLonger.objects.standing(on).values("album")
    found: AlbumQuerySet = _removable(user).filter(taken_on__lte=_last(Keeps.ALBUM, on))
    return found.exclude(pk__in=kept).order_by("taken_on", "id")


def kept_back_over(user: User, *, on: date) -> PhotoQuerySet:
    """Pictures of which somebody said, long enough ago, that they are not to be used."""
    last = _last(Keeps.KEPT_BACK, on)
    return _photos(user, on).filter(kept_back_at__date__lte=last)


def leavers_over(user: User, *, on: date) -> PhotoQuerySet:
    """Pictures in which every child who has a name left, long enough ago."""
    faces = Face.objects.present().filter(photo=OuterRef("pk"), pupil__isnull=False)
    left = Q(pupil__left_on__lte=_last(Keeps.LEAVERS, on))
    return _photos(user, on).filter(Exists(faces), ~Exists(faces.exclude(left)))


def pictures_over(kind: Keeps, user: User, *, on: date) -> PhotoQuerySet:
    """Pictures of one of the two kinds that have a time of their own."""
    over = {Keeps.KEPT_BACK: kept_back_over, Keeps.LEAVERS: leavers_over}[kind]
    return over(user, on=on).select_related("album")


def prints_over(*, on: date) -> "QuerySet[Print]":
    """Records of prints that are down, long after their last day."""
    found: QuerySet[Print] = Print.objects.exclude(down_at=None)
    return found.filter(until_on__lte=_last(Keeps.ENDED, on))


def shares_over(*, on: date) -> "QuerySet[Share]":
    """Records of what was shown to families or in school, long after its last day."""
    found: QuerySet[Share] = Share.objects.filter(until_on__lte=_last(Keeps.ENDED, on))
    return found


@dataclass(frozen=True)
class Overdue:
    """How much waits for this person: albums, pictures by kind, and records."""

    albums: int
    kept_back: int
    leavers: int
    records: int

    @property
    def any(self) -> bool:
        return any((self.albums, self.kept_back, self.leavers, self.records))


def overdue(user: User, *, on: date) -> Overdue:
    """Count what waits. Records are for those who see the whole school."""
    whole = sees_whole_school(user)
    records = prints_over(on=on).count() + shares_over(on=on).count() if whole else 0
    return Overdue(
        albums_over(user, on=on).count(),
        kept_back_over(user, on=on).count(),
        leavers_over(user, on=on).count(),
        records,
    )


def _removable(user: User) -> AlbumQuerySet:
    """As `access.can_remove` says of an album."""
    seen: AlbumQuerySet = Album.objects.visible_to(user)
    return seen if sees_whole_school(user) else seen.filter(created_by=user)


def _photos(user: User, on: date) -> PhotoQuerySet:
    """As `access.can_remove` says of a picture, but for those in albums that are kept longer."""
    seen: PhotoQuerySet = Photo.objects.visible_to(user)
    mine = seen if sees_whole_school(user) else seen.filter(added_by=user)
    return mine.exclude(album__in=KeptLonger.objects.standing(on).values("album"))


def _last(kind: Keeps, on: date) -> date:
    """What is of this day or earlier is over."""
    return before(on, in_days(Period.objects.said(), kind))
