"""Two people sign out, sign in and report lost the same camera at once (run by a test).

Prints the trials, and in how many of them one won each race and the other was told.
"""

import sys

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402 - the apps must be there first
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.devices.actions import loans, losses, register  # noqa: E402
from belisha.devices.models import Loan, Loss  # noqa: E402
from belisha.people.models import School  # noqa: E402
from belisha.people.rules import Role  # noqa: E402
from belisha.people.tests.cast import make_staff  # noqa: E402
from tests.journeys.race_school import Racers  # noqa: E402

TRIALS = 25


def trial(racers, staff, number):
    """One camera, raced for three times; return how many won each race, and how many were told."""
    at, told = timezone.now(), []
    camera = register.add(
        staff[0].school,
        name=f"Camera {number}",
        kind="camera",
        lives_in="Safe",
        by=staff[0].user,
        at=at,
    )

    def both(act):
        def one(person):
            try:
                act(person)
            except ValidationError as error:
                told.append(error)

        racers.race(*(lambda person=person: one(person) for person in staff))

    signed = {"signed": "typed", "at": at}
    both(lambda who: loans.sign_out(camera, holder=who, by=who.user, **signed))
    taken = Loan.objects.filter(device=camera)
    loan = taken.get()
    back = {"condition": "good", "memory": "unused", **signed}
    both(lambda who: loans.sign_in(loan, brought_by=who, by=who.user, **back))
    both(lambda who: losses.report(camera, held="nothing", last_seen="", by=who.user, at=at))
    return taken.count(), Loss.objects.filter(device=camera).count(), len(told)


def main():
    call_command("migrate", verbosity=0)
    school = School.objects.create(name="Race School", created_at=timezone.now())
    with scope(school=school):
        staff = [make_staff(school, f"Mrs {role}", role) for role in (Role.HEAD, Role.OFFICE)]
        racers = Racers(school)
        results = [trial(racers, staff, number) for number in range(TRIALS)]
        racers.stop()
    sys.stdout.write(f"{TRIALS} {results.count((1, 1, 3))}\n")


if __name__ == "__main__":
    main()
