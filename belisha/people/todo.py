"""What waits for someone in the lists of people."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse

from belisha.lib.task import Task
from belisha.people.access import can_manage_people
from belisha.people.actions.merging import pairs_that_seem_one
from belisha.people.models import Mail, Parent, Pupil, User, bounced, held_up


def todo(user: User) -> Iterator[Task]:
    """A school without pupils brings in its list first; then mail that does not arrive, and whoever
    is there twice."""
    if not can_manage_people(user):
        return
    yield from _mail()
    yield from _twice()
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
            f"{settings.MAIL.wrong} Whoever runs the server sets it; `belisha doctor` says how.",
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
