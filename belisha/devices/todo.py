"""What waits for someone about devices: to bring back, to wipe, to look for, to follow up."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from belisha.devices.access import can_follow_up, can_keep
from belisha.devices.confiscations import todo as confiscations
from belisha.devices.leaving import may_go
from belisha.devices.models import Device, Loan, Loss, Plan, StockCheck
from belisha.devices.rules import Late, check_due, lateness, lost_due, wipe_due
from belisha.devices.standing import debts
from belisha.lib.task import Task
from belisha.lib.verdict import Outcome
from belisha.people.calendar import Calendar
from belisha.people.models import User, calendar_of
from belisha.people.rules import LEADERS, SAFEGUARDING, Role
from belisha.policy.approvals import WAIT


def todo(user: User, on: date) -> Iterator[Task]:
    """For whoever has a device, for those who keep them, and about what was taken from pupils."""
    yield from confiscations.todo(user, on)
    if not user.is_staff_member:
        return
    calendar = calendar_of(user.school)
    yield from _late(user, on, calendar)
    yield from _unwiped(user, on, calendar)
    yield from _lost(user)
    yield from _to_count(user, on, calendar)
    yield from _to_ask_again(user, on)


def _late(user: User, on: date, calendar: Calendar) -> Iterator[Task]:
    """The holder hears first, then the office, then the head. Of a leaver the office hears."""
    for loan in Loan.objects.open().select_related("device", "holder"):
        due = timezone.localdate(loan.due_at)
        late = lateness(due, on, calendar)
        url = reverse("device-in", args=[loan.device.ref])
        if loan.holder and loan.holder == user.staff and late:
            words = "It is due back. Sign it in, or say when it comes."
            yield Task(f"Bring back {loan.device}", words, url, "Sign it in", "camera", due)
        elif (loan.is_ownerless or late >= Late.OFFICE) and _follows(user, late):
            words = "Ask for it. If nobody finds it, report it lost."
            url = reverse("loan", args=[loan.ref])
            title = f"{loan.device} is not back: {loan.who} has it"
            yield Task(title, words, url, "Look at it", "camera", due)


def _follows(user: User, late: Late) -> bool:
    return user.has_role(Role.OFFICE, *(LEADERS if late is Late.HEAD else ()))


def _unwiped(user: User, on: date, calendar: Calendar) -> Iterator[Task]:
    """Whoever brought pictures in or the device back; the office when the day is past."""
    devices = list(Device.objects.in_use())
    owed = debts(devices)
    for device in devices:
        if debt := owed.get(device.pk):
            due = wipe_due(timezone.localdate(debt.since), calendar)
            if debt.is_of(user) or (user.has_role(Role.OFFICE) and on > due):
                url = reverse("device-wiped", args=[device.ref])
                words = "Pictures are here now. They leave its memory (P.ii)."
                yield Task(f"Wipe {device}", words, url, "It is wiped", "camera", due)


def _lost(user: User) -> Iterator[Task]:
    """Leaders follow up a loss; where children may be on it, the safeguarding leads too."""
    if not can_follow_up(user):
        return
    for loss in Loss.objects.waiting().select_related("device"):
        if user.has_role(*LEADERS) or (loss.concerns_children and user.has_role(*SAFEGUARDING)):
            due = lost_due(timezone.localdate(loss.reported_at))
            words = "Write down what was done. Pictures of children may be on it."
            if not loss.concerns_children:
                words = "Write down what was done. It was wiped."
            url = reverse("device-loss", args=[loss.ref])
            yield Task(f"{loss.device} is lost", words, url, "Follow it up", "flag", due)


def _to_count(user: User, on: date, calendar: Calendar) -> Iterator[Task]:
    """Once a term each device is looked for."""
    if not (can_keep(user) and user.has_role(Role.OFFICE) and Device.objects.in_use().exists()):
        return
    began = calendar.term_began(on)
    if not StockCheck.objects.filter(finished_at__date__gte=began).exists():
        due = check_due(began, calendar)
        words = "Once a term each camera and tablet is looked for (P.ix)."
        url = reverse("stock-checks")
        yield Task("Check the devices", words, url, "Go to the checks", "camera", due)


def _to_ask_again(user: User, on: date) -> Iterator[Task]:
    """A visit that was moved after the head agreed needs another yes."""
    if user.staff is None:
        return
    mine = Plan.objects.open(on).filter(holder=user.staff)
    for plan in mine.select_related("device", "visit"):
        verdict = may_go(plan, on)
        if verdict.outcome is Outcome.ASK and verdict.remedy != WAIT:
            url = reverse("device-visit", args=[plan.ref])
            words = f"{verdict.reasons[0].text}."
            yield Task(f"Ask the head again: {plan}", words, url, "Look", "camera", plan.leaves_on)
