"""What this area tells the lists of people, once the site starts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from belisha.people.models import Parent, Pupil


class ConsentConfig(AppConfig):
    name = "belisha.consent"

    def ready(self) -> None:
        from belisha.people.actions.parents import forget_parent_too
        from belisha.people.actions.pupils import forget_too
        from belisha.people.actions.ties import ask_before_ending

        ask_before_ending(_answered)
        forget_too(_forget_why_for)
        forget_parent_too(_forget_why_of)


def _forget_why_for(pupil: Pupil) -> None:
    """Why an answer was set aside was typed by a person, and may name the child."""
    from belisha.consent.models import Answer

    Answer.objects.filter(pupil=pupil).exclude(why="").update(why="")


def _forget_why_of(parent: Parent) -> None:
    """It may name the parent too."""
    from belisha.consent.models import Answer

    Answer.objects.filter(parent=parent).exclude(why="").update(why="")


def _answered(ties: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
    from belisha.consent.models import answered

    have = answered({pupil_id for pupil_id, _ in ties})
    return {
        tie: "They have answered. What they said stops counting." for tie in ties if tie in have
    }
