"""A moment as staff read it in letters, files and records: in English, in the school's time."""

from datetime import datetime

from django.utils import timezone


def clock(at: datetime) -> str:
    """`3:40pm`."""
    return f"{timezone.localtime(at):%-I:%M%p}".lower()


def moment(at: datetime | None) -> str:
    """`22 November 2026, 3:40pm`, or nothing."""
    return f"{timezone.localtime(at):%-d %B %Y}, {clock(at)}" if at else ""
