"""Numbers without names, for a governor or an inspector who asks "show me"."""

from dataclasses import dataclass
from datetime import date

from belisha.consent.models import facts
from belisha.consent.rules import Fact
from belisha.people.models import Pupil
from belisha.photos.models import Photo
from belisha.policy.models import Purpose, current_agreements
from belisha.policy.rules import Audience
from belisha.policy.signing import ClassList, children_of, families_reached


@dataclass(frozen=True)
class Figure:
    """One number and what it counts."""

    value: str
    words: str


def figures(on: date) -> list[Figure]:
    """How the policy is kept: families asked (P.i), faces settled (P.iv), agreements (A.1, D.0)."""
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
        *_agreements(),
    ]


def _agreements() -> list[Figure]:
    """What is issued, and who signed it; nothing before the head has issued anything."""
    current = current_agreements()
    made = []
    if set(current) - {Audience.FAMILIES}:
        school = ClassList(None, tuple(children_of(Pupil.objects.current())))
        signed, both = (
            f"{school.signed} of {school.asked}",
            f"{school.countersigned} of {school.asked}",
        )
        made += [
            Figure(signed, "children have signed the agreement"),
            Figure(both, "children have a parent who signed the agreement"),
        ]
    if expectations := current.get(Audience.FAMILIES):
        reached, of = families_reached(expectations)
        words = "children have a parent who read what we ask of families"
        made.append(Figure(f"{reached} of {of}", words))
    return made
