"""What waits for someone in this area."""

from collections.abc import Iterator
from datetime import date

from belisha.lib.task import Task
from belisha.people.models import User


def todo(user: User, on: date) -> Iterator[Task]:
    """Nothing yet."""
    yield from ()
