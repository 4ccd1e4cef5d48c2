"""The settled album shown to families and in school, a sheet on a wall, an album past its time."""

from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from belisha.people.models import User
from belisha.photos.actions import albums, pictures, prints, shares
from belisha.photos.models import Album, Photo
from belisha.photos.rules import Layout, Viewers
from belisha.policy.models import Purpose

SHOWN_FOR = timedelta(weeks=8)


def load_shared(album: Album, picture: Path, *, by: User, at: datetime) -> None:
    """`album` is settled; `picture` stands in the album whose time is over."""
    today = timezone.localdate(at)
    photos = list(Photo.objects.filter(album=album))
    for viewers in Viewers:
        shares.share(
            album,
            photos,
            viewers=viewers,
            purpose=Purpose.objects.get(key=viewers.purposes[0]),
            title="Our harvest table",
            from_on=today,
            until_on=today + SHOWN_FOR,
            by=by,
            at=at,
        )
    draft = prints.Draft(
        "Our harvest table",
        Purpose.objects.get(key="display"),
        Layout.TWO,
        today + SHOWN_FOR,
        where="Hall, beside the piano",
    )
    numbered = list(enumerate(photos, start=1))
    prints.make(album, numbered, draft, by=by, at=at, on=today)
    old = albums.make("May fair", taken_on=today - timedelta(days=4 * 365), by=by, at=at)
    pictures.add(old, picture.read_bytes(), name=picture.name, by=by, at=at)
