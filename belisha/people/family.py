"""What a person may know of a child and of the child's family."""

from collections.abc import Sequence
from dataclasses import dataclass

from belisha.people.access import can_manage_people, sees_full_names, sees_whole_school
from belisha.people.models import Pupil, PupilQuerySet, Relation, User


@dataclass(frozen=True)
class Known:
    """All of it, the family's names, or name and class alone.

    `known`: full names; `whole`: how to reach the family, and who was family once; `keeps`: may
    change it. What a person may not know is empty.
    """

    pupil: Pupil
    name: str
    known: bool
    whole: bool
    keeps: bool
    family: Sequence[Relation]
    past_family: Sequence[Relation]
    siblings: Sequence[Pupil]


def pupils_known_to(user: User) -> PupilQuerySet:
    """The children; of those who left only the whole school's people know."""
    pupils: PupilQuerySet = Pupil.objects.visible_to(user).select_related("school_class")
    return pupils if sees_whole_school(user) else pupils.current()


def known_of(pupil: Pupil, user: User) -> Known:
    """Gather what this person may know of a child whom they may know."""
    whole, known = sees_whole_school(user), sees_full_names(user, pupil.school_class)
    relations = Relation.objects.filter(pupil=pupil).select_related("parent")
    return Known(
        pupil=pupil,
        name=str(pupil) if known else pupil.short_name,
        known=known,
        whole=whole,
        keeps=can_manage_people(user),
        family=relations.standing() if whole else relations.open() if known else [],
        past_family=relations.exclude(ended_on=None) if whole else [],
        siblings=_siblings(pupil) if whole else [],
    )


def _siblings(pupil: Pupil) -> list[Pupil]:
    """Other children here of the same parents."""
    parents = Relation.objects.filter(pupil=pupil).standing().values("parent")
    others = Relation.objects.filter(parent__in=parents).standing().exclude(pupil=pupil)
    return list(Pupil.objects.current().filter(id__in=others.values("pupil")))
