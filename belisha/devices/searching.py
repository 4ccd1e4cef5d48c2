"""Finding what this area keeps."""

from belisha.devices.confiscations import searching as confiscations
from belisha.lib.found import Found
from belisha.people.models import User


def find(user: User, typed: str) -> list[Found]:
    """What was taken from pupils."""
    return [*confiscations.find(user, typed)]
