"""Two contacts that are one person, or are not.

What people said is kept by an area above, so this is half of a merging: see `consent.actions`.
"""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, prefetch_related_objects

from belisha.audit.actions import record
from belisha.people.access import can_manage_people, can_manage_staff, require
from belisha.people.actions import codes, letters
from belisha.people.actions.amend import amend
from belisha.people.actions.doors import forget_user, rename_user
from belisha.people.models import NotOne, Parent, Relation, User
from belisha.people.rules import Contact, Ties, merged_ties, seem_one

Pair = tuple[Parent, Parent]


def pairs_that_seem_one() -> list[Pair]:
    """The contacts of the school in scope that may be one person, and are not said to be two."""
    parents = {parent.pk: parent for parent in Parent.objects.filter(erased_at=None)}
    children: dict[int, set[int]] = {pk: set() for pk in parents}
    ties = Relation.objects.filter(parent__in=parents).values_list("parent_id", "pupil_id")
    for parent_id, pupil_id in ties:
        children[parent_id].add(pupil_id)
    two = set(NotOne.objects.values_list("one_id", "other_id"))
    pairs = seem_one(
        Contact(pk, str(one), one.email, one.phone, frozenset(children[pk]))
        for pk, one in parents.items()
    )
    return [(parents[one], parents[other]) for one, other in pairs if (one, other) not in two]


def pair_that_seems_one(one: int, other: int) -> Pair | None:
    """These two contacts, by the numbers of their rows, if they may be one person."""
    for pair in pairs_that_seem_one():
        if {parent.pk for parent in pair} == {one, other}:
            return pair
    return None


def with_children(pairs: Collection[Pair]) -> None:
    """Read the children of these contacts at once, for a page that shows them."""
    everyone = [parent for pair in pairs for parent in pair]
    prefetch_related_objects(everyone, "relations__pupil__school_class", "user")


@transaction.atomic
def say_two(one: Parent, other: Parent, *, by: User, at: datetime) -> NotOne:
    """Say that two contacts are two people, so that they are not offered again."""
    require(can_manage_people(by))
    first, second = sorted((one, other), key=lambda parent: parent.pk)
    said, new = NotOne.objects.get_or_create(
        school=first.school,
        one=first,
        other=second,
        defaults={"said_at": at, "said_by": by},
    )
    if new:
        record("parents.said-two", first, by=by.pk, at=at, other=second.pk)
    kept: NotOne = said
    return kept


@transaction.atomic
def take_back_two(said: NotOne, *, by: User, at: datetime) -> None:
    """Take back that two contacts are two people."""
    require(can_manage_people(by))
    record("parents.may-be-one", said.one, by=by.pk, at=at, other=said.other_id)
    said.delete()


@transaction.atomic
def merge(keep: Parent, other: Parent, *, by: User, at: datetime) -> Parent:
    """Make one contact of two; return the one who is kept. It cannot be undone.

    Children, and what the law says about each, move over (`rules.merged_ties`); what is not known
    of the one who is kept is taken from the other. One way in stays. The other's row stays as a
    number that points to the one who is kept, with the number of the school's system if both had
    one, so that the next list knows it again. Raises `Refused` where either also works here and
    the person may not change them, and `ValidationError` when one of them is no longer there.
    """
    require(can_manage_people(by))
    locked = Parent.objects.select_for_update().filter(pk__in={keep.pk, other.pk}, erased_at=None)
    rows = {row.pk: row for row in locked.order_by("pk")}
    if len(rows) != 2:
        raise ValidationError("One of these contacts is no longer here.")
    keep, other = rows[keep.pk], rows[other.pk]
    for row in (keep, other):
        require(not (row.user and row.user.staff) or can_manage_staff(by, row.user.staff))
    children = _move_ties(keep, other)
    _move_said(keep, other)
    codes.forget(other)
    letters.forget(other)
    Parent.objects.filter(merged_into=other).update(merged_into=keep)
    users, blanks = [keep.user, other.user], _unknown(keep, other)
    amend(
        other,
        first_name="",
        last_name="Merged",
        email="",
        phone="",
        language="",
        key="" if "key" in blanks else other.key,
        user=None,
        erased_at=at,
        merged_into=keep,
    )
    amend(keep, **blanks)
    _keep_one_door(keep, [user for user in users if user], by=by)
    record("parents.merged", keep, by=by.pk, at=at, other=other.pk, children=children)
    return keep


def _unknown(keep: Parent, other: Parent) -> dict[str, str]:
    """What the other's row knows and the kept one does not."""
    fields = ("first_name", "email", "phone", "language", "key")
    return {
        name: getattr(other, name)
        for name in fields
        if getattr(other, name) and not getattr(keep, name)
    }


def _move_ties(keep: Parent, other: Parent) -> list[int]:
    """Give the kept one every child of the other; return the numbers of these children."""
    mine = {tie.pupil_id: tie for tie in Relation.objects.filter(parent=keep)}
    theirs = list(Relation.objects.select_for_update().filter(parent=other).order_by("pupil_id"))
    for tie in theirs:
        if same := mine.get(tie.pupil_id):
            ties = merged_ties(_ties(same), _ties(tie))
            amend(
                same,
                parental_responsibility=ties.responsible,
                no_contact=ties.no_contact,
                ended_on=ties.ended_on,
            )
            tie.delete()
        else:
            amend(tie, parent=keep)
    return [tie.pupil_id for tie in theirs]


def _ties(relation: Relation) -> Ties:
    return Ties(relation.parental_responsibility, relation.no_contact, relation.ended_on)


def _move_said(keep: Parent, other: Parent) -> None:
    """Who is not the one is not the other either."""
    for said in NotOne.objects.about(other):
        third = said.other_id if said.one_id == other.pk else said.one_id
        if third != keep.pk:
            one, two = sorted((keep.pk, third))
            NotOne.objects.get_or_create(
                school_id=said.school_id,
                one_id=one,
                other_id=two,
                defaults={"said_at": said.said_at, "said_by_id": said.said_by_id},
            )
        said.delete()


def _keep_one_door(keep: Parent, users: list[User], *, by: User) -> None:
    """Of two ways in one stays: that of someone who works here, else one that is open."""
    if not users:
        return
    stays = max(users, key=lambda user: (user.staff is not None, user.is_active))
    amend(keep, user=stays)
    for user in users:
        if user != stays:
            forget_user(user, by=by)
    if not stays.staff:
        rename_user(stays, email=keep.email or stays.email, name=str(keep))


def forget_said(parent: Parent) -> None:
    """Forget what was said of an erased contact, and the numbers of those merged into them."""
    NotOne.objects.about(parent).delete()
    Parent.objects.filter(Q(merged_into=parent) & ~Q(key="")).update(key="")
