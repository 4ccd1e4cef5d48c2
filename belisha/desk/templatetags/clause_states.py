"""How each clause stands, for the page of the policy, which knows no area above its own."""

from typing import Any

from django import template
from django.utils import timezone

from belisha.desk.states import board
from belisha.people.models import User
from belisha.people.rules import GOVERNORS, STAFF
from belisha.policy.models import Version

register = template.Library()


@register.simple_tag(takes_context=True)
def states_of(context: dict[str, Any], version: Version) -> Any:
    """The states of a version for staff and governors; nothing for all others."""
    user = context["request"].user
    if not isinstance(user, User) or not user.has_role(*STAFF, *GOVERNORS):
        return None
    return board(version, user, on=timezone.localdate())


@register.filter
def of(found: dict[Any, Any] | None, key: Any) -> Any:
    """What stands under a key, or nothing."""
    return found.get(key) if found else None
