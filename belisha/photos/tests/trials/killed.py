"""Processes that add pictures are killed at any moment; prints what the school then holds."""

import json
import os
import random
import signal
import sys
import time

from django.db import connection
from django.utils import timezone

from belisha.audit.actions import verify
from belisha.photos import store
from belisha.photos.models import Photo, StoredFile
from belisha.photos.tests.trials.school import add, at_school, fork, make_school, noise, on_disk

LIVES = 15


def add_without_end(life, goes):
    """Add pictures, and name each once it has been acknowledged."""
    for number in range(100_000):
        os.write(goes, f"{add(noise(life, number)).sha256}\n".encode())


def live(life):
    """One process from its start to its sudden end; return what it had acknowledged."""
    came, goes = os.pipe()
    process = fork(add_without_end, life, goes)
    os.close(goes)
    with os.fdopen(came) as lines:
        acknowledged = [lines.readline()]  # it is at work: from now on it may be killed
        time.sleep(random.uniform(0, 0.25))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        acknowledged += lines
    return {line.strip() for line in acknowledged if line.endswith("\n")}


def main():
    make_school()
    connection.close()
    acknowledged = set().union(*(live(life) for life in range(LIVES)))
    with at_school():
        photos, files = set(Photo.objects.values_list("sha256", flat=True)), list(stored())
        for file in files:
            store.fetch(file)
        before = on_disk()
        keys = frozenset(file.key for file in files)
        missing = store.sweep(keys, timezone.now() + 2 * store.ORPHAN_AFTER)
        with connection.cursor() as cursor:
            (whole,) = cursor.execute("PRAGMA integrity_check").fetchone()
        found = {
            "acknowledged": len(acknowledged),
            "lost": len(acknowledged - photos),
            "pictures": len(photos),
            "files": len(files),
            "missing": len(missing),
            "orphans": before - len(files),
            "orphans after the sweep": on_disk() - len(files),
            "database": whole,
            "wrong in the record": [wrong for _, _, wrong in verify() if wrong],
        }
    sys.stdout.write(json.dumps(found))


def stored():
    return StoredFile.objects.select_related("school")


if __name__ == "__main__":
    main()
