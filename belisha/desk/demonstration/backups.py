"""Two backups that a school of this kind would know of, plainly nowhere."""

from datetime import datetime, timedelta

from django.utils import timezone

from belisha.rights.models import Backup

PLACE = "/mnt/second-disk/belisha-{:%Y-%m-%d-%H%M%S}.belisha"


def load_backups(at: datetime) -> None:
    """One of last night, not proven yet; one of last month, proven, and deleted in time."""
    for made_at, proven_at, gone_on in (
        (at - timedelta(hours=9), None, None),
        (
            at - timedelta(days=40),
            at - timedelta(days=39),
            timezone.localdate(at - timedelta(days=4)),
        ),
    ):
        Backup.objects.create(
            made_at=made_at,
            place=PLACE.format(timezone.localtime(made_at)),
            size=3_920_000,
            sha256="0" * 64,
            rows=5200,
            files=45,
            seconds=1,
            proven_at=proven_at,
            gone_on=gone_on,
        )
