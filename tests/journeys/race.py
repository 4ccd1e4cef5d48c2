"""Withdraw against make and give, many times over, in a school of its own (run by a test).

With the word "naive" the copy is given without asking again, to show that the trial can fail.
"""

import sys
import threading
from datetime import timedelta

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - the apps must be there first
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.consent.actions import record_answer  # noqa: E402
from belisha.consent.rules import Kind  # noqa: E402
from belisha.people.models import School  # noqa: E402
from belisha.photos.actions import copies  # noqa: E402
from belisha.policy.models import Purpose, add_shipped_purposes  # noqa: E402
from tests.journeys.race_school import found  # noqa: E402


def trial(school, things, number, naive):
    """One race; return whether a copy was given after the withdrawal had been acknowledged."""
    purpose, on = Purpose.objects.get(key="newsletter"), timezone.localdate()
    fields = {"parent": things.mother, "purpose": purpose, "how": "phone", "happened_on": on}
    now = timezone.now() + timedelta(seconds=number)
    record_answer(things.pupil, by=things.office, at=now, kind=Kind.GIVEN, **fields)
    start, withdrawn, leaks = threading.Barrier(2), threading.Event(), []

    def withdraw():
        with scope(school=school):
            start.wait()
            record_answer(things.pupil, by=things.office, at=now, kind=Kind.REFUSED, **fields)
            withdrawn.set()
        connection.close()

    def publish():
        with scope(school=school):
            start.wait()
            try:
                copy = copies.make(things.photo, purpose, by=things.office, at=now, on=on)
                withdrawn.wait()
                if copy.hidden == [] and (naive or copies.is_still_right(copy, on=on)):
                    leaks.append(copy.pk)
            except copies.NotNow:
                pass
        connection.close()

    threads = [threading.Thread(target=act) for act in (withdraw, publish)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return bool(leaks)


def main():
    call_command("migrate", verbosity=0)
    school = School.objects.create(name="Race School", created_at=timezone.now())
    with scope(school=school):
        add_shipped_purposes(school)
        things = found(school)
        naive = "naive" in sys.argv
        leaks = sum(trial(school, things, number, naive) for number in range(100))
    sys.stdout.write(f"{leaks}\n")


if __name__ == "__main__":
    main()
