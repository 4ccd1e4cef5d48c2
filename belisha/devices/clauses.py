"""How the clauses stand that this area keeps: P.ii and P.ix."""

from collections.abc import Callable
from datetime import date

from django.db.models import Max
from django.utils import timezone

from belisha.devices.confiscations import clauses as confiscations
from belisha.devices.leaving import may_go
from belisha.devices.models import Device, Loan, Loss, StockCheck, Wipe
from belisha.devices.rules import check_due, lateness, lost_due, wipe_due
from belisha.devices.standing import debts
from belisha.lib.state import Standing, State, share
from belisha.people.models import School, calendar_of


def stay_and_are_wiped(on: date) -> State:
    """P.ii: no device is away longer than the head agreed, or has pictures on it past its day."""
    devices = list(Device.objects.for_pictures())
    if not devices:
        return State(Standing.NOT_IN_USE, "No camera is in the register", route="devices")
    calendar = calendar_of(School.objects.get(pk=devices[0].school_id))
    owed = debts(devices)
    unwiped = {
        number
        for number, debt in owed.items()
        if on > wipe_due(timezone.localdate(debt.since), calendar)
    }
    away = Loan.objects.open().exclude(plan=None).select_related("plan__visit", "plan__device")
    not_agreed = {loan.device_id for loan in away if not may_go(loan.plan, on)}
    kept = sum(device.pk not in unwiped | not_agreed for device in devices)
    last = Wipe.objects.aggregate(last=Max("at"))["last"]
    proven = timezone.localdate(last) if last else None
    words = "devices are in school or on a visit, and wiped in time"
    state = share(kept, len(devices), words, route="devices", proven_on=proven)
    if not_agreed:
        words = f"{words}; {len(not_agreed)} away without the head’s yes"
        return State(Standing.BROKEN, words, state.figure, "device-visits", proven)
    return state


def kept_and_used_with_authority(on: date) -> State:
    """P.ix: all were looked for in this term, none is lost without a follow-up, none long late."""
    devices = Device.objects.in_use().count()
    if not devices:
        return State(Standing.NOT_IN_USE, "No device is in the register", route="devices")
    school = School.objects.get(pk=Device.objects.first().school_id)
    calendar = calendar_of(school)
    began = calendar.term_began(on)
    check = StockCheck.objects.exclude(finished_at=None).order_by("finished_at").last()
    proven = timezone.localdate(check.finished_at) if check else None
    lost = [timezone.localdate(one.reported_at) for one in Loss.objects.waiting()]
    if any(on > lost_due(day) for day in lost):
        words = f"{len(lost)} lost, and nobody wrote down what was done"
        return State(Standing.BROKEN, words, route="device-losses", proven_on=proven)
    if lost:
        words = f"{len(lost)} lost, to be followed up"
        return State(Standing.ATTENTION, words, route="device-losses", proven_on=proven)
    days = [timezone.localdate(loan.due_at) for loan in Loan.objects.open()]
    if late := sum(bool(lateness(day, on, calendar)) for day in days if day < on):
        words = f"{late} of {devices} not back in time"
        return State(Standing.ATTENTION, words, route="loans", proven_on=proven)
    if proven is None or proven < began:
        grave = Standing.BROKEN if on > check_due(began, calendar) else Standing.ATTENTION
        words = "The devices are not checked this term"
        return State(grave, words, route="stock-checks", proven_on=proven)
    words = f"All devices were looked for on {proven:%-d %B %Y}"
    return State(Standing.KEPT, words, route="stock-checks", proven_on=proven)


STATES: dict[str, Callable[[date], State]] = {
    "A.3": confiscations.not_used,
    "A.4": confiscations.kept_and_collected,
    "A.5": confiscations.decided,
    "P.ii": stay_and_are_wiped,
    "P.ix": kept_and_used_with_authority,
}
