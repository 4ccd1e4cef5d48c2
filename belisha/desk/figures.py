"""Numbers without names, for a governor or an inspector who asks "show me"."""

from dataclasses import dataclass
from datetime import date

from belisha.consent.models import facts
from belisha.consent.rules import Fact
from belisha.people.models import Pupil
from belisha.photos.models import Photo
from belisha.policy.models import Purpose


@dataclass(frozen=True)
class Figure:
    """One number and what it counts."""

    value: str
    words: str


def figures(on: date) -> list[Figure]:
    """How the two gates of pictures are kept: families asked (P.i), faces settled (P.iv)."""
    pupils = list(Pupil.objects.current().values_list("pk", flat=True))
    said = facts(pupils, on=on, purposes=Purpose.objects.in_use())
    answered = {pupil for (pupil, _), fact in said.items() if fact is not Fact.NONE}
    pictures = Photo.objects.count()
    settled = pictures - Photo.objects.unsettled().count()
    checked = Photo.objects.filter(boxed_at__isnull=False).count()
    return [
        Figure(f"{len(answered)} of {len(pupils)}", "children have an answer from their family"),
        Figure(f"{settled} of {pictures}", "pictures have a name or a cover for every face"),
        Figure(f"{checked} of {pictures}", "pictures were checked for missed faces by a person"),
    ]
