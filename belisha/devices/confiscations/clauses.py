"""How A.3, A.4 and A.5 stand."""

from datetime import date, datetime, time

from django.db.models import Max
from django.utils import timezone

from belisha.devices.confiscations.rules import DECIDE_WITHIN
from belisha.devices.confiscations.stands import stand
from belisha.devices.models import Confiscation, Matter, Returned
from belisha.devices.models.confiscations import State as Where
from belisha.lib.state import Standing, State, share
from belisha.people.calendar import LONDON, Calendar
from belisha.people.models import calendar_of
from belisha.policy.awareness import first_day, school_year
from belisha.policy.models import Sanction

ROUTE = "confiscations"


def not_used(on: date) -> State:
    """A.3: what is seen in use is taken, and reaches the office on the same day."""
    taken = Confiscation.objects.standing().filter(seized_at__date__lte=on)
    last = taken.aggregate(last=Max("seized_at"))["last"]
    if last is None:
        return State(Standing.NOT_IN_USE, "No device was ever taken", route=ROUTE)
    proven = timezone.localdate(last)
    held = Confiscation.objects.in_state(Where.HELD).filter(seized_at__date__lt=on).count()
    if held:
        words = f"{held} taken and not handed in at the office on that day"
        return State(Standing.ATTENTION, words, route=ROUTE, proven_on=proven)
    this_year = taken.filter(seized_at__date__gte=first_day(school_year(on))).count()
    words = f"{this_year} taken in this school year, each handed in"
    return State(Standing.KEPT, words, route=ROUTE, proven_on=proven)


def kept_and_collected(on: date) -> State:
    """A.4: nothing stays beyond its time without the head's yes; nothing is lost or opened."""
    known = Confiscation.objects.standing().filter(seized_at__date__lte=on)
    if not known.exists():
        return State(Standing.NOT_IN_USE, "No device was ever taken", route=ROUTE)
    last = Returned.objects.standing().aggregate(last=Max("at"))["last"]
    proven = timezone.localdate(last) if last else None
    rows = list(Confiscation.objects.open().with_state().filter(seized_at__date__lte=on))
    now = timezone.now()
    at = now if timezone.localdate(now) == on else datetime.combine(on, time.max, tzinfo=LONDON)
    here = stand(rows, at=at, calendar=_calendar())
    late = sum(one.late for one in here)
    if late:
        words = (
            "taken device is here past its time, without the head’s yes"
            if late == 1
            else "taken devices are here past their time, without the head’s yes"
        )
        return State(Standing.BROKEN, words, str(late), ROUTE, proven)
    if wrong := Matter.objects.open().count():
        words = f"{wrong} opened, damaged or lost, and not settled"
        return State(Standing.ATTENTION, words, route=ROUTE, proven_on=proven)
    untried = sum(not one.tried for one in here)
    if untried:
        words = f"{untried} here, and no parent was tried"
        return State(Standing.ATTENTION, words, route=ROUTE, proven_on=proven)
    words = f"{len(here)} here, each within its time" if here else "Every device is back"
    return State(Standing.KEPT, words, route=ROUTE, proven_on=proven)


def decided(on: date) -> State:
    """A.5: what follows was decided by a person within so many school days."""
    began = first_day(school_year(on))
    known = Confiscation.objects.standing().filter(seized_at__date__range=(began, on))
    taken = dict(known.values_list("ref", "seized_at"))
    done = dict(
        Sanction.objects.filter(about__in=taken).order_by("decided_at").values_list(
            "about", "decided_at"
        )
    )  # fmt: skip
    proven = timezone.localdate(max(done.values())) if done else None
    calendar = _calendar()
    waits = [
        ref
        for ref, seized_at in taken.items()
        if ref not in done
        and calendar.add_school_days(timezone.localdate(seized_at), DECIDE_WITHIN) >= on
    ]
    of = len(taken) - len(waits)
    words = "breaches decided by the ladder" + (f"; {len(waits)} within time" if waits else "")
    return share(len(done), of, words, route=ROUTE, proven_on=proven)


def _calendar() -> Calendar:
    row: Confiscation | None = Confiscation.objects.select_related("school").first()
    return calendar_of(row.school) if row else Calendar()
