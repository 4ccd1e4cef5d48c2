"""Two people sign out, sign in and report lost the same camera at once.

It runs in the process of `accounts_race`, since a new database takes longer than this.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone

from belisha.devices.actions import loans, losses, register
from belisha.devices.models import Loan, Loss

TRIALS = 25


def won_once(racers, staff):
    """In how many of the trials one won each of the three races and the other was told."""
    results = [_trial(racers, staff, number) for number in range(TRIALS)]
    return results.count((1, 1, 3))


def _trial(racers, staff, number):
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
