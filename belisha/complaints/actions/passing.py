"""What the passing of time does: reminders, closing what nobody took further, erasing."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from belisha.audit.actions import record
from belisha.complaints.actions.files import files_of
from belisha.complaints.actions.stages import close, current, locked
from belisha.complaints.actions.telling import tell_family, tell_staff
from belisha.complaints.models import (
    Closing,
    Complaint,
    ComplaintQuerySet,
    ContactLimit,
    Offer,
    Step,
    targets_now,
)
from belisha.complaints.rules import day_of, is_near
from belisha.complaints.standing import lost_mail
from belisha.people.actions.amend import amend
from belisha.people.calendar import Calendar
from belisha.photos import store

YEAR = timedelta(days=365.25)
NEAR_WORDS = "A concern must be answered soon."
LATE_WORDS = "A concern was not answered in time. Answer it, or tell the family why not."


def remind(calendar: Calendar, *, at: datetime) -> int:
    """Tell whoever hears it that a target is near, and once more when it has passed."""
    on = day_of(at)
    waiting = Step.objects.filter(ended_at=None, decided_at=None, handler__left_on=None).filter(
        complaint__in=Complaint.objects.open()
    )
    near = waiting.filter(near_told_at=None, due_on__gte=on)
    late = waiting.filter(late_told_at=None, due_on__lt=on)
    told = [step for step in near if is_near(step.due_on, on, calendar)]
    return sum(_tell(step, on, at) for step in [*told, *late])


@transaction.atomic
def _tell(step: Step, on: date, at: datetime) -> bool:
    """In one transaction with the note that it was sent, so that nobody is told twice."""
    row = locked(step.complaint)
    now = current(row)
    is_late = now.due_on < on
    told = now.late_told_at if is_late else now.near_told_at
    if now.pk != step.pk or now.decided_at or told:
        return False
    amend(now, **{"late_told_at" if is_late else "near_told_at": at})
    tell_staff(now.handler, LATE_WORDS if is_late else NEAR_WORDS, about=row, at=at)
    record("complaint.reminded", row, by=None, at=at, late=is_late)
    return True


def close_answered(*, at: datetime) -> int:
    """Close what was answered and that the family did not take further in time."""
    over = Step.objects.filter(ended_at=None, go_on_by__lt=day_of(at))
    complaints = Complaint.objects.open().filter(pk__in=over.values("complaint"))
    return sum(_close(complaint, at) for complaint in complaints)


@transaction.atomic
def _close(complaint: Complaint, at: datetime) -> bool:
    row = locked(complaint)
    step = current(row)
    open_still = Complaint.objects.open().filter(pk=row.pk).exists()
    if not open_still or step.go_on_by is None or step.go_on_by >= day_of(at):
        return False
    if lost_mail(row).get(row.pk):  # they may not know that there is an answer
        return False
    close(row, Closing.Why.TIME, by=None, at=at)
    tell_family(row, at=at)
    return True


@transaction.atomic
def erase_old(at: datetime) -> int:
    """Erase complaints that were closed so many years ago as the school keeps them, and offers
    that are as old. One under which contact is limited still stays."""
    complaints = list(over(at))
    files = files_of(complaints)
    old = [*complaints, *Offer.objects.filter(at__lt=_before(at))]
    for row in old:
        record("complaint.erased", row, by=None, at=at)
        row.delete()
    store.forget(files)
    return len(old)


def over(at: datetime) -> ComplaintQuerySet:
    """Complaints that are kept no longer."""
    closed = Closing.objects.open().filter(complaint=OuterRef("pk"), at__lt=_before(at))
    limited = ContactLimit.objects.counting().filter(complaint=OuterRef("pk"))
    return Complaint.objects.filter(Exists(closed), ~Exists(limited))  # type: ignore[no-any-return]


def _before(at: datetime) -> datetime:
    return at - targets_now().keep_years * YEAR
