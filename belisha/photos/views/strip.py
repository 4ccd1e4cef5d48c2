"""A picture in a row of pictures, with the one word that says what it waits for."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse

from belisha.photos.models import Face, Photo
from belisha.photos.rules import Who


@dataclass(frozen=True)
class Frame:
    """One picture of the strip."""

    photo: Photo
    url: str
    thumb: str
    words: str
    light: str
    state: str
    current: bool


def strip_of(photos: Collection[Photo], current: Photo | None = None) -> list[Frame]:
    """The pictures of an album in their order, each with its state."""
    unsettled: dict[int, int] = dict.fromkeys((photo.pk for photo in photos), 0)
    open_faces = Face.objects.present().filter(photo__in=photos, who=Who.UNSETTLED)
    for photo_id in open_faces.values_list("photo_id", flat=True):
        unsettled[photo_id] += 1
    return [
        Frame(
            photo,
            reverse("picture", args=[photo.ref]),
            reverse("thumb", args=[photo.ref]),
            f"{'Clip' if photo.is_clip else 'Picture'} {number}",
            *state_of(photo, unsettled[photo.pk]),
            photo == current,
        )
        for number, photo in enumerate(photos, start=1)
    ]


def state_of(photo: Photo, unsettled: int) -> tuple[str, str]:
    """The light and the word for a picture: what a person has to do for it."""
    if photo.kept_back_at:
        return "no", "Not used"
    if not photo.faces_found_at:
        share = f" {photo.looked:.0%}" if photo.looked else ""
        return "info", f"Looking{share}"
    if unsettled:
        return "ask", f"{unsettled} to name"
    if not photo.boxed_at:
        return "ask", "Check boxes"
    return "yes", "Ready"
