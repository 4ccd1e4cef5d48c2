"""The search of the whole site, gathered from the areas.

Each area filters what a person may see anyway, so that neither a hit nor a count tells of more.
Names are few and go by `people.rules.fits`, so that no index has to forget a child; long texts
have an index of the database's own, behind `lib.fulltext`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from belisha.channels.searching import find as find_accounts
from belisha.complaints.searching import find as find_complaints
from belisha.devices.searching import find as find_devices
from belisha.events.searching import find as find_events
from belisha.incidents.searching import find as find_cases
from belisha.lib.found import Found
from belisha.people.models import User
from belisha.people.searching import find_classes, find_people
from belisha.photos.searching import find_albums, find_places
from belisha.policy.searching import find_clauses, find_requests
from belisha.rights.searching import find as find_asked

Words = str | Promise  # ours, in the reader's language
LONGEST = 100  # letters of what is looked for


@dataclass(frozen=True)
class Section:
    """What was found of one kind."""

    title: Words
    found: list[Found]


# An area with things to be found adds its function here, with what they are called together.
SOURCES: tuple[tuple[Words, Callable[[User, str], list[Found]]], ...] = (
    (gettext_lazy("People"), find_people),
    (gettext_lazy("Classes"), find_classes),
    (gettext_lazy("Albums"), find_albums),
    ("Places", find_places),
    ("Events and visitors", find_events),
    ("Devices", find_devices),
    ("Accounts", find_accounts),
    ("Complaints", find_complaints),
    ("Requests about data", find_asked),
    ("Cases", find_cases),
    ("The head’s yes", find_requests),
    (gettext_lazy("Policy"), find_clauses),
)


def search(user: User, typed: str) -> list[Section]:
    """Everything that this person may see and whose words begin as typed; no empty sections."""
    if not typed or "\0" in typed:  # which no database keeps, and PostgreSQL refuses to look for
        return []
    sections = (Section(title, find(user, typed)) for title, find in SOURCES)
    return [section for section in sections if section.found]
