"""Days of this area that stand in somebody's own calendar. What a device is called stays here."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from belisha.devices.confiscations import calendar_feed as confiscations
from belisha.devices.models import Loan, Plan
from belisha.lib.ical import Event
from belisha.people.models import User


def events_of(user: User, on: date) -> Iterator[Event]:
    """When somebody brings a device back or takes one on a visit; when what was taken goes back."""
    yield from confiscations.events_of(user, on)
    if user.staff is None:
        return
    for loan in Loan.objects.open().filter(holder=user.staff):
        due = timezone.localdate(loan.due_at)
        yield Event(f"loan-{loan.pk}", "Bring a device back", due, due)
    for plan in Plan.objects.open(on).filter(holder=user.staff):
        first, last = plan.leaves_on, plan.back_on
        yield Event(f"device-visit-{plan.pk}", "Take a device on a visit", first, last)
