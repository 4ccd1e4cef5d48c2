"""Mail about devices that are not back: to the holder, then the office, then the head."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from belisha.audit.actions import record
from belisha.devices.models import Loan
from belisha.devices.rules import Late, lateness
from belisha.people.actions.mail import paragraphs, post
from belisha.people.models import School, Staff, User, calendar_of
from belisha.people.rules import Role

TOLD_ROLE = {Late.OFFICE: Role.OFFICE, Late.HEAD: Role.HEAD}


@transaction.atomic
def remind(school: School, *, at: datetime) -> int:
    """Write once at each step to whoever hears of it then; return how many mails were posted.

    The rows are locked and marked in the transaction that posts, so that nobody hears twice.
    """
    calendar, on, count = calendar_of(school), timezone.localdate(at), 0
    if not calendar.is_school_day(on):
        return 0
    late = Loan.objects.late(at).select_for_update(skip_locked=True, of=("self",))
    for loan in late.select_related("device", "holder__user"):
        step = lateness(timezone.localdate(loan.due_at), on, calendar)
        if loan.is_ownerless:
            step = max(step, Late.OFFICE)
        if step <= loan.told:
            continue
        for user in _who_hears(loan, step):
            count += 1
            _write(school, loan, user, at)
        loan.told = step
        loan.save(update_fields=["told"])
        record("device.late", loan.device, by=None, at=at, loan=loan.pk, step=int(step))
    return count


def _who_hears(loan: Loan, step: Late) -> list[User]:
    if step is Late.HOLDER:
        staff = [loan.holder] if loan.holder else []
    else:
        staff = list(Staff.objects.current().filter(roles__role=TOLD_ROLE[step]))
    users = [one.user for one in staff]
    return [user for user in users if user and user.is_active and user.belongs and user.address]


def _write(school: School, loan: Loan, user: User, at: datetime) -> None:
    """What is late and since when. Who has it is read behind the door."""
    link = f"{settings.ADDRESS or 'http://localhost:8000'}{reverse('loan', args=[loan.ref])}"
    post(
        school,
        to=user.address,
        subject=f"{loan.device} is not back – {school.name}",
        body=paragraphs(
            f"{loan.device} was due back on {timezone.localtime(loan.due_at):%-d %B %Y}.",
            f"Sign it in, or say when it comes back: {link}",
        ),
        kind="device-late",
        at=at,
        about=user,
    )
