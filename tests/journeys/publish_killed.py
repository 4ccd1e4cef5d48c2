"""Processes that publish and withdraw are killed at any moment (run by a test).

Prints how many publishings and withdrawals were acknowledged, how many published sets were lost,
in how many a child is seen though its withdrawal was acknowledged, and wrong rows of the record.
"""

import os
import random
import signal
import sys
import time

import django

django.setup()

from django.db import connection  # noqa: E402 - the apps must be there first
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.audit.actions import verify  # noqa: E402
from belisha.consent.rules import Kind  # noqa: E402
from belisha.people.models import School  # noqa: E402
from belisha.photos.actions import selections  # noqa: E402
from belisha.photos.models import Selection  # noqa: E402
from tests.journeys.published import agreed, is_seen, make_place  # noqa: E402
from tests.journeys.race_school import race_school  # noqa: E402

LIVES, EACH = 12, 2  # no child twice: a later yes would be one to the earlier set, too


def publish_and_withdraw(children, where, goes):
    """Say each act once it has been acknowledged."""
    for things in children:
        now = timezone.now()
        things.say(things.mother, Kind.GIVEN, now)
        row = agreed(things, *where, now)
        selections.publish(row, by=things.office, at=now, on=timezone.localdate())
        os.write(goes, f"published {row.pk}\n".encode())
        things.say(things.mother, Kind.REFUSED, now)
        os.write(goes, f"withdrawn {row.pk}\n".encode())


def live(children, where):
    """One process from its start to its sudden end; return what it had acknowledged."""
    came, goes = os.pipe()
    connection.close()
    child = os.fork()
    if not child:
        os.close(came)
        try:
            publish_and_withdraw(children, where, goes)
        finally:
            os._exit(0)
    os.close(goes)
    with os.fdopen(came) as lines:
        said = [lines.readline()]  # it is at work: from now on it may be killed
        time.sleep(random.uniform(0, 0.5))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += lines
    return [line.split() for line in said if line.endswith("\n")]


def main():
    with race_school() as (school, children):
        where, said = make_place(school), []
        for _ in range(LIVES):
            said += live([next(children) for _ in range(EACH)], where)
    with scope(school=School.objects.get()):
        published = {int(pk) for word, pk in said if word == "published"}
        withdrawn = {int(pk) for word, pk in said if word == "withdrawn"}
        rows = Selection.objects.filter(published_at__isnull=False, pk__in=published)
        seen = [row for row in rows if row.pk in withdrawn and is_seen(row)]
        lost = len(published) - rows.count()
        wrong = [one for _, _, one in verify() if one]
    sys.stdout.write(f"{len(published)} {len(withdrawn)} {lost} {len(seen)} {len(wrong)}\n")


if __name__ == "__main__":
    main()
