"""Who may see what families said, and who may write it down."""

from typing import Any

from belisha.consent.models import Sheet
from belisha.people.access import sees_whole_school
from belisha.people.models import ClassQuerySet as Classes
from belisha.people.models import Pupil, Relation, SchoolClass, User
from belisha.people.models import PupilQuerySet as Pupils


def can_record(user: User) -> bool:
    """The head, the office and the safeguarding lead write answers down and set them aside."""
    return sees_whole_school(user)


def classes_seen_by(user: User) -> Classes:
    """The classes of whose children a member of staff may see what counts: all, or their own."""
    classes: Classes = SchoolClass.objects.current()
    if sees_whole_school(user):
        return classes
    return classes.filter(teachers=user.staff) if user.is_staff_member else classes.none()


def pupils_seen_by(user: User) -> Pupils:
    """The pupils whose answers a member of staff may see: all, or those whom they teach."""
    pupils: Pupils = Pupil.objects.current().select_related("school_class")
    if sees_whole_school(user):
        return pupils
    return pupils.filter(school_class__in=classes_seen_by(user))


def can_change_sheet(user: User, sheet: Sheet) -> bool:
    """Who made a sheet, and those who see the whole school; others on it only read it."""
    return sees_whole_school(user) or (user.is_staff_member and sheet.made_by_id == user.pk)


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
