"""What this area tells the lists of people, once the site starts."""

from collections.abc import Collection, Mapping

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "belisha.consent"

    def ready(self) -> None:
        from belisha.people.actions.ties import ask_before_ending

        ask_before_ending(_answered)


def _answered(ties: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
    from belisha.consent.models import answered

    have = answered({pupil_id for pupil_id, _ in ties})
    return {
        tie: "They have answered. What they said stops counting." for tie in ties if tie in have
    }
