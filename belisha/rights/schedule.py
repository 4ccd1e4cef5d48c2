"""How long each kind of record is kept, in all areas, and how many would go today."""

from datetime import datetime

from belisha.channels import periods as channels
from belisha.complaints import periods as complaints
from belisha.devices import periods as devices
from belisha.events import periods as events
from belisha.incidents import periods as incidents
from belisha.lib.periods import Keeping
from belisha.people import periods as people
from belisha.people.models import User
from belisha.photos import periods as photos
from belisha.policy import periods as policy
from belisha.rights.actions.requests import REQUESTS_KEPT, due_to_go
from belisha.rights.rules import ITEMS_KEPT
from belisha.rights.standing import kept_for

AREAS = (photos, devices, events, channels, complaints, policy, people, incidents)


def schedule(user: User, at: datetime) -> list[Keeping]:
    """Every kind with its period. It counts with the queries that erase, and erases nothing."""
    items, requests = due_to_go(at)
    return [
        *(one for area in AREAS for one in area.periods(user, at)),
        Keeping(
            "What was gathered for a request",
            f"{ITEMS_KEPT.days} days",
            "Since the request ended.",
            items.count(),
        ),
        Keeping(
            "Requests about one’s own data",
            f"{REQUESTS_KEPT.days // 365} years",
            "Since they ended.",
            requests.count(),
        ),
        Keeping("Backups", f"{kept_for()} days", "Since they were made.", None, True, "retention"),
    ]
