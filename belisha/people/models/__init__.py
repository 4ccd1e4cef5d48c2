"""The school, everyone in it, their ways in, and the mail to them."""

from belisha.people.models.doors import LetterCode
from belisha.people.models.everyone import (
    ClassQuerySet,
    Parent,
    ParentQuerySet,
    Protection,
    Pupil,
    PupilQuerySet,
    Relation,
    RosterFile,
    Row,
    School,
    SchoolClass,
    SchoolRow,
    Staff,
    StaffRole,
    Teaching,
    User,
    protected,
    scoped,
)
from belisha.people.models.mail import Mail

__all__ = [
    "ClassQuerySet",
    "LetterCode",
    "Mail",
    "Parent",
    "ParentQuerySet",
    "Protection",
    "Pupil",
    "PupilQuerySet",
    "Relation",
    "RosterFile",
    "Row",
    "School",
    "SchoolClass",
    "SchoolRow",
    "Staff",
    "StaffRole",
    "Teaching",
    "User",
    "protected",
    "scoped",
]
