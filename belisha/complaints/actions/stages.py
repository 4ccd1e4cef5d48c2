"""How a complaint comes to a stage, and to whom. Used by all acts that begin one."""

from datetime import date, datetime

from django.core.exceptions import ValidationError

from belisha.audit.actions import record
from belisha.complaints.actions.telling import tell_staff
from belisha.complaints.models import Closing, Complaint, PanelMember, Step, targets_now
from belisha.complaints.rules import Seat, Stage, due
from belisha.complaints.standing import hearer
from belisha.people.actions.amend import amend
from belisha.people.models import calendar_of


def locked(complaint: Complaint) -> Complaint:
    """The complaint, its row locked, so that of two who act at once one comes first."""
    row: Complaint = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    return row


def current(complaint: Complaint) -> Step:
    step: Step = Step.objects.select_related("handler").get(complaint=complaint, ended_at=None)
    return step


def begin(
    complaint: Complaint,
    stage: Stage,
    *,
    on: date,
    why: str = "",
    seat: Seat | None = None,
    by: int | None,
    at: datetime,
) -> Step:
    """Begin a stage on a day: the one before ends. Without a `seat` the rule says who hears it."""
    Step.objects.filter(complaint=complaint, ended_at=None).update(ended_at=at)
    calendar, targets = calendar_of(complaint.school), targets_now()
    seat = seat or hearer(complaint, stage)
    step: Step = Step.objects.create(
        school_id=complaint.school_id,
        complaint=complaint,
        stage=stage,
        handler_id=seat.staff if seat else None,
        rung=seat.rung if seat else "",
        began_on=on,
        began_at=at,
        why_begun=why,
        acknowledge_by=due(on, targets.acknowledge, calendar),
        due_on=due(on, targets.for_stage(stage), calendar),
    )
    record("complaint.stage-begun", complaint, by=by, at=at, stage=stage, step=step.pk)
    tell_staff(step.handler, "A concern has come to you.", about=complaint, at=at)
    return step


def close(
    complaint: Complaint,
    why: Closing.Why,
    *,
    words: str = "",
    elsewhere: str = "",
    by: int | None,
    at: datetime,
) -> Closing:
    """End a complaint. Raises `ValidationError` when somebody was quicker."""
    if Closing.objects.open().filter(complaint=complaint).exists():
        raise ValidationError("It is closed already. Look again.")
    row: Closing = Closing.objects.create(
        school_id=complaint.school_id,
        complaint=complaint,
        why=why,
        words=words,
        elsewhere=elsewhere,
        at=at,
        by_id=by,
    )
    record("complaint.closed", complaint, by=by, at=at, why=why)
    return row


def require_open(complaint: Complaint) -> None:
    if Closing.objects.open().filter(complaint=complaint).exists():
        raise ValidationError("It is closed. Open it again first.")


def give_to(
    step: Step, staff_id: int | None, rung: str, why: str, *, by: int | None, at: datetime
) -> None:
    """Let somebody else hear it from now on."""
    amend(step, handler_id=staff_id, rung=rung, why_handler=why)
    record("complaint.given", step.complaint, by=by, at=at, to=staff_id)
    step.refresh_from_db(fields=["handler"])
    tell_staff(step.handler, "A concern has come to you.", about=step.complaint, at=at)


def leave_seats(complaint: Complaint, staff_id: int, *, at: datetime) -> None:
    """Take somebody off its panels whom it turned out to be about."""
    PanelMember.objects.filter(
        panel__step__complaint=complaint, staff=staff_id, until_at=None
    ).update(until_at=at)
