"""Choosing pictures of an album for one purpose: those that may go, and why the others may not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from belisha.photos.asking import ask
from belisha.photos.models import Album, Photo
from belisha.photos.rules import CLIP_ON_PAPER, Decision
from belisha.photos.views.finding import photos_of
from belisha.policy.models import Purpose


@dataclass(frozen=True)
class Choice:
    """One picture, its number in the album, and whether it may be chosen and is."""

    photo: Photo
    number: int
    decision: Decision
    chosen: bool

    @property
    def allowed(self) -> bool:
        return bool(self.decision.verdict)


def choices(
    album: Album,
    purpose: Purpose,
    *,
    on: date,
    chosen: Collection[str] | None = None,
    on_paper: bool = False,
) -> list[Choice]:
    """Every picture of an album for a purpose; `chosen` are refs, and None means all."""
    photos = list(photos_of(album))
    decisions = ask(photos, [purpose], on=on)
    return [
        Choice(
            photo,
            number,
            CLIP_ON_PAPER if photo.is_clip and on_paper else decisions[photo.pk][purpose.key],
            chosen is None or photo.ref in chosen,
        )
        for number, photo in enumerate(photos, start=1)
    ]


def refs_in(typed: QueryDict, *, sent: bool) -> set[str] | None:
    """The pictures that a form named; None before it was sent."""
    return set(typed.getlist("pictures")) if sent else None


def chosen_of(some: Collection[Choice]) -> list[tuple[int, Photo]]:
    """The pictures that were chosen and may be, with their numbers."""
    return [(one.number, one.photo) for one in some if one.allowed and one.chosen]
