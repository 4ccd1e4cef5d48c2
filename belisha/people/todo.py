"""What waits for someone in the lists of people."""

from collections.abc import Iterator

from django.urls import reverse

from belisha.lib.task import Task
from belisha.people.access import can_manage_people
from belisha.people.actions.merging import pairs_that_seem_one
from belisha.people.models import Pupil, User


def todo(user: User) -> Iterator[Task]:
    """A school without pupils brings in its list first; then whoever is there twice is settled."""
    if can_manage_people(user) and not Pupil.objects.exists():
        yield Task(
            "Bring in the class list",
            "Your school's system can save it as a file. You see what is in it before it counts.",
            reverse("import_roster"),
            "Bring it in",
            "people",
        )
    pairs = len(pairs_that_seem_one()) if can_manage_people(user) else 0
    if pairs:
        yield Task(
            "Two contacts may be one person"
            if pairs == 1
            else f"{pairs} times two contacts may be one person",
            "Whoever is there twice is asked twice, and may be heard only half.",
            reverse("seem_one"),
            "Look at them",
            "people",
        )
