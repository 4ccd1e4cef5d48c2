"""Whom a campaign asks, and how each of them can be reached."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from belisha.consent.models import facts
from belisha.consent.rules import Fact
from belisha.people.models import Parent, Pupil, Relation, SchoolClass, bounced
from belisha.policy.models import Purpose


class Whom(TextChoices):
    """Which families are asked."""

    EVERYONE = "everyone", "Every family"
    CLASSES = "classes", "The families of some classes"
    NEW = "new", "New starters: children without any answer"


@dataclass(frozen=True)
class Plan:
    """Who would be asked: by email, on paper; and the children for whom nobody can be asked."""

    by_mail: tuple[Parent, ...]
    on_paper: tuple[Parent, ...]
    nobody: tuple[Pupil, ...]

    @property
    def asks_anyone(self) -> bool:
        return bool(self.by_mail or self.on_paper)


def children_of(whom: Whom, classes: Collection[SchoolClass], *, on: date) -> list[Pupil]:
    """The children whose families are asked.

    Whoever looks like a new starter in the register is one, so that the number here is that there.
    """
    pupils = Pupil.objects.current().select_related("school_class")
    if whom is Whom.CLASSES:
        pupils = pupils.filter(school_class__in=classes)
    found = list(pupils)
    if whom is Whom.NEW:
        said = facts([pupil.pk for pupil in found], on=on, purposes=Purpose.objects.in_use())
        answered = {pupil for (pupil, _), fact in said.items() if fact is not Fact.NONE}
        found = [pupil for pupil in found if pupil.pk not in answered]
    return found


def plan(pupils: Collection[Pupil]) -> Plan:
    """Who answers for these children and how mail or paper reaches them.

    Nobody under an order is asked about the child whom it protects, nor anyone without parental
    responsibility. An address from which mail came back counts as none.
    """
    ties = list(
        Relation.objects.open()
        .responsible()
        .filter(pupil__in=[pupil.pk for pupil in pupils], parent__erased_at=None)
        .select_related("parent")
        .order_by("parent__last_name", "parent__first_name", "parent_id")
    )
    parents = {tie.parent_id: tie.parent for tie in ties}
    broken = bounced(parent.email for parent in parents.values())
    by_mail = [one for one in parents.values() if one.email and one.email.lower() not in broken]
    reached = {tie.pupil_id for tie in ties}
    return Plan(
        tuple(by_mail),
        tuple(one for one in parents.values() if one not in by_mail),
        tuple(pupil for pupil in pupils if pupil.pk not in reached),
    )
