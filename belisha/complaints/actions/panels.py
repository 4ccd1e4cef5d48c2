"""A panel is called: three people without a part in it, a day, a place, and papers before."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.complaints.access import can_handle
from belisha.complaints.actions.stages import current, locked, require_open
from belisha.complaints.actions.telling import tell_family, tell_staff
from belisha.complaints.models import Complaint, Panel, PanelMember
from belisha.complaints.rules import Stage, Subject, day_of, kept_from, wrong_with_panel
from belisha.complaints.standing import concerned_in, involved_in, seats
from belisha.people.access import require
from belisha.people.actions.amend import amend
from belisha.people.models import Staff, User
from belisha.people.rules import STAFF


@transaction.atomic
def call(
    complaint: Complaint,
    *,
    members: Sequence[Staff],
    others: Sequence[str],
    meets_at: datetime,
    place: str,
    papers_by: date,
    by: User,
    at: datetime,
) -> Panel:
    """Say who sits, when and where; a new call replaces the one before. The family is told."""
    row = locked(complaint)
    require(can_handle(by, row, day_of(at)))
    require_open(row)
    step = current(row)
    if step.stage != Stage.PANEL or step.decided_at:
        raise ValidationError("It has not come to a panel.")
    if day_of(meets_at) < papers_by:
        raise ValidationError("The papers come before the panel meets.")
    if wrong := wrong_with_these(row, members, others):
        raise ValidationError(wrong)
    PanelMember.objects.filter(panel__step=step, until_at=None).update(until_at=at)
    panel: Panel = Panel.objects.create(
        school_id=row.school_id,
        step=step,
        meets_at=meets_at,
        place=place,
        papers_by=papers_by,
        at=at,
        by=by,
    )
    for staff in members:
        PanelMember.objects.create(school_id=row.school_id, panel=panel, staff=staff)
        tell_staff(staff, "You are asked to sit on a panel.", about=row, at=at)
    for name in others:
        PanelMember.objects.create(school_id=row.school_id, panel=panel, called=name)
    record("complaint.panel-called", row, by=by.pk, at=at, members=[one.pk for one in members])
    tell_family(row, at=at)
    return panel


def wrong_with_these(
    complaint: Complaint, members: Sequence[Staff], others: Sequence[str]
) -> list[str]:
    """Why these people may not sit on its panel; nothing when they may."""
    known = seats(complaint.school_class)
    employed = Staff.objects.current().filter(roles__role__in=STAFF).values_list("pk", flat=True)
    return wrong_with_panel(
        [*(one.pk for one in members), *others],
        concerned=kept_from(Subject(complaint.subject), known, concerned_in(complaint)),
        involved=involved_in(complaint),
        employed=frozenset(employed),
    )


@transaction.atomic
def send_papers(complaint: Complaint, *, on: date, by: User, at: datetime) -> Panel:
    """Write down that everyone was given the papers: the file of the complaint."""
    row = locked(complaint)
    require(can_handle(by, row, day_of(at)))
    panel: Panel | None = Panel.objects.filter(step=current(row)).first()
    if panel is None:
        raise ValidationError("Call the panel first.")
    if on > day_of(at):
        raise ValidationError("This day is still to come.")
    amend(panel, papers_sent_on=on)
    record("complaint.papers-sent", row, by=by.pk, at=at, on=on.isoformat())
    return panel
