"""What every page shows around its own content."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext

from belisha.channels.actions.page import page_is_shown
from belisha.desk.registers import REGISTERS_FOR
from belisha.people.access import kept_to, may_choose_language, must_show_second_factor
from belisha.people.models import User, choices_of
from belisha.people.rules import LANGUAGES, NOT_YET_CHECKED, RIGHT_TO_LEFT, STAFF, Role
from belisha.policy.models import version_in_force

# Where pages lie that belong to a place without lying below its address.
ALSO_IN = {
    "albums": ("/pictures/", "/copies/", "/stops/", "/recall/"),
    "people": ("/child/", "/guests/", "/protected/"),
    "answers": ("/campaigns/", "/requests/", "/picture-answers/", "/agreements/", "/purposes/"),
    "children": ("/families/",),
    "registers": (
        *("/approvals/", "/stand-ins/", "/accounts/", "/places/", "/publications/", "/exposure/"),
        *("/devices/", "/loans/", "/confiscations/", "/events/", "/visitors/", "/challenges/"),
        *("/cases/", "/complaints/"),
    ),
}

TABS = 4


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
        return {"school": None, "nav": [], "tabs": [], "provider_name": ""}
    user = request.user
    is_in = user.is_authenticated and not (must_show_second_factor(request) or kept_to(request))
    places: list[tuple[str, str, str, frozenset[Role]]] = [
        (gettext("My children"), "children", "people", frozenset({Role.PARENT})),
        (gettext("Can I…?"), "can_i", "ask", frozenset(Role)),
        ("Albums", "albums", "album", STAFF),
        ("People", "people", "people", STAFF),
        ("Answers", "answers", "answers", STAFF),
        ("Registers", "registers", "box", REGISTERS_FOR),
        (gettext("Policy"), "policy", "book", frozenset(Role)),
    ]
    # A parent is led straight to the children; everyone else begins with what waits.
    if user.is_authenticated and user.roles != {Role.PARENT}:
        places.insert(0, (gettext("Today"), "today", "today", frozenset(Role)))
    nav = [
        Place(label, reverse(name), icon, _is_current(request.path, name))
        for label, name, icon, roles in places
        if user.is_authenticated and is_in and (name == "today" or not user.roles.isdisjoint(roles))
    ]
    kept = getattr(request, "school", None)
    searches = user.is_authenticated and is_in and not user.roles <= {Role.GUEST}
    return {
        "school": kept,
        "searches": searches,
        "slash_key": isinstance(user, User) and searches and choices_of(user).slash_key,
        "nav": nav,
        "tabs": nav[:TABS],  # on a phone; the rest stands behind More
        "behind_more": nav[TABS:],
        "commitment": SimpleLazyObject(commitment) if kept and _is_family(user) else "",
        "shows_accounts": SimpleLazyObject(page_is_shown) if kept and _is_family(user) else False,
        "provider_name": settings.PROVIDER.name if settings.PROVIDER else "",
        **(_languages() if kept and may_choose_language(user) else {}),
    }


def commitment() -> str:
    """The safeguarding commitment of the policy in force (G.2), or nothing."""
    version = version_in_force(timezone.now())
    return version.commitment if version else ""


def _is_family(user: User | AnonymousUser) -> bool:
    """Whoever may be a parent: those, and whoever has not signed in."""
    return not isinstance(user, User) or user.has_role(Role.PARENT)


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


def _is_current(path: str, name: str) -> bool:
    url = reverse(name)
    if url == "/":
        return path == url
    return path.startswith((url, *ALSO_IN.get(name, ())))
