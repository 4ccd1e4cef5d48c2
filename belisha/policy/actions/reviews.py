"""Reminding whoever reviews a document that its review is due, or late (G.1)."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from belisha.audit.actions import record
from belisha.people.actions.mail import post
from belisha.people.models import Staff
from belisha.people.rules import Role
from belisha.policy.models import (
    Document,
    ReviewReminder,
    Version,
    newest_of_each,
)
from belisha.policy.reviewing import reminder_due


def reviewers_of(document: Document) -> list[Staff]:
    """Whoever is named as reviewer while they serve; else the head."""
    current = Staff.objects.current()
    named = list(current.filter(pk=document.reviewer_id)) if document.reviewer_id else []
    return named or list(current.filter(roles__role=Role.HEAD))


def to_remind(on: date) -> Iterator[tuple[Version, Staff, date]]:
    """Whom a reminder is for on a day, of which version, and on account of which day."""
    issued = Version.objects.issued().filter(document__ended_at=None, review_on__isnull=False)
    for version in newest_of_each(Version.objects.issued()):
        if version not in issued or version.review_on is None or version.issued_on is None:
            continue
        due_on = reminder_due(version.review_on, since=version.issued_on, on=on)
        if due_on is None:
            continue
        for staff in reviewers_of(version.document):
            said = ReviewReminder.objects.filter(version=version, staff=staff, due_on=due_on)
            if staff.email and not said.exists():
                yield version, staff, due_on


@transaction.atomic
def remind(version: Version, staff: Staff, due_on: date, *, on: date, at: datetime) -> bool:
    """Post one reminder, unless another process has; return whether it was posted."""
    _, mine = ReviewReminder.objects.get_or_create(
        school_id=version.school_id,
        version=version,
        staff=staff,
        due_on=due_on,
        defaults={"sent_at": at},
    )
    if not mine:
        return False
    subject, body = words_for(version, on=on)
    post(
        version.school,
        to=staff.email,
        subject=subject,
        body=body,
        kind="review",
        at=at,
        about=staff,
    )
    record("review.reminded", version, by=None, at=at, staff=staff.pk, due=due_on.isoformat())
    return True


def words_for(version: Version, *, on: date) -> tuple[str, str]:
    """Subject and body: which document, until when, why, and one link."""
    assert version.review_on is not None
    day, title = f"{version.review_on:%-d %B %Y}", version.document.title
    is_late = version.review_on < on
    subject = (
        f"The review of “{title}” was due on {day}"
        if is_late
        else (f"The review of “{title}” is due on {day}")
    )
    link = settings.ADDRESS + reverse("document", args=[version.document.key])
    draft = version.document.draft
    begun = f"Version {draft.label} is being written.\n\n" if draft else ""
    asks = "It is late. Write the next version, or say that this one still holds."
    body = (
        f"{subject}.\n\n{asks if is_late else 'Read it, and begin the next version in good time.'}"
        f"\n\n{begun}Version {version.label} is in force: {link}\n\n"
        "You get this because you review this document. "
        "The reminders end when the next version is issued.\n"
    )
    return subject, body
