"""Who may take a device away, see what became of it, keep it, and give it back."""

from belisha.devices.models import Confiscation
from belisha.devices.models.confiscations import State
from belisha.people.access import sees_full_names
from belisha.people.models import Pupil, PupilQuerySet, User
from belisha.people.rules import GOVERNORS, LEADERS, SAFEGUARDING, SEES_WHOLE_SCHOOL

KEEP = SEES_WHOLE_SCHOOL  # who receives devices in the office, and gives them back
DECIDE = LEADERS
COUNT = SEES_WHOLE_SCHOOL | GOVERNORS  # who sees how many there were, and nobody's name


def pupils_met_by(user: User) -> PupilQuerySet:
    """The children whom a person may meet in a corridor: any member of staff, any child here."""
    pupils: PupilQuerySet = Pupil.objects.current().select_related("school_class")
    return pupils if user.is_staff_member else pupils.none()


def can_seize(user: User, pupil: Pupil) -> bool:
    """Any member of staff (A.4; Education and Inspections Act 2006, section 94)."""
    return user.is_staff_member and pupil.left_on is None and pupil.erased_at is None


def can_keep(user: User) -> bool:
    """The office, leaders and safeguarding receive devices, give them back, keep exemptions."""
    return user.has_role(*KEEP)


def can_contact(user: User, row: Confiscation) -> bool:
    """Who keeps devices, and who teaches the child, rings home and decides by the ladder."""
    return sees_full_names(user, row.pupil.school_class)


def can_correct(user: User, row: Confiscation) -> bool:
    """Who keeps devices, and who took this one."""
    return can_keep(user) or (user.is_staff_member and row.seized_by_id == user.pk)


def can_undo(user: User, row: Confiscation) -> bool:
    """The same; but once it lies in the office, the office alone can give it back."""
    return can_keep(user) or (can_correct(user, row) and row.state is not State.OFFICE)


def can_settle(user: User) -> bool:
    """The head and senior leaders follow up what went wrong."""
    return user.has_role(*DECIDE)


def can_retain(user: User) -> bool:
    """Leaders and safeguarding keep a record beyond its time."""
    return user.has_role(*LEADERS, *SAFEGUARDING)
