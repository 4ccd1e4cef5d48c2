"""What waits for the head and the office: a backup to make or to prove, a restore to look at."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from belisha.lib.task import Task
from belisha.people.models import User
from belisha.rights.access import can_keep_backups
from belisha.rights.standing import standing


def todo(user: User, on: date) -> Iterator[Task]:
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
