"""Something that waits for someone, as the page of today shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


@dataclass(frozen=True)
class Task:
    """What, in a few words; more about it; where to go, and the words of the button there.

    `due` is the day by which it should be done; without one it waits until there is time.
    """

    title: str
    words: str
    url: str
    act: str
    icon: str
    due: date | None = None


class When(StrEnum):
    """How near the day is by which something should be done."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


_WEEK = timedelta(days=7)


def when(task: Task, on: date) -> When:
    """How near a task is on a day. What has no day is for later."""
    if task.due is None or task.due >= on + _WEEK:
        return When.LATER
    if task.due == on:
        return When.TODAY
    return When.LATE if task.due < on else When.WEEK


def by_lateness(tasks: Iterable[Task]) -> list[Task]:
    """The latest first, then by the day on which they are due; those without a day as they came."""
    return sorted(tasks, key=lambda task: task.due or date.max)


def grouped(tasks: Iterable[Task], on: date) -> dict[When, list[Task]]:
    """The same in groups, none of them empty, in the order of `When`."""
    groups: dict[When, list[Task]] = {}
    for task in by_lateness(tasks):
        groups.setdefault(when(task, on), []).append(task)
    return groups
