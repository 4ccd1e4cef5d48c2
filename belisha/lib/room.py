"""How much room is left on the disk with the school's folder."""

import shutil

from django.conf import settings

LITTLE = 5 << 30  # bytes: it is time to make room
KEPT = 1 << 30  # for what people add: what can wait waits


def free() -> int:
    """Bytes."""
    return shutil.disk_usage(settings.DATA).free


def is_kept() -> bool:
    """Whether so little is left that what can wait must."""
    return free() < KEPT
