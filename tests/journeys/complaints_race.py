"""Two answer, take further and close the same complaint at once, many times (run by a test).

Prints the trials, and of them how often one answer, one next stage and one closing came of it.
"""

import sys

import django

django.setup()

from django.core.exceptions import ValidationError  # noqa: E402 - the apps must be there first
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from belisha.audit.models import Entry  # noqa: E402
from belisha.complaints.actions import family, hearing  # noqa: E402
from belisha.complaints.actions.receiving import Told, receive  # noqa: E402
from belisha.complaints.models import Closing, Step  # noqa: E402
from belisha.complaints.rules import Outcome  # noqa: E402
from belisha.people.models import School  # noqa: E402
from belisha.people.rules import Role  # noqa: E402
from belisha.people.tests.cast import make_class, make_staff  # noqa: E402
from tests.journeys.race_school import Racers  # noqa: E402

TRIALS = 10
TYPED = {"subject": "class", "words": "A coat was lost.", "name": "Xenia", "class_called": "Robins"}


def trial(racers, school, people):
    """One complaint, raced for three times; return how many rows came of each race."""
    at, told = timezone.now(), []

    def both(act):
        def refused_or(by):
            try:
                act(by)
            except ValidationError:
                told.append(by)

        racers.race(*(lambda by=by: refused_or(by.user) for by in people))

    complaint, _ = receive(school, Told(TYPED), language="en-gb", by=None, at=at)
    read = Step.objects.get(complaint=complaint)
    both(lambda by: hearing.answer(read, Outcome.UPHELD, by.name, by=by, at=at))
    both(lambda by: family.go_on(complaint, "On", by=None, at=at))
    hears = Step.objects.get(complaint=complaint, ended_at=None).handler.user
    both(lambda by: hearing.end(complaint, "withdrawn", "Rang", by=hears, at=at))
    answers = Entry.objects.filter(about=f"complaint:{complaint.pk}", verb="complaint.answered")
    closings = Closing.objects.filter(complaint=complaint)
    return answers.count(), complaint.steps.count() - 1, closings.count(), len(told) - 2


def main():
    call_command("migrate", verbosity=0)
    school = School.objects.create(name="Race School", created_at=timezone.now())
    with scope(school=school):
        teacher = make_staff(school, "Miss Puffin", Role.TEACHER)
        make_class(school, "Robins", teacher)
        people = (teacher, make_staff(school, "Mrs Zebrahart", Role.HEAD))
        make_staff(school, "Dr Pegasus", Role.CHAIR)
        racers = Racers(school)
        results = [trial(racers, school, people) for _ in range(TRIALS)]
        racers.stop()
    once = [sum(count == 1 for count in column) for column in zip(*results, strict=True)]
    sys.stdout.write(f"{TRIALS} {once[0]} {once[1]} {once[2]} {once[3]}\n")


if __name__ == "__main__":
    main()
