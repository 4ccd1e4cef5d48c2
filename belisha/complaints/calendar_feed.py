"""Days of this area that stand in somebody's own calendar. What it is about stays here."""

from collections.abc import Iterator
from datetime import date

from belisha.complaints.models import Complaint, PanelMember
from belisha.complaints.rules import day_of
from belisha.complaints.standing import entries
from belisha.lib.ical import Event
from belisha.people.models import User


def events_of(user: User, on: date) -> Iterator[Event]:
    """By when to answer, for whoever hears it; and when a panel meets, for those who sit."""
    visible = Complaint.objects.visible_to(user, on).open()
    for one in entries(visible, on):
        if one.next_on and one.step.handler and one.step.handler == user.staff:
            uid = f"complaint-{one.step.pk}"
            yield Event(uid, "Something is to be answered in Belisha", one.next_on, one.next_on)
    seats = PanelMember.objects.filter(until_at=None, panel__step__complaint__in=visible)
    for seat in seats.filter(staff=user.staff).select_related("panel") if user.staff else ():
        day = day_of(seat.panel.meets_at)
        yield Event(f"panel-{seat.panel_id}", "A panel of governors meets", day, day)
