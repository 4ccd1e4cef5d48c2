"""What waits for whom: a backup to make or to prove, a restore to look at, requests to answer."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse
from django.utils import timezone

from belisha.lib.task import Task
from belisha.people.models import User
from belisha.rights.access import can_keep_backups, can_review
from belisha.rights.cases import waiting
from belisha.rights.models import Request
from belisha.rights.rules import Outcome, Part
from belisha.rights.standing import standing


def todo(user: User, on: date) -> Iterator[Task]:
    """Of backups, and of what people asked about their data."""
    yield from _backups(user, on)
    for row in Request.objects.open() if can_review(user, Part.SCHOOL) else ():
        yield _request(row)
    for one in waiting(user, timezone.make_aware(datetime.combine(on, time(12)))):
        yield Task(
            f"Decide what {one.request.asked_by} may have of a case",
            f"Case {one.case.reference}. They asked what we hold on {one.request.called}.",
            one.url,
            "Decide",
            "people",
            one.request.due_on,
        )
    # For every request alike, so that it tells nothing: whether there is a part is seen inside.
    for row in _sealed(user):
        yield Task(
            f"Look at your part: {row}",
            "Gather what you alone know, and decide on it.",
            reverse("rights_request", args=[row.ref]),
            "Look at it",
            "people",
            row.due_on,
        )


def _sealed(user: User) -> Iterator[Request]:
    if can_review(user, Part.SEALED):
        rows = Request.objects.filter(sealed_at=None).exclude(identity_at=None)
        yield from (row for row in rows if row.gathers and row.outcome in ("", Outcome.GIVEN))


def _request(row: Request) -> Task:
    words = f"{row.asked_by} asked on {row.received_on:%-d %B %Y}."
    url = reverse("rights_request", args=[row.ref])
    return Task(str(row), words, url, "Answer it", "people", row.due_on)


def _backups(user: User, on: date) -> Iterator[Task]:
    """A demonstration needs no backup."""
    if not can_keep_backups(user):
        return
    here, url = standing(on), reverse("backups")
    if here.restores:
        words = "Some things could not be done again. See which, and mend them."
        yield Task("Look at what a restore left", words, url, "See what was left", "box", on)
    if user.school.demonstration:
        return
    if here.is_old:
        words = f"The last backup that we know of: {here.made}."
        yield Task("Have a backup made", words, url, "See the backups", "box", None)
    elif here.proof_is_due:
        words = f"Last proven: {here.proven}. Ask whoever runs the server."
        yield Task("Have a backup proven", words, url, "See the backups", "box", None)
