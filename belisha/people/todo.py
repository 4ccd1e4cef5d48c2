"""What waits for someone in the lists of people."""

from collections.abc import Iterator

from django.urls import reverse

from belisha.lib.task import Task
from belisha.people.access import can_manage_people
from belisha.people.models import Pupil, User


def todo(user: User) -> Iterator[Task]:
    """A school without pupils brings in its list first."""
    if can_manage_people(user) and not Pupil.objects.exists():
        yield Task(
            "Bring in the class list",
            "Your school's system can save it as a file. You see what is in it before it counts.",
            reverse("import_roster"),
            "Bring it in",
            "people",
        )
