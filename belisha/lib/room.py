"""How much room is left on the disk with the school's folder."""

import shutil

from django.conf import settings

LITTLE = 5 << 30  # bytes: it is time to make room


def free() -> int:
    """Bytes."""
    return shutil.disk_usage(settings.DATA).free


def is_little() -> bool:
    return free() < LITTLE
