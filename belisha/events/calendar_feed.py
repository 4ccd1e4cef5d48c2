"""Days of this area that stand in somebody's own calendar: what families read, and no place."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from belisha.events.access import SEE_EVENTS, classes_of_parent
from belisha.events.models import Event as Occasion
from belisha.events.wording import notice_of
from belisha.lib.ical import Event
from belisha.people.models import User

BACK = timedelta(days=30)


def events_of(user: User, on: date) -> Iterator[Event]:
    """All events for staff and governors; for a parent those to which they may come."""
    since = timezone.make_aware(datetime.combine(on - BACK, time.min))
    rows = Occasion.objects.current().filter(ends_at__gte=since)
    if not user.has_role(*SEE_EVENTS):
        rows = rows.with_audience().for_classes(classes_of_parent(user))
    for one in rows:
        starts, ends = timezone.localtime(one.starts_at), timezone.localtime(one.ends_at)
        yield Event(
            f"event-{one.pk}",
            f"{one.title}, {starts:%-H:%M}",
            starts.date(),
            ends.date(),
            "\n".join(notice_of(one)) if one.has_audience else "",
        )
