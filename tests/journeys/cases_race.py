"""Two handlers close the same case at once, many times (run by a test).

Prints the trials, and of them how often one closing came of it and the other was told who did.
"""

import sys

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402 - the apps must be there first
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.incidents.actions import deciding, needs  # noqa: E402
from belisha.incidents.actions.record import verify  # noqa: E402
from belisha.incidents.actions.telling import tell  # noqa: E402
from belisha.incidents.models import Closing, Task  # noqa: E402
from belisha.incidents.rules import About, Kind, Way  # noqa: E402
from belisha.incidents.working.closing import Outcome  # noqa: E402
from belisha.people.models import School  # noqa: E402
from belisha.people.rules import Role  # noqa: E402
from belisha.people.tests.cast import make_staff  # noqa: E402
from tests.journeys.race_school import Racers  # noqa: E402

TRIALS = 30


def trial(racers, staff):
    """One case, closed by both at once; whether one closing came of it, and one was told."""
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
            told.append(" ".join(late.messages))

    racers.race(*(lambda by=by: close(by) for by in users))
    one = Closing.objects.filter(case=case).count() == 1
    return one and len(told) == 1 and "closed it on" in told[0]


def main():
    call_command("migrate", verbosity=0)
    school = School.objects.create(name="Race School", created_at=timezone.now())
    with scope(school=school):
        roles = (Role.HEAD, Role.SAFEGUARDING_LEAD)
        staff = [make_staff(school, f"Mrs {role}", role) for role in roles]
        racers = Racers(school)
        once = sum(trial(racers, staff) for _ in range(TRIALS))
        racers.stop()
        wrong = sum(found is not None for _, found in verify())
    sys.stdout.write(f"{TRIALS} {once} {wrong}\n")


if __name__ == "__main__":
    main()
