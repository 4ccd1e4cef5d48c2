"""What every page shows around its own content."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext

from belisha.people.access import may_choose_language, must_show_second_factor
from belisha.people.rules import LANGUAGES, NOT_YET_CHECKED, RIGHT_TO_LEFT, STAFF, Role


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
    if not hasattr(request, "user"):  # refused before any door, as for a host that is not ours
        return {"school": None, "nav": [], "provider_name": ""}
    user = request.user
    is_in = user.is_authenticated and not must_show_second_factor(request)
    places: list[tuple[str, str, str, frozenset[Role]]] = [
        ("Albums", "albums", "album", STAFF),
        ("People", "people", "people", STAFF),
        ("Answers", "answers", "answers", STAFF),
        (gettext("My children"), "children", "people", frozenset({Role.PARENT})),
    ]
    # A parent is led straight to the children; everyone else begins with what waits.
    if user.is_authenticated and user.roles != {Role.PARENT}:
        places.insert(0, (gettext("Today"), "today", "today", frozenset(Role)))
    nav = [
        Place(label, url := reverse(name), icon, _is_current(request.path, url))
        for label, name, icon, roles in places
        if user.is_authenticated and is_in and (name == "today" or not user.roles.isdisjoint(roles))
    ]
    kept = getattr(request, "school", None)
    return {
        "school": kept,
        "nav": nav,
        "provider_name": settings.PROVIDER.name if settings.PROVIDER else "",
        **(_languages() if kept and may_choose_language(user) else {}),
    }


def _languages() -> dict[str, Any]:
    """What the page may be read in, the language of this page first."""
    current = get_language()
    return {
        "languages": [
            (code, name, "rtl" if code in RIGHT_TO_LEFT else "ltr")
            for code, name in sorted(LANGUAGES, key=lambda one: one[0] != current)
        ],
        "language_unchecked": current in NOT_YET_CHECKED,
    }


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
