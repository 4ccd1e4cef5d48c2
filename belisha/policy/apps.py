"""What this area does when others erase someone."""

from typing import Any

from django.apps import AppConfig

from belisha.people.signals import pupil_erased


class PolicyConfig(AppConfig):
    name = "belisha.policy"

    def ready(self) -> None:
        pupil_erased.connect(_forget, dispatch_uid="belisha.policy.forget")


def _forget(sender: Any, pupil: Any, **kwargs: Any) -> None:
    from belisha.policy.actions.signatures import forget

    forget(pupil)
