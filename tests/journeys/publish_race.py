"""Withdraw against publish, many times over, in a school of its own (run by a test).

With the word "naive" what was published is believed without asking again, to show that the trial
can fail. Prints how many sets were published, how many publishers were told that a no had come
first, and in how many a child was seen after the withdrawal had been acknowledged.
"""

import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402 - the apps must be there first

from belisha.consent.rules import Kind  # noqa: E402
from belisha.photos.actions import selections  # noqa: E402
from tests.journeys.published import agreed, is_seen, make_place  # noqa: E402
from tests.journeys.race_school import Racers, race_school  # noqa: E402

TRIALS, TRIALS_TO_LOSE = 300, 5


def trial(racers, things, where, number, naive):
    """One race; return whether it was published, whether the publisher was told, and a leak."""
    now, on = timezone.now() + timedelta(seconds=number), timezone.localdate()
    things.say(things.mother, Kind.GIVEN, now)
    row, told = agreed(things, *where, now), []

    def withdraw():
        things.say(things.mother, Kind.REFUSED, now)

    def publish():
        try:
            selections.publish(row, by=things.office, at=now, on=on)
        except selections.NotYet as no:
            told.append(no)

    if naive:  # who came first is not the question here
        publish()
        withdraw()
    else:
        racers.race(withdraw, publish)
    row.refresh_from_db()
    return row.published_at is not None, bool(told), is_seen(row, naive=naive)


def main():
    naive = "naive" in sys.argv
    with race_school() as (school, children):
        where = make_place(school)
        racers = Racers(school)
        trials = TRIALS_TO_LOSE if naive else TRIALS
        results = [trial(racers, next(children), where, one, naive) for one in range(trials)]
        racers.stop()
    sys.stdout.write(" ".join(str(sum(column)) for column in zip(*results, strict=True)) + "\n")


if __name__ == "__main__":
    main()
