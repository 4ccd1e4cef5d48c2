"""Two people give the same device back at once, many times: to a parent, and to the child (run by
a test).

Prints the trials, how often one return came of it, and how often one was told of the other.
"""

import sys

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402 - the apps must be there first
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.devices.confiscations import returning, seizing  # noqa: E402
from belisha.devices.confiscations.tests.conftest import SEEN  # noqa: E402
from belisha.devices.models import Returned  # noqa: E402
from belisha.people.models import School  # noqa: E402
from belisha.people.rules import Role  # noqa: E402
from belisha.people.tests.cast import make_parent, make_pupil, make_staff  # noqa: E402
from tests.journeys.race_school import Racers  # noqa: E402

TRIALS = 50


def trial(racers, people, number):
    """One device, given back by both; return how many came of it, and how many were told."""
    head, office, child, mother = people
    at, told = timezone.now(), []
    row = seizing.seize(
        child, seized_at=at, by=head.user, at=at, **SEEN | {"description": str(number)}
    )

    def or_told(act):
        def done():
            try:
                act()
            except ValidationError as reason:
                told.append("was quicker" in reason.messages[0])

        return done

    def collect():
        returning.collect(
            row,
            parent=mother,
            adult="",
            identity=Returned.Identity.KNOWN,
            signature="typed",
            same_condition=True,
            words="",
            by=office.user,
            at=at,
        )

    def hand_back():
        returning.hand_to_pupil(row, decided_by=head, words="x", by=head.user, at=at)

    racers.race(or_told(collect), or_told(hand_back))
    return Returned.objects.filter(confiscation=row).count(), sum(told)


def main():
    call_command("migrate", verbosity=0)
    school = School.objects.create(name="Race School", created_at=timezone.now())
    with scope(school=school):
        head = make_staff(school, "Mrs Zebrahart", Role.HEAD)
        office = make_staff(school, "Mrs Toucan", Role.OFFICE)
        child = make_pupil(school, "Ada", "Kerbstone")
        people = (head, office, child, make_parent(school, child, "Mara", "Kerbstone"))
        racers = Racers(school)
        results = [trial(racers, people, number) for number in range(TRIALS)]
        racers.stop()
    once, told = (sum(count == 1 for count in column) for column in zip(*results, strict=True))
    sys.stdout.write(f"{TRIALS} {once} {told}\n")


if __name__ == "__main__":
    main()
