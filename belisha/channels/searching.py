"""Finding what this area keeps."""

from belisha.lib.found import Found
from belisha.people.models import User


def find(user: User, typed: str) -> list[Found]:
    """Nothing yet."""
    return []
