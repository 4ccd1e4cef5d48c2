"""The school, everyone in it, their ways in, and the mail to them."""

from belisha.people.models.doors import LetterCode, Limit, SignInCode
from belisha.people.models.everyone import (
    ClassQuerySet,
    GuestPass,
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
from belisha.people.models.invitations import Invitation
from belisha.people.models.mail import Fate, Mail, bounced, held_up
from belisha.people.models.merging import NotOne

__all__ = [
    "ClassQuerySet",
    "Fate",
    "GuestPass",
    "Invitation",
    "LetterCode",
    "Limit",
    "Mail",
    "NotOne",
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
    "SignInCode",
    "Staff",
    "StaffRole",
    "Teaching",
    "User",
    "bounced",
    "held_up",
    "protected",
    "scoped",
]
