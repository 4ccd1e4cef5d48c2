"""What the school does: acknowledge, write, ask for longer, answer, give it on, close, reopen."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.complaints.access import can_decide, can_handle
from belisha.complaints.actions.stages import (
    begin,
    close,
    current,
    give_to,
    leave_seats,
    locked,
    require_open,
)
from belisha.complaints.actions.telling import tell_family
from belisha.complaints.elsewhere import BY_KEY
from belisha.complaints.models import (
    Closing,
    Complaint,
    Concerned,
    Extension,
    Message,
    Step,
    targets_now,
)
from belisha.complaints.rules import (
    Outcome,
    Rung,
    Seat,
    Stage,
    Subject,
    day_of,
    due,
    is_for_governors,
    kept_from,
)
from belisha.complaints.standing import concerned_in, hearer, seats
from belisha.people.access import require
from belisha.people.actions.amend import amend
from belisha.people.models import Staff, User, calendar_of

# Joined to one about something else, it could be read by whom it is about.
KEPT_APART = {Subject.HEAD, Subject.GOVERNOR, Subject.CHAIR}
OF_GOVERNORS = {Rung.CHAIR, Rung.GOVERNOR}
QUICKER = "Somebody was quicker. Look again."
FRESH_EYES = "Somebody else hears it now, with fresh eyes. They decide."


def _held(complaint: Complaint, by: User, at: datetime) -> Complaint:
    """The complaint, locked, for somebody who may handle it."""
    row = locked(complaint)
    require(can_handle(by, row, day_of(at)))
    return row


def _same(row: Complaint, step: Step) -> Step:
    """The current stage, if it is the one that the person has read and nobody has answered it."""
    require_open(row)
    now = current(row)
    if now.pk != step.pk or now.decided_at:
        raise ValidationError(QUICKER)
    return now


def _require_fresh_eyes(row: Complaint, step: Step, by: User, at: datetime) -> None:
    """Until a stage is answered, only those decide on it who had no part in an earlier one."""
    if step.decided_at is None and not can_decide(by, row, day_of(at)):
        raise ValidationError(FRESH_EYES)


@transaction.atomic
def acknowledge(step: Step, words: str, *, by: User, at: datetime) -> Message:
    """Tell the family that it arrived, and who looks into it."""
    row = _held(step.complaint, by, at)
    now = _same(row, step)
    if now.acknowledged_at:
        raise ValidationError(QUICKER)
    amend(now, acknowledged_at=at)
    return _write(row, words, Message.Kind.MESSAGE, by, at, "complaint.acknowledged")


@transaction.atomic
def write(complaint: Complaint, words: str, *, by: User, at: datetime) -> Message:
    """Write to the family. The first words acknowledge it, too."""
    row = _held(complaint, by, at)
    step = current(row)
    if step.acknowledged_at is None and step.decided_at is None:
        amend(step, acknowledged_at=at)
    return _write(row, words, Message.Kind.MESSAGE, by, at, "complaint.wrote")


@transaction.atomic
def note(complaint: Complaint, words: str, *, by: User, at: datetime) -> Message:
    """Note what was done or found. The family does not read it here; a copy by right shows it."""
    row = _held(complaint, by, at)
    return _write(row, words, Message.Kind.NOTE, by, at, "complaint.noted")


@transaction.atomic
def correct(complaint: Complaint, words: str, *, by: User, at: datetime) -> Message:
    """Put something right by adding to it; what was written stays."""
    row = _held(complaint, by, at)
    return _write(row, words, Message.Kind.CORRECTION, by, at, "complaint.corrected")


def _write(
    row: Complaint, words: str, kind: Message.Kind, by: User, at: datetime, verb: str
) -> Message:
    message: Message = Message.objects.create(
        school_id=row.school_id, complaint=row, kind=kind, words=words, at=at, by=by
    )
    record(verb, row, by=by.pk, at=at)
    if kind != Message.Kind.NOTE:
        tell_family(row, at=at)
    return message


@transaction.atomic
def extend(step: Step, until: date, why: str, *, by: User, at: datetime) -> Extension:
    """Take longer, and tell the family why. Only a later day makes sense."""
    row = _held(step.complaint, by, at)
    now = _same(row, step)
    if until <= now.due_on or until < day_of(at):
        raise ValidationError("Choose a later day.")
    if not calendar_of(row.school).is_school_day(until):
        raise ValidationError("Choose a school day.")
    extension: Extension = Extension.objects.create(
        school_id=row.school_id,
        step=now,
        was_due_on=now.due_on,
        due_on=until,
        why=why,
        at=at,
        by=by,
    )
    amend(now, due_on=until, near_told_at=None, late_told_at=None)
    record("complaint.extended", row, by=by.pk, at=at, until=until.isoformat())
    tell_family(row, at=at)
    return extension


@transaction.atomic
def answer(
    step: Step, outcome: Outcome, reasons: str, put_right: str = "", *, by: User, at: datetime
) -> Step:
    """Answer a stage with reasons; say how long the family may take it further. The panel's is
    the last. Of two who answer at once one wins; the other is told."""
    row = _held(step.complaint, by, at)
    now = _same(row, step)
    _require_fresh_eyes(row, now, by, at)
    if now.stage == Stage.PANEL and not now.panels.exists():
        raise ValidationError("Say first who sits on the panel, and when it met.")
    after = Stage(now.stage).next
    calendar = calendar_of(row.school)
    amend(
        now,
        decided_at=at,
        decided_by=by,
        outcome=outcome,
        reasons=reasons,
        put_right=put_right,
        acknowledged_at=now.acknowledged_at or at,
        go_on_by=due(day_of(at), targets_now().go_on, calendar) if after else None,
    )
    record("complaint.answered", row, by=by.pk, at=at, stage=now.stage, outcome=outcome)
    if after is None:
        close(row, Closing.Why.LAST, by=by.pk, at=at)
    tell_family(row, at=at)
    return now


@transaction.atomic
def take_further(step: Step, why: str, *, by: User, at: datetime) -> Step:
    """Begin the next stage for a family that said so aloud or on paper, or late for a reason."""
    row = _held(step.complaint, by, at)
    now, after = current(row), Stage(step.stage).next
    require_open(row)
    if now.pk != step.pk:
        raise ValidationError(QUICKER)
    if after is None:
        raise ValidationError("The panel is the last stage at school.")
    begun = begin(row, after, on=day_of(at), why=why, by=by.pk, at=at)
    tell_family(row, at=at)
    return begun


@transaction.atomic
def give(step: Step, to: Staff, why: str, *, by: User, at: datetime) -> Step:
    """Give it to somebody else who may hear it."""
    row = _held(step.complaint, by, at)
    now = _same(row, step)
    if why_not := why_not_hear(row, to, Stage(now.stage)):
        raise ValidationError(why_not)
    rung = next((one.rung for one in seats(row.school_class) if one.staff == to.pk), "")
    give_to(now, to.pk, rung, why, by=by.pk, at=at)
    return now


def why_not_hear(complaint: Complaint, staff: Staff, stage: Stage) -> str:
    """Why somebody may not hear it, or nothing. It does not say whether it is about them."""
    known, about = seats(complaint.school_class), Subject(complaint.subject)
    concerned = concerned_in(complaint)
    if staff.left_on or staff.pk in kept_from(about, known, concerned):
        return "This person cannot hear it."
    before = complaint.had_part()
    if stage not in (Stage.CONCERN, Stage.PANEL) and staff.pk in before:
        return "This person heard it at an earlier stage."
    is_governor = any(one.staff == staff.pk and one.rung in OF_GOVERNORS for one in known)
    if not is_governor and is_for_governors(
        stage, about, known, concerned=concerned, involved=before
    ):
        return "Only the chair or a governor hears this one."
    return ""


@transaction.atomic
def name_concerned(
    complaint: Complaint, people: Collection[Staff], *, by: User, at: datetime
) -> None:
    """Say whom it is about. For them it is gone at once; if they heard it, somebody else does now.

    Nobody can name away who answers for it without their being told: the record keeps who did.
    """
    row = _held(complaint, by, at)
    if by.staff in people:
        raise ValidationError("Is it about you? Then give it to somebody else.")
    keep_from(row, people, by=by, at=at)


def keep_from(row: Complaint, people: Collection[Staff], *, by: User | None, at: datetime) -> None:
    """Name whom a locked complaint is about; `name_concerned` for whoever may say so."""
    step, pk = current(row), by.pk if by else None
    for staff in people:
        _, is_new = Concerned.objects.get_or_create(
            school_id=row.school_id, complaint=row, staff=staff, defaults={"at": at, "by": by}
        )
        if is_new:
            record("complaint.about", row, by=pk, at=at, staff=staff.pk)
            leave_seats(row, staff.pk, at=at)
    kept = kept_from(Subject(row.subject), seats(row.school_class), concerned_in(row))
    if step.handler_id in kept and step.decided_at is None:
        seat = hearer(row, Stage(step.stage))
        give_to(step, seat.staff if seat else None, seat.rung if seat else "", "", by=pk, at=at)


@transaction.atomic
def merge(complaint: Complaint, into: Complaint, *, by: User, at: datetime) -> Closing:
    """Close one as the same as another of the same family: many forums, one record."""
    rows = {one.pk: _held(one, by, at) for one in sorted((complaint, into), key=lambda x: x.pk)}
    row, other = rows[complaint.pk], rows[into.pk]
    if row.pk == other.pk:
        raise ValidationError("Choose another one.")
    require_open(row)
    require_open(other)
    _require_fresh_eyes(row, current(row), by, at)
    if row.subject != other.subject and {row.subject, other.subject} & KEPT_APART:
        raise ValidationError("They are about different people, so they stay apart.")
    # Whoever is named in one is named in both, or they could read there what is kept from them.
    for named in Concerned.objects.filter(complaint=row):
        Concerned.objects.get_or_create(
            school_id=row.school_id,
            complaint=other,
            staff_id=named.staff_id,
            defaults={"at": at, "by": by},
        )
    amend(row, merged_into=other)
    Message.objects.create(
        school_id=row.school_id,
        complaint=other,
        kind=Message.Kind.NOTE,
        words=f"Came again on {row.received_on:%-d %B %Y}, {row.get_how_display().lower()}:\n\n"
        f"{row.words}",
        at=at,
        by=by,
    )
    closing = close(row, Closing.Why.MERGED, by=by.pk, at=at)
    tell_family(row, at=at)
    return closing


@transaction.atomic
def send_elsewhere(
    complaint: Complaint, way: str, words: str, *, by: User, at: datetime
) -> Closing:
    """Close what is no complaint to the school, and tell the family where it goes."""
    row = _held(complaint, by, at)
    if way not in BY_KEY:
        raise ValidationError("Choose where it goes.")
    _require_fresh_eyes(row, current(row), by, at)
    closing = close(row, Closing.Why.ELSEWHERE, words=words, elsewhere=way, by=by.pk, at=at)
    tell_family(row, at=at)
    return closing


@transaction.atomic
def end(complaint: Complaint, why: str, words: str, *, by: User, at: datetime) -> Closing:
    """Close it for the family: it said so on paper or aloud, or its time is over."""
    row = _held(complaint, by, at)
    step = current(row)
    if why == Closing.Why.TIME and (step.go_on_by is None or step.go_on_by >= day_of(at)):
        raise ValidationError("The family can take it further still.")
    if why == Closing.Why.CONTENT and step.decided_at is None:
        raise ValidationError("Answer it first.")
    _require_fresh_eyes(row, step, by, at)
    closing = close(row, Closing.Why(why), words=words, by=by.pk, at=at)
    tell_family(row, at=at)
    return closing


@transaction.atomic
def reopen(complaint: Complaint, why: str, *, by: User, at: datetime) -> Step:
    """Open it again at the stage where it was, with new days and somebody to hear it."""
    row = _held(complaint, by, at)
    now = Closing.objects.open().filter(complaint=row).first()
    if now is None:
        raise ValidationError("It is open already. Look again.")
    amend(now, reopened_at=at, reopened_by=by, why_reopened=why)
    amend(row, merged_into=None)
    record("complaint.reopened", row, by=by.pk, at=at)
    before = current(row)
    if before.decided_at is None:
        tell_family(row, at=at)
        return before
    heard = before.handler
    stays = heard is not None and heard.left_on is None and before.rung
    seat = Seat(heard.pk, Rung(before.rung)) if heard and stays else None
    step = begin(row, Stage(before.stage), on=day_of(at), why=why, seat=seat, by=by.pk, at=at)
    tell_family(row, at=at)
    return step
