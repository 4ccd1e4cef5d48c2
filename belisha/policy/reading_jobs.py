"""What happens in the background: staff are reminded to read; old declarations, and old requests
to the head, are erased."""

from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone
from django_scopes import scope

from belisha.lib.seldom import Seldom
from belisha.people.models import School, bounced
from belisha.policy.actions.approvals import forget_requests
from belisha.policy.actions.declarations import forget_declarations
from belisha.policy.actions.reading import remind
from belisha.policy.duties import wants_reminder
from belisha.policy.models import ReadingReminder
from belisha.policy.readings import people_on

LOOK = Seldom(timedelta(minutes=15))
FIRST_HOUR, LAST_HOUR = 7, 18  # nobody is reminded at night


def remind_readers(at: datetime) -> bool:
    """Every quarter of an hour by day: put the reminders that are due into the outbox.

    Each is put there in one transaction with the note that it was, so that no process, killed or
    beside another, sends one twice.
    """
    if not LOOK.is_time(at):
        return False
    on = timezone.localdate(at)
    for school in School.objects.all():
        with scope(school=school):
            forget_declarations(on, at=at)
            forget_requests(on, at=at)
            if FIRST_HOUR <= timezone.localtime(at).hour <= LAST_HOUR:
                _remind(on, at)
    return False


def _remind(on: date, at: datetime) -> None:
    people = people_on(on)
    reminders = ReadingReminder.objects.order_by().values_list("staff_id").annotate(Max("on"))
    last = dict(reminders)
    broken = bounced(one.staff.email for one in people)
    for person in people:
        waiting = [reading for reading in person.readings if reading.is_open]
        asked = [reading.asked for reading in waiting]
        if person.staff.email.lower() not in broken and wants_reminder(
            asked, last_on=last.get(person.staff.pk), on=on
        ):
            remind(person.staff, waiting, by=None, at=at)
