"""What this area tells the lists of people, once the site starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from belisha.people.models import Parent, Pupil


class PhotosConfig(AppConfig):
    name = "belisha.photos"

    def ready(self) -> None:
        from belisha.people.actions.parents import forget_parent_too
        from belisha.people.actions.pupils import forget_too

        forget_too(_forget_why_for)
        forget_parent_too(_forget_why_of)


def _forget_why_for(pupil: Pupil) -> None:
    """Why an answer was set aside was typed by a person, and may name the child."""
    from belisha.photos.models import PictureAnswer

    PictureAnswer.objects.filter(pupil=pupil).exclude(why="").update(why="")


def _forget_why_of(parent: Parent) -> None:
    """It may name the parent too."""
    from belisha.photos.models import PictureAnswer

    PictureAnswer.objects.filter(parent=parent).exclude(why="").update(why="")
