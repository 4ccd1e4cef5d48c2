"""What can be done about people."""

from belisha.people.actions.doors import add_user, bearer_of, demonstration_pass
from belisha.people.actions.founding import found_school

__all__ = ["add_user", "bearer_of", "demonstration_pass", "found_school"]
