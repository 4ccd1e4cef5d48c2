"""What is late rises: to the head and the safeguarding lead, then to the chair (B.x)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from belisha.incidents.access import may_be_given
from belisha.incidents.actions.record import write
from belisha.incidents.actions.routing import seats_of, take_on
from belisha.incidents.models import Case, Handler, Happening, Risen, Task, Told
from belisha.incidents.rules import Seat
from belisha.incidents.working.clocks import Rung, rung_of
from belisha.people.actions.mail import lost_about, paragraphs, post
from belisha.people.calendar import Calendar
from belisha.people.models import Mail, Staff, calendar_of

_SEATS = {
    Rung.LEADERS: frozenset({Seat.HEAD, Seat.SAFEGUARDING}),
    Rung.CHAIR: frozenset({Seat.CHAIR}),
}


@dataclass(frozen=True)
class Late:
    """Something of a case whose time is over."""

    case: Case
    what: str  # "task:12"
    words: str
    due_at: datetime


def late_ones(at: datetime) -> Iterator[Late]:
    """All tasks, and all whom to tell, of open cases, whose time is over."""
    cases = Case.objects.open()
    tasks = Task.objects.open().filter(case__in=cases, due_at__lt=at)
    told = Told.objects.waiting().filter(case__in=cases, due_at__lt=at)
    for task in tasks.select_related("case__school"):
        yield Late(task.case, f"task:{task.pk}", task.what, task.due_at)
    for one in told.select_related("case__school"):
        yield Late(one.case, f"told:{one.pk}", f"{one} must be told", one.due_at)


@transaction.atomic
def let_rise(late: Late, calendar: Calendar, at: datetime) -> bool:
    """Let something late rise as far as its time says; return whether it did. Twice does no harm.

    The head and the safeguarding lead get the case. The chair is told that a case is late, and
    neither which nor of what, unless the chair works on it anyway.
    """
    rung = rung_of(calendar, late.due_at, at)
    row: Case = Case.objects.select_for_update().get(pk=late.case.pk)
    risen = set(row.risen.filter(what=late.what).values_list("rung", flat=True))
    new = [one for one in Rung if rung and one not in risen and _is_reached(one, rung)]
    for one in new:
        Risen.objects.create(school_id=row.school_id, case=row, what=late.what, rung=one, at=at)
        words = f"Late: {late.words}. {one.label} must see to it."
        write(row, Happening.What.WORK, words, by=None, at=at)
        _tell(row, one, at)
    return bool(new)


def _is_reached(one: Rung, rung: Rung) -> bool:
    order = list(Rung)
    return order.index(one) <= order.index(rung)


def _tell(case: Case, rung: Rung, at: datetime) -> None:
    works = set(Handler.objects.current().filter(case=case).values_list("staff_id", flat=True))
    for staff in Staff.objects.current().filter(user__is_active=True).prefetch_related("roles"):
        seats = seats_of(staff) & _SEATS[rung]
        if not seats or not may_be_given(staff, case):
            continue
        if rung is Rung.LEADERS and staff.pk not in works:
            take_on(case, staff, min(seats), by=None, at=at)
        _mail(case, staff, at, url=rung is Rung.LEADERS or staff.pk in works)


def _mail(case: Case, staff: Staff, at: datetime, *, url: bool) -> None:
    """That something is late; never what, nor about whom."""
    if staff.user is None or not staff.user.address:
        return
    address = settings.ADDRESS or "http://localhost:8000"
    where = f"{address}/cases/{case.ref}/" if url else f"{address}/cases/figures/"
    asks = "See to it today." if url else "Ask the head, or the safeguarding lead, how it stands."
    post(
        case.school,
        to=staff.user.address,
        subject=f"Something about a case is late – {case.school.name}",
        body=paragraphs("Its time is over, and it is not done.", asks, where, case.school.name),
        kind="case",
        at=at,
        about=case,
    )


def rise(at: datetime) -> int:
    """Let everything late in the school of the scope rise; return how many did."""
    calendars: dict[int, Calendar] = {}
    count = 0
    for late in late_ones(at):
        school = late.case.school
        if school.pk not in calendars:
            calendars[school.pk] = calendar_of(school)
        count += let_rise(late, calendars[school.pk], at)
    return count


def came_back_of(*cases: Case) -> dict[int, list[Mail]]:
    """Mails about cases that did not arrive, and of which nobody has made a note, by number."""
    notes = Happening.objects.filter(case__in=cases, what=Happening.What.NOTE)
    return lost_about(cases, dict(notes.order_by("number").values_list("case", "at")))
