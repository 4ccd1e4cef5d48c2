"""What can be done about people.

Each act returns the row it is about. It raises `Refused` when the person may not do it, and
`ValidationError` with a plain sentence when it cannot be done as asked.
"""

from belisha.people.actions.doors import add_user, bearer_of, demonstration_pass
from belisha.people.actions.founding import change_school, found_school

__all__ = ["add_user", "bearer_of", "change_school", "demonstration_pass", "found_school"]
