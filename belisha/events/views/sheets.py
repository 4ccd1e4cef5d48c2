"""How moments stand in the sheets of this area."""

from datetime import datetime

from django.utils import timezone


def written(moment: datetime | None) -> str:
    """A moment as spreadsheets read it: ``2026-11-20 15:40``."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
