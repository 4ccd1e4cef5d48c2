"""Withdraw against make and give, many times over, in a school of its own (run by a test).

With the word "naive" the copy is given without asking again, to show that the trial can fail.
Prints how many copies were made at all, and how many were given after the withdrawal had been
acknowledged.
"""

import sys
import threading
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402 - the apps must be there first

from belisha.consent.rules import Kind  # noqa: E402
from belisha.photos.actions import copies  # noqa: E402
from tests.journeys.race_school import Racers, race_school  # noqa: E402

TRIALS, TRIALS_TO_LOSE = 1000, 100


def trial(racers, things, number, naive):
    """One race; return whether a copy was made, and whether it was given too late."""
    now, on = timezone.now() + timedelta(seconds=number), timezone.localdate()
    things.say(things.mother, Kind.GIVEN, now)
    withdrawn, begun, made, leaks = threading.Event(), threading.Event(), [], []

    def withdraw():
        if naive:  # who came first is not the question here
            begun.wait()
        try:
            things.say(things.mother, Kind.REFUSED, now)
        finally:
            withdrawn.set()

    def publish():
        try:
            copy = copies.make(things.photo, things.purpose, by=things.office, at=now, on=on)
        except copies.NotNow:
            return
        finally:
            begun.set()
        made.append(copy.hidden == [])
        withdrawn.wait()
        if copy.hidden == [] and (naive or copies.is_still_right(copy, on=on)):
            leaks.append(copy.pk)

    racers.race(withdraw, publish)
    return any(made), bool(leaks)


def main():
    with race_school() as (school, children):
        racers = Racers(school)
        naive = "naive" in sys.argv
        trials = TRIALS_TO_LOSE if naive else TRIALS
        results = [trial(racers, next(children), number, naive) for number in range(trials)]
        racers.stop()
    made, leaks = (sum(column) for column in zip(*results, strict=True))
    sys.stdout.write(f"{made} {leaks}\n")


if __name__ == "__main__":
    main()
