"""What waits for someone in this area."""

from collections.abc import Iterator
from datetime import date

from belisha.devices.confiscations import todo as confiscations
from belisha.lib.task import Task
from belisha.people.models import User


def todo(user: User, on: date) -> Iterator[Task]:
    """What was taken from pupils, for whoever looks after it."""
    yield from confiscations.todo(user, on)
