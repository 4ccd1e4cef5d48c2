"""What the areas above say beside a case: each gives its function once, when the site starts."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from belisha.incidents.models import Case
from belisha.lib.task import Task
from belisha.people.models import User

Say = Callable[[Case, User, datetime], Iterable[Task]]
_said: list[Say] = []


def say_beside(say: Say) -> None:
    """Have `say` asked, of a case and whoever works on it, what is to be read beside it."""
    if say not in _said:
        _said.append(say)


def said_beside(case: Case, user: User, at: datetime) -> Iterator[Task]:
    for say in _said:
        yield from say(case, user, at)
