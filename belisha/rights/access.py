"""Who sees the backups, who may take all records along, and who answers requests of persons."""

from belisha.people.models import User
from belisha.people.rules import SAFEGUARDING, Role
from belisha.rights.rules import Part

KEEPERS = (Role.HEAD, Role.OFFICE)


def can_take_along(user: User) -> bool:
    """Ask for an archive of everything, and fetch it: the head alone."""
    return user.has_role(Role.HEAD)


def can_keep_backups(user: User) -> bool:
    """See the backups and write down that one is gone."""
    return user.has_role(*KEEPERS)


REVIEWERS = (Role.HEAD, Role.OFFICE)
READERS = (*REVIEWERS, *SAFEGUARDING)


def can_take_requests(user: User) -> bool:
    """Write down what somebody asks about their data, and answer: the head and the office."""
    return user.has_role(*REVIEWERS)


def can_review(user: User, part: Part) -> bool:
    """The sealed part is the safeguarding lead's alone, and the school's part is not."""
    return user.has_role(*(SAFEGUARDING if part is Part.SEALED else REVIEWERS))


def sees_requests(user: User) -> bool:
    return user.has_role(*READERS)
