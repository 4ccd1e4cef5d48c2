"""What waits for somebody, gathered from the areas."""

from datetime import date

from belisha.channels import todo as accounts
from belisha.complaints import todo as complaints
from belisha.consent import todo as answers
from belisha.devices import todo as devices
from belisha.events import todo as events
from belisha.incidents import todo as cases
from belisha.lib.task import Task, by_lateness
from belisha.people import todo as people
from belisha.people.models import User
from belisha.photos import todo as photos
from belisha.policy import todo as agreements


def waiting_for(user: User, on: date) -> list[Task]:
    """Everything that waits for one person on a day, the latest first."""
    return by_lateness(
        [
            *cases.todo(user, on),
            *people.todo(user, on),
            *photos.todo(user, on),
            *answers.todo(user, on),
            *agreements.todo(user, on),
            *accounts.todo(user, on),
            *devices.todo(user, on),
            *events.todo(user, on),
            *complaints.todo(user, on),
        ]
    )
