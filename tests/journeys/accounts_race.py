"""Two people write down, ask for and close the same account at once, many times, share cameras, and
close the same case (run by a test).

Prints the trials, and of them how often one account, one request and one closing came of it; then
the trials with cameras, and of them how often one person won and the other was told; then the same
of cases.
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
from belisha.incidents.actions import deciding, needs  # noqa: E402
from belisha.incidents.actions.telling import tell  # noqa: E402
from belisha.incidents.models import Closing as CaseClosing  # noqa: E402
from belisha.incidents.models import Task  # noqa: E402
from belisha.incidents.rules import About, Kind, Way  # noqa: E402
from belisha.incidents.working.closing import Outcome  # noqa: E402
from belisha.people.models import School  # noqa: E402
from belisha.people.rules import Role  # noqa: E402
from belisha.people.tests.cast import make_staff  # noqa: E402
from belisha.policy.models import HeadRequest  # noqa: E402
from tests.journeys import devices_race  # noqa: E402
from tests.journeys.race_school import Racers  # noqa: E402

TRIALS, CASES = 100, 10


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


def case_trial(racers, staff):
    """One case, closed by both; whether one closing came of it and the other was told."""
    at, users = timezone.now(), [one.user for one in staff]
    details = {"kind": Kind.PLACE, "what": "x", "about": About.NOBODY, "way": Way.PUPIL}
    case = tell(users[0].school, details=details, by=None, at=at).case
    for task in Task.objects.open().filter(case=case).exclude(rule="follow-up"):
        needs.finish(task, needed=False, words="x", by=users[0], at=at)
    deciding.follow_up(case, words="x", by=users[0], at=at)
    told = []

    def close(by):
        try:
            deciding.close(case, outcome=Outcome.DEALT, words="x", learnt="y", by=by, at=at)
        except ValidationError as late:
            told.extend(late.messages)

    racers.race(*(lambda by=by: close(by) for by in users))
    closed = CaseClosing.objects.filter(case=case).count()
    return closed == len(told) == 1 and "closed it on" in told[0]


def main():
    call_command("migrate", verbosity=0)
    school = School.objects.create(name="Race School", created_at=timezone.now())
    with scope(school=school):
        roles = (Role.HEAD, Role.OFFICE, Role.OTHER_STAFF)
        staff = [make_staff(school, f"Mrs {role}", role) for role in roles]
        racers = Racers(school)
        results = [trial(racers, staff, number) for number in range(TRIALS)]
        cameras = devices_race.won_once(racers, staff[:2])
        lead = make_staff(school, "Mr Pelican", Role.SAFEGUARDING_LEAD)
        told = sum(case_trial(racers, (staff[0], lead)) for _ in range(CASES))
        racers.stop()
    once = [sum(count == 1 for count in column) for column in zip(*results, strict=True)]
    numbers = (TRIALS, *once, devices_race.TRIALS, cameras, CASES, told)
    sys.stdout.write(" ".join(map(str, numbers)) + "\n")


if __name__ == "__main__":
    main()
