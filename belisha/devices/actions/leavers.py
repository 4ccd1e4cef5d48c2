"""Whoever leaves the school brings back first what they hold (P.ix)."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from belisha.audit.actions import record
from belisha.devices.models import Loan
from belisha.people.actions.staff import ToDoFirst
from belisha.people.models import Staff, User


def to_bring_back_first(staff: Staff) -> Iterator[ToDoFirst]:
    """Each device that somebody has who is about to leave."""
    for loan in Loan.objects.open().filter(holder=staff).select_related("device"):
        url = reverse("device-in", args=[loan.device.ref])
        yield ToDoFirst(f"{loan.device}: {staff} has it.", url, "Sign it in")


def due_at_once(staff: Staff, by: User, at: datetime) -> None:
    """They left with it: from now on it is late, and the office follows it up."""
    for loan in Loan.objects.open().filter(holder=staff, due_at__gt=at, out_at__lt=at):
        loan.due_at = at
        loan.save(update_fields=["due_at"])
        record("device.due_changed", loan.device, by=by.pk, at=at, loan=loan.pk)
