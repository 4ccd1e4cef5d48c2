"""Withdraw while a copy is made and given, many times over, in a school of its own (run by a test).

Prints how many copies were given at all, and how many of them after the withdrawal, as the record
tells it: the order of its lines is the order in which the two acts held.
"""

import sys
import threading
import time
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - the apps must be there first
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.audit.models import Entry  # noqa: E402
from belisha.consent.actions import record_answer  # noqa: E402
from belisha.consent.rules import Kind  # noqa: E402
from belisha.people.models import School  # noqa: E402
from belisha.photos.actions import copies  # noqa: E402
from belisha.policy.models import Purpose, add_shipped_purposes  # noqa: E402
from tests.journeys.race_school import found  # noqa: E402

TRIALS = 100
VERBS = ("copy.given", "answers.recorded")


def trial(school, things, number, wait):
    """One race, in which the withdrawal comes after `wait` seconds.

    Returns whether a copy was given, and whether that was after the withdrawal.
    """
    purpose, on = Purpose.objects.get(key="newsletter"), timezone.localdate()
    fields = {"parent": things.mother, "purpose": purpose, "how": "phone", "happened_on": on}
    now = timezone.now() + timedelta(seconds=number)
    record_answer(things.pupil, by=things.office, at=now, kind=Kind.GIVEN, **fields)
    start, given, failures = threading.Barrier(2), [], []

    def withdraw():
        start.wait()
        time.sleep(wait)
        record_answer(things.pupil, by=things.office, at=now, kind=Kind.REFUSED, **fields)

    def publish():
        start.wait()
        try:
            copy = copies.make(things.photo, purpose, by=things.office, at=now, on=on)
            copies.give(copy, by=things.office, at=now, on=on)
        except copies.NotNow:
            return
        if copy.hidden == []:
            given.append(copy.pk)

    def run(act):
        try:
            with scope(school=school):
                act()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in (withdraw, publish)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    if not given:
        return False, False
    last = {verb: Entry.objects.filter(verb=verb).latest("number") for verb in VERBS}
    return True, last[VERBS[0]].number > last[VERBS[1]].number


def seconds_to_give(things):
    """How long it takes to make and give a copy when nobody races, so that both can win."""
    began = time.monotonic()
    now, on = timezone.now(), timezone.localdate()
    purpose = Purpose.objects.get(key="newsletter")
    copy = copies.make(things.photo, purpose, by=things.office, at=now, on=on)
    copies.give(copy, by=things.office, at=now, on=on)
    return time.monotonic() - began


def main():
    call_command("migrate", verbosity=0)
    school = School.objects.create(name="Race School", created_at=timezone.now())
    with scope(school=school):
        add_shipped_purposes(school)
        things = found(school)
        longest = 1.5 * seconds_to_give(things)
        results = [
            trial(school, things, number, longest * number / TRIALS)
            for number in range(1, TRIALS + 1)
        ]
    given, late = (sum(column) for column in zip(*results, strict=True))
    sys.stdout.write(f"{given} {late}\n")


if __name__ == "__main__":
    main()
