"""What of this area is done again after a restore: an event that does not take place."""

from belisha.audit.journal import Line
from belisha.events.actions import occasions
from belisha.events.models import Event
from belisha.people.again import who


def _cancelled(line: Line) -> bool:
    event = Event.objects.get(pk=line.about_id)
    if event.cancelled_at:
        return False
    occasions.cancel(event, by=who(line), at=line.at)
    return True


AGAIN = {"event.cancelled": _cancelled}
