"""Who may see the purposes, and who may change them."""

from belisha.people.models import User
from belisha.people.rules import Role

SEE_PURPOSES = (Role.HEAD, Role.OFFICE, Role.SAFEGUARDING_LEAD)


def can_change_purposes(user: User) -> bool:
    """The head alone decides what families are asked."""
    return user.has_role(Role.HEAD)
