"""Withdraw while a copy is made and given, many times over, in a school of its own (run by a test).

Prints how many copies were given at all, and how many of them after the withdrawal, as the record
tells it: the order of its lines is the order in which the two acts held. With the word "naive" the
copy is not asked about again once its bytes are made.
"""

import sys
import time
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402 - the apps must be there first

from belisha.audit.models import Entry  # noqa: E402
from belisha.consent.rules import Kind  # noqa: E402
from belisha.photos.actions import copies  # noqa: E402
from tests.journeys.race_school import Racers, race_school  # noqa: E402

TRIALS, TRIALS_TO_LOSE = 300, 100
VERBS = ("copy.given", "answers.recorded")


def trial(racers, things, number, wait):
    """One race, in which the withdrawal comes after `wait` seconds.

    Returns whether a copy was given, and whether that was after the withdrawal.
    """
    now, on = timezone.now() + timedelta(seconds=number), timezone.localdate()
    things.say(things.mother, Kind.GIVEN, now)
    given = []

    def withdraw():
        time.sleep(wait)
        things.say(things.mother, Kind.REFUSED, now)

    def publish():
        try:
            copy = copies.make(things.photo, things.purpose, by=things.office, at=now, on=on)
            copies.give(copy, by=things.office, at=now, on=on)
        except copies.NotNow:
            return
        if copy.hidden == []:
            given.append(copy.pk)

    racers.race(withdraw, publish)
    if not given:
        return False, False
    last = {verb: Entry.objects.filter(verb=verb).latest("number") for verb in VERBS}
    return True, last[VERBS[0]].number > last[VERBS[1]].number


def seconds_to_give(things):
    """How long it takes to make and give a copy when nobody races, so that both can win."""
    began = time.monotonic()
    now, on = timezone.now(), timezone.localdate()
    for _ in range(3):
        copy = copies.make(things.photo, things.purpose, by=things.office, at=now, on=on)
        copies.give(copy, by=things.office, at=now, on=on)
    return (time.monotonic() - began) / 3


class Ready:
    """An engine that has made the bytes already: the race is about asking, before and after."""

    def __init__(self, things):
        now, on = timezone.now(), timezone.localdate()
        copy = copies.make(things.photo, things.purpose, by=things.office, at=now, on=on)
        self.data = copies.give(copy, by=things.office, at=now, on=on)

    def safe_copy(self, original, hide, *, longest):
        time.sleep(0.003)  # a moment, in which a no may come
        return self.data


def ask_only_before():
    """Plant the fault that the second question is there for."""
    asked, real = set(), copies._require_right

    def once(copy, on):
        if copy.pk not in asked:
            asked.add(copy.pk)
            real(copy, on)

    copies._require_right = once


def main():
    with race_school() as (school, children):
        first = next(children)
        ready = Ready(first)
        copies.engine = lambda: ready
        longest = 1.5 * seconds_to_give(first)
        trials = TRIALS
        if "naive" in sys.argv:
            trials = TRIALS_TO_LOSE
            ask_only_before()
        racers = Racers(school)
        results = [
            trial(racers, next(children), number, longest * number / trials)
            for number in range(1, trials + 1)
        ]
        racers.stop()
    given, late = (sum(column) for column in zip(*results, strict=True))
    sys.stdout.write(f"{given} {late}\n")


if __name__ == "__main__":
    main()
