"""What happens whenever someone signs in, by whatever door."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone


class PeopleConfig(AppConfig):
    name = "belisha.people"

    def ready(self) -> None:
        user_logged_in.connect(_fresh, dispatch_uid="belisha.people.fresh")


def _fresh(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    from belisha.people.access import mark_fresh

    mark_fresh(request, at=timezone.now())
