"""Who sees how the backups stand, and who may take the school's records along."""

from belisha.people.models import User
from belisha.people.rules import Role

KEEPERS = (Role.HEAD, Role.OFFICE)


def can_take_along(user: User) -> bool:
    """Ask for an archive of everything, and fetch it: the head alone."""
    return user.has_role(Role.HEAD)


def can_keep_backups(user: User) -> bool:
    """See the backups and write down that one is gone."""
    return user.has_role(*KEEPERS)
