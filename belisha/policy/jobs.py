"""What happens in the background: whoever reviews a document is reminded in time (G.1)."""

from datetime import datetime, timedelta

from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.lib.seldom import Seldom
from belisha.people.models import School
from belisha.policy.actions.reviews import remind, to_remind

LOOK = Seldom(timedelta(hours=1))


def remind_reviewers(at: datetime) -> bool:
    """Every hour: put the reminders of reviews that are due into the outbox, each once.

    Each is put there in one transaction with the note that it was, so that no process, killed or
    beside another, sends one twice.
    """
    if not LOOK.is_time(at):
        return False
    on = timezone.localdate(at)
    with scopes_disabled():
        schools = list(School.objects.all())
    for school in schools:
        with scope(school=school):
            for version, staff, due_on in to_remind(on):
                remind(version, staff, due_on, on=on, at=at)
    return False
