"""Who may see the purposes, and who may change them."""

from belisha.people.models import User
from belisha.people.rules import SEES_WHOLE_SCHOOL, Role

SEE_PURPOSES = SEES_WHOLE_SCHOOL


def can_change_purposes(user: User) -> bool:
    """The head alone decides what families are asked."""
    return user.has_role(Role.HEAD)
