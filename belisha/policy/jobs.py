"""What happens in the background: whoever reviews a document is reminded in time (G.1)."""

from datetime import datetime, timedelta
from threading import Lock

from django.utils import timezone
from django_scopes import scope, scopes_disabled

from belisha.people.models import School
from belisha.policy.actions.reviews import remind, to_remind

LOOK_EVERY = timedelta(hours=1)
_looked_at: datetime | None = None
_looking = Lock()


def remind_reviewers(at: datetime) -> bool:
    """Every hour: put the reminders of reviews that are due into the outbox, each once.

    Each is put there in one transaction with the note that it was, so that no process, killed or
    beside another, sends one twice.
    """
    global _looked_at
    with _looking:
        if _looked_at and at - _looked_at < LOOK_EVERY:
            return False
        _looked_at = at
    on = timezone.localdate(at)
    with scopes_disabled():
        schools = list(School.objects.all())
    for school in schools:
        with scope(school=school):
            for version, staff, due_on in to_remind(on):
                remind(version, staff, due_on, on=on, at=at)
    return False
