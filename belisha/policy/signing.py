"""Who signed and who is missing, for pages, lists, figures and what waits (A.1, D.0)."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from belisha.people.access import sees_whole_school
from belisha.people.models import Parent, Pupil, Relation, SchoolClass, User
from belisha.people.rules import alphabetical
from belisha.policy.access import classes_with_lists_for
from belisha.policy.models import Acknowledgement, Agreement, Signature, current_agreements
from belisha.policy.rules import Audience, audience_of


@dataclass(frozen=True)
class Child:
    """A child, the agreement of the child's age if one is issued, and who signed it.

    One parent is enough for `countersigned`. It must be one who is still responsible for the child
    and under no order against contact.
    """

    pupil: Pupil
    agreement: Agreement | None
    signed: Signature | None
    countersigned: Signature | None

    @property
    def unsigned(self) -> bool:
        return self.agreement is not None and self.signed is None

    @property
    def uncountersigned(self) -> bool:
        return self.agreement is not None and self.countersigned is None


@dataclass(frozen=True)
class ClassList:
    """The children of a class, or those in no class, in the order of their names."""

    school_class: SchoolClass | None
    children: tuple[Child, ...]

    @property
    def asked(self) -> int:
        return sum(child.agreement is not None for child in self.children)

    @property
    def signed(self) -> int:
        return sum(child.signed is not None for child in self.children)

    @property
    def countersigned(self) -> int:
        return sum(child.countersigned is not None for child in self.children)

    @property
    def unsigned(self) -> list[Child]:
        return [child for child in self.children if child.unsigned]

    @property
    def uncountersigned(self) -> list[Child]:
        return [child for child in self.children if child.uncountersigned]

    @property
    def without_agreement(self) -> list[Child]:
        """Those whom nobody asks: no year is known, or no agreement is issued for their age."""
        return [child for child in self.children if child.agreement is None]

    @property
    def agreements(self) -> list[Agreement]:
        """The texts of these children's ages, youngest first."""
        found = {
            child.agreement.audience: child.agreement
            for child in self.children
            if (child.agreement)
        }
        return [found[audience] for audience in Audience if audience in found]


def lists_for(user: User) -> list[ClassList]:
    """The lists that a member of staff sees. Four queries more than the classes."""
    classes = classes_with_lists_for(user)
    pupils = Pupil.objects.current()
    if not sees_whole_school(user):
        pupils = pupils.filter(school_class__in=classes)
    by_class: dict[int | None, list[Child]] = defaultdict(list)
    for child in children_of(pupils):
        by_class[child.pupil.school_class_id].append(child)
    lists = [ClassList(one, tuple(by_class.pop(one.pk, ()))) for one in classes]
    nowhere = tuple(child for rest in by_class.values() for child in rest)
    return [*lists, ClassList(None, nowhere)] if nowhere else lists


def list_of(school_class: SchoolClass) -> ClassList:
    pupils = Pupil.objects.current().filter(school_class=school_class)
    return ClassList(school_class, tuple(children_of(pupils)))


def children_of(pupils: Iterable[Pupil]) -> list[Child]:
    """How it stands with each of these pupils, by name. Four queries, whatever their number."""
    pupils = sorted(pupils, key=lambda pupil: (alphabetical(str(pupil)), pupil.pk))
    current = current_agreements()
    ids = [pupil.pk for pupil in pupils]
    responsible = _responsible(ids)
    signed: dict[int, Signature] = {}
    countersigned: dict[int, Signature] = {}
    asked = {pupil.pk: agreement_of(pupil, current) for pupil in pupils}
    signatures = Signature.objects.standing().filter(pupil_id__in=ids).select_related("agreement")
    for signature in signatures.order_by("recorded_at", "id"):
        agreement = asked[signature.pupil_id]
        if agreement is None or not agreement.counts(signature.agreement):
            continue
        if signature.parent_id is None:
            signed.setdefault(signature.pupil_id, signature)
        elif (signature.pupil_id, signature.parent_id) in responsible:
            countersigned.setdefault(signature.pupil_id, signature)
    return [
        Child(pupil, asked[pupil.pk], signed.get(pupil.pk), countersigned.get(pupil.pk))
        for pupil in pupils
    ]


def agreement_of(pupil: Pupil, current: dict[Audience, Agreement]) -> Agreement | None:
    """The version in force for a pupil's age; None when none is issued or no year is known."""
    audience = audience_of(pupil.year_group)
    return current.get(audience) if audience else None


def own_signature(pupil: Pupil, parent: Parent, agreement: Agreement) -> Signature | None:
    """What this parent signed and still counts. What another signed is not theirs to see."""
    found: Signature | None = (
        Signature.objects.standing()
        .filter(agreement.counted, pupil=pupil, parent=parent)
        .order_by("recorded_at")
        .first()
    )
    return found


def own_acknowledgement(parent: Parent, agreement: Agreement) -> Acknowledgement | None:
    """What this parent acknowledged and still counts."""
    counted = Acknowledgement.objects.standing().filter(agreement.counted, parent=parent)
    found: Acknowledgement | None = counted.order_by("at").first()
    return found


@dataclass(frozen=True)
class Reader:
    """A parent here, the children, and what tells that they read what the school asks (D.0)."""

    parent: Parent
    children: tuple[Pupil, ...]
    acknowledged: Acknowledgement | None


def readers(
    expectations: Agreement, *, school_class: SchoolClass | None = None, missing: bool = False
) -> list[Reader]:
    """Every parent of a child who is here, by name, or of one class, or only who has not read it.

    Nobody whom an order keeps from all their children is among them. Two queries.
    """
    ties = Relation.objects.open_here().select_related("parent", "pupil__school_class")
    children: dict[Parent, list[Pupil]] = defaultdict(list)
    for tie in ties.order_by("pupil__first_name", "pupil_id"):
        children[tie.parent].append(tie.pupil)
    read: dict[int, Acknowledgement] = {}
    counted = Acknowledgement.objects.standing().filter(expectations.counted)
    for entry in counted.select_related("agreement").order_by("at"):
        read.setdefault(entry.parent_id, entry)
    found = [
        Reader(parent, tuple(theirs), read.get(parent.pk))
        for parent, theirs in children.items()
        if school_class is None or any(one.school_class_id == school_class.pk for one in theirs)
    ]
    found.sort(
        key=lambda one: (alphabetical(f"{one.parent.last_name} {one.parent}"), one.parent.pk)
    )
    return [one for one in found if one.acknowledged is None] if missing else found


def families_reached(expectations: Agreement) -> tuple[int, int]:
    """How many children have a parent who read what the school asks of families (D.0), of all."""
    acknowledged = Acknowledgement.objects.standing().filter(expectations.counted)
    pupils = Pupil.objects.current()
    reached = Relation.objects.open().filter(
        parent__in=acknowledged.values("parent"), pupil__in=pupils
    )
    return reached.values("pupil").distinct().count(), pupils.count()


def _responsible(pupil_ids: Collection[int]) -> set[tuple[int, int]]:
    """Who signs for whom, by pupil and parent."""
    relations = Relation.objects.open().responsible().filter(pupil_id__in=pupil_ids)
    return set(relations.values_list("pupil_id", "parent_id"))
