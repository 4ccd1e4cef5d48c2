"""What happens whenever someone signs in, by whatever door."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone

LONGEST_NAME = 200  # letters of what a browser calls itself


class PeopleConfig(AppConfig):
    name = "belisha.people"

    def ready(self) -> None:
        user_logged_in.connect(_begins, dispatch_uid="belisha.people.session-begins")


def _begins(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """The session is fresh, and stands in the list of those that the person may end."""
    from allauth.account.adapter import get_adapter
    from allauth.usersessions.models import UserSession

    from belisha.people.access import mark_fresh

    at = timezone.now()
    if request.session.session_key is None:  # somebody else was signed in here a moment ago
        request.session.create()
    mark_fresh(request, at=at)
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": user,
            "ip": get_adapter().get_client_ip(request),
            "user_agent": request.META.get("HTTP_USER_AGENT", "")[:LONGEST_NAME],
            "created_at": at,
            "last_seen_at": at,
        },
    )
