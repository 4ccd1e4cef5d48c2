"""A backup of the demonstration school beside a plain copy of its folder, and SQLite's own backup.

    python -m bench.backup [PICTURES]

PICTURES more pictures (1,000 without a word) are laid beside the demonstration's own, sealed as
they are, so that the school has a size. The three take turns, five times; medians are compared.
"""

import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="belisha-bench-"))
os.environ |= {"BELISHA_DATA": str(HOME / "school"), "DJANGO_SETTINGS_MODULE": "config.settings"}
ROUNDS, PICTURES = 5, 1000

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402 - the apps must be there first
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.desk.demonstration import load  # noqa: E402
from belisha.lib.command import bring_up_to_date  # noqa: E402
from belisha.photos import store  # noqa: E402
from belisha.photos.models import Rendition, StoredFile  # noqa: E402
from belisha.rights.backups.making import back_up  # noqa: E402


def main(pictures):
    bring_up_to_date()
    school = load(timezone.now())
    with scope(school=school):
        some = list(StoredFile.objects.filter(rendition=Rendition.ORIGINAL))
        held = [store.fetch(file) for file in some]
        more = [
            store.keep(held[n % len(held)], school=school, at=timezone.now())
            for n in range(pictures)
        ]
        StoredFile.objects.bulk_create(more)
    ours, copies, sqlites = [], [], []
    for number in range(ROUNDS):
        ours.append(timed(lambda n=number: back_up(HOME / f"{n}.belisha", at=timezone.now())))
        copies.append(timed(lambda n=number: shutil.copytree(settings.DATA, HOME / f"copy{n}")))
        sqlites.append(timed(lambda n=number: copied(HOME / f"{n}.sqlite3")))
        shutil.rmtree(HOME / f"copy{number}")
    size = (HOME / "0.belisha").stat().st_size
    one, copy, sqlite = map(statistics.median, (ours, copies, sqlites))
    print(f"{size / 2**20:.0f} MiB, {pictures} pictures more than the demonstration")
    print(f"belisha backup      {one:6.2f} s, {size / 2**20 / one:.0f} MiB/s, sealed and hashed")
    print(f"copy of the folder  {copy:6.2f} s: ours takes {one / copy:.1f} times as long")
    print(f"SQLite's own backup {sqlite:6.2f} s, of the database alone, without any picture")


def copied(to):
    source = settings.DATABASES["default"]["NAME"]
    with closing(sqlite3.connect(source)) as there, closing(sqlite3.connect(to)) as here:
        there.backup(here)


def timed(act):
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else PICTURES)
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
