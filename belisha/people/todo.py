"""What waits for someone in the lists of people."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse

from belisha.lib.task import Task
from belisha.people.access import can_manage_people
from belisha.people.actions.merging import pairs_that_seem_one
from belisha.people.models import (
    Mail,
    Parent,
    Pupil,
    School,
    User,
    bounced,
    calendar_of,
    held_up,
)

SAY_BEFORE = timedelta(days=60)


def todo(user: User, on: date) -> Iterator[Task]:
    """A school without pupils brings in its list first; then mail that does not arrive, whoever
    is there twice, and term dates that run out."""
    if not can_manage_people(user):
        return
    yield from _mail()
    yield from _twice()
    yield from _term_dates(user.school, on)
    if not Pupil.objects.exists():
        yield Task(
            "Bring in the class list",
            "Your school's system can save it as a file. You see what is in it before it counts.",
            reverse("import_roster"),
            "Bring it in",
            "people",
        )


def _mail() -> Iterator[Task]:
    """How much waits is not said: reminders are among it, and they follow from what others did."""
    if settings.MAIL.wrong and Mail.objects.waiting().exists():
        yield Task(
            "Mail is not set up yet",
            f"Ask whoever runs the server. {settings.MAIL.wrong} “belisha doctor” says how.",
            reverse("mail"),
            "See what waits",
            "bell",
        )
    elif trouble := held_up():
        yield Task("Mail is held up", trouble, reverse("mail"), "See what waits", "bell")
    addresses = Parent.objects.filter(erased_at=None, relations__ended_on=None)
    known = {address.lower() for address in addresses.values_list("email", flat=True)}
    if broken := len(bounced(known)):
        yield Task(
            "1 address does not work" if broken == 1 else f"{broken} addresses do not work",
            "Mail to these families comes back. Ask them for the right address.",
            f"{reverse('mail')}?fate=bounced",
            "See which",
            "people",
        )


def _term_dates(school: School, on: date) -> Iterator[Task]:
    """Deadlines count by the terms, so the next ones are needed before these are over."""
    known_until = calendar_of(school).known_until
    if known_until is None:
        yield Task(
            "Bring in your term dates",
            "Until then every weekday counts as a school day, except the usual holidays.",
            reverse("calendar_bring_in"),
            "Bring them in",
            "clock",
        )
    elif known_until - on <= SAY_BEFORE:
        yield Task(
            "Add the next term dates",
            f"The last term that is written down ends on {known_until:%-d %B %Y}.",
            reverse("calendar"),
            "See the calendar",
            "clock",
            due=known_until,
        )


def _twice() -> Iterator[Task]:
    if pairs := len(pairs_that_seem_one()):
        yield Task(
            "Two contacts may be one person"
            if pairs == 1
            else f"{pairs} times two contacts may be one person",
            "Whoever is there twice is asked twice, and may be heard only half.",
            reverse("seem_one"),
            "Look at them",
            "people",
        )
