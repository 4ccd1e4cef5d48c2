"""What every page shows around its own content."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from belisha.people.access import must_show_second_factor
from belisha.people.rules import STAFF, Role


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    label: str
    url: str
    icon: str
    current: bool
    count: int = 0


def school(request: HttpRequest) -> dict[str, Any]:
    """The school, and the places that this person may go to."""
    user = request.user
    is_in = user.is_authenticated and not must_show_second_factor(request)
    places = [("Today", "today", "today", frozenset(Role))] if is_in else []
    places += [
        ("Albums", "albums", "album", STAFF),
        ("People", "people", "people", STAFF),
        ("Answers", "answers", "answers", STAFF),
        ("My children", "children", "people", frozenset({Role.PARENT})),
    ]
    nav = [
        Place(label, url := reverse(name), icon, _is_current(request.path, url))
        for label, name, icon, roles in places
        if user.is_authenticated and is_in and (name == "today" or not user.roles.isdisjoint(roles))
    ]
    return {
        "school": getattr(request, "school", None),
        "nav": nav,
        "provider_name": settings.PROVIDER.name if settings.PROVIDER else "",
    }


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
