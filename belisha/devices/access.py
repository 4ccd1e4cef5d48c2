"""Who may see and change the register of devices, and who hears of what."""

from belisha.devices.models import Loan, Plan
from belisha.people.models import User
from belisha.people.rules import GOVERNORS, LEADERS, SAFEGUARDING, STAFF, Role

KEEP = LEADERS | {Role.OFFICE}
FOLLOW_UP = LEADERS | SAFEGUARDING
SEE_CHECKS = STAFF | GOVERNORS


def can_use_board(user: User) -> bool:
    """Any member of staff; on a shared tablet it is whoever is signed in there."""
    return user.is_staff_member


def can_keep(user: User) -> bool:
    """The head, senior leaders and the office keep the register and count the stock."""
    return user.has_role(*KEEP)


def can_follow_up(user: User) -> bool:
    """Leaders and safeguarding leads write down what was done about a lost device."""
    return user.has_role(*FOLLOW_UP)


def can_change_due(user: User, loan: Loan) -> bool:
    """Who has it, and the office."""
    return can_keep(user) or (user.staff is not None and loan.holder_id == user.staff.pk)


def can_change_plan(user: User, plan: Plan) -> bool:
    """Who made it, who is to take the device, and the office."""
    holds = user.staff is not None and plan.holder_id == user.staff.pk
    return can_keep(user) or holds or plan.made_by_id == user.pk
