"""Two people write down, ask for and close the same account at once, many times, and share cameras
(run by a test).

Prints the trials, and of them how often one account, one request and one closing came of it; then
the trials with cameras, and of them how often one person won and the other was told.
"""

import sys

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402 - the apps must be there first
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.channels.actions import accounts as acts  # noqa: E402
from belisha.channels.models import Account, Closing  # noqa: E402
from belisha.people.models import School  # noqa: E402
from belisha.people.rules import Role  # noqa: E402
from belisha.people.tests.cast import make_staff  # noqa: E402
from belisha.policy.models import HeadRequest  # noqa: E402
from tests.journeys import devices_race  # noqa: E402
from tests.journeys.race_school import Racers  # noqa: E402

TRIALS = 100


def refused_or(act):
    """Do it; whoever was too late is told so, and nothing else may go wrong."""

    def done():
        try:
            act()
        except ValidationError:
            return

    return done


def trial(racers, staff, number):
    """One account, raced for three times; return how many rows came of each race."""
    head, office, looks = staff
    at, users = timezone.now(), (head.user, office.user)
    details = {
        "service": "facebook",
        "name": f"@kerbside{number}",
        "purpose": "News",
        "audience": "public",
        "run_by": "school",
        "recovery": "media@kerbside.example",
    }

    def both(act):
        racers.race(*(refused_or(lambda by=by: act(by)) for by in users))

    people = acts.People([head, office])
    both(lambda by: acts.write_down(details=details, people=people, owned=True, by=by, at=at))
    rows = Account.objects.filter(name=details["name"])
    account = rows.get()
    acts.see_factor(account, by=looks.user, at=at)
    both(lambda by: acts.ask(account, by=by, at=at))
    both(lambda by: acts.close(account, why="x", by=by, at=at))
    asked = HeadRequest.objects.filter(about=account.ref)
    return rows.count(), asked.count(), Closing.objects.filter(account=account).count()


def main():
    call_command("migrate", verbosity=0)
    school = School.objects.create(name="Race School", created_at=timezone.now())
    with scope(school=school):
        roles = (Role.HEAD, Role.OFFICE, Role.OTHER_STAFF)
        staff = [make_staff(school, f"Mrs {role}", role) for role in roles]
        racers = Racers(school)
        results = [trial(racers, staff, number) for number in range(TRIALS)]
        cameras = devices_race.won_once(racers, staff[:2])
        racers.stop()
    once = [sum(count == 1 for count in column) for column in zip(*results, strict=True)]
    sys.stdout.write(f"{TRIALS} {once[0]} {once[1]} {once[2]} {devices_race.TRIALS} {cameras}\n")


if __name__ == "__main__":
    main()
