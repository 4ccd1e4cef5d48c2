"""Who may see what families said, and who may write it down."""

from typing import Any

from belisha.people.access import sees_whole_school
from belisha.people.models import Pupil, Relation, SchoolClass, User
from belisha.people.models import PupilQuerySet as Pupils


def can_record(user: User) -> bool:
    """The head, the office and the safeguarding lead write answers down and set them aside."""
    return sees_whole_school(user)


def pupils_seen_by(user: User) -> Pupils:
    """The pupils whose answers a member of staff may see: all, or those whom they teach."""
    pupils: Pupils = Pupil.objects.current().select_related("school_class")
    if sees_whole_school(user):
        return pupils
    if not user.is_staff_member:
        return pupils.none()
    taught = SchoolClass.objects.current().filter(teachers=user.staff)
    return pupils.filter(school_class__in=taught)


def children_answered_for_by(user: User) -> Pupils:
    """A person's own children, for whom they answer. An order against contact closes this."""
    relations = Relation.objects.filter(parent=user.parent).open().responsible()
    return _children(user, relations)


def children_of(user: User) -> Pupils:
    """Every child whose parent or contact a person is; not for all of them do they answer."""
    return _children(user, Relation.objects.filter(parent=user.parent).open())


def _children(user: User, relations: Any) -> Pupils:
    children: Pupils = Pupil.objects.current().filter(id__in=relations.values("pupil_id"))
    return children if user.parent else children.none()
