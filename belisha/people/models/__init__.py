"""The school, everyone in it, their ways in, and the mail to them."""

from belisha.people.models.calendar import MarkedDays, SchoolHours, calendar_of
from belisha.people.models.choices import CalendarAddress, Choices, choices_of
from belisha.people.models.doors import LetterCode, Limit, SignInCode
from belisha.people.models.everyone import (
    NO_ADDRESS,
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
    StaffQuerySet,
    StaffRole,
    Teaching,
    User,
    protected,
    scoped,
)
from belisha.people.models.invitations import Invitation
from belisha.people.models.mail import Fate, Mail, bounced, held_up
from belisha.people.models.merging import NotOne
from belisha.people.models.standing_in import StandIn, StandInQuerySet, stands_in

__all__ = [
    "NO_ADDRESS",
    "CalendarAddress",
    "Choices",
    "ClassQuerySet",
    "Fate",
    "GuestPass",
    "Invitation",
    "LetterCode",
    "Limit",
    "Mail",
    "MarkedDays",
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
    "SchoolHours",
    "SchoolRow",
    "SignInCode",
    "Staff",
    "StaffQuerySet",
    "StaffRole",
    "StandIn",
    "StandInQuerySet",
    "Teaching",
    "User",
    "bounced",
    "calendar_of",
    "choices_of",
    "held_up",
    "protected",
    "scoped",
    "stands_in",
]
