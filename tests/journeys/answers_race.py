"""Two answers in the same moment, many times over, in a school of its own (run by a test).

First a mother and a father answer at once; prints in how many trials both are in the ledger and
both count. Then the mother taps twice; prints in how many trials one answer is written.
"""

import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402 - the apps must be there first

from belisha.consent.actions import differences  # noqa: E402
from belisha.consent.models import Answer, facts  # noqa: E402
from belisha.consent.rules import Fact, Kind  # noqa: E402
from tests.journeys.race_school import CHILDREN, Racers, race_school  # noqa: E402

TRIALS = 300


def written(things):
    return Answer.objects.filter(pupil=things.pupil).count()


def both_count(racers, things, number):
    """Mother and father say different things; the next trial of this child turns them round."""
    now, before = timezone.now() + timedelta(seconds=number), written(things)
    kinds = (Kind.GIVEN, Kind.REFUSED) if number // CHILDREN % 2 else (Kind.REFUSED, Kind.GIVEN)
    racers.race(
        lambda: things.say(things.mother, kinds[0], now),
        lambda: things.say(things.father, kinds[1], now),
    )
    counts = facts([things.pupil.pk], on=timezone.localdate())
    fact = counts[things.pupil.pk, things.purpose.key]
    return written(things) == before + 2 and fact is Fact.CONFLICT


def one_is_written(racers, things, number):
    """The mother taps twice on what she did not say last."""
    now, before = timezone.now() + timedelta(hours=1, seconds=number), written(things)
    last = Answer.objects.filter(pupil=things.pupil, parent=things.mother).newest_first().first()
    kind = Kind.REFUSED if last.kind == Kind.GIVEN else Kind.GIVEN
    racers.race(
        lambda: things.say(things.mother, kind, now),
        lambda: things.say(things.mother, kind, now),
    )
    return written(things) == before + 1


def main():
    with race_school() as (school, children):
        racers = Racers(school)
        counts = [
            sum(trial(racers, next(children), number) for number in range(TRIALS))
            for trial in (both_count, one_is_written)
        ]
        wrong = len(list(differences()))
        racers.stop()
    sys.stdout.write(f"{counts[0]} {counts[1]} {TRIALS} {wrong}\n")


if __name__ == "__main__":
    main()
