"""Taking a device from a pupil (A.3, A.4); correcting and undoing it; asking the head for days."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from belisha.audit.actions import record
from belisha.devices.confiscations.access import can_correct, can_keep, can_seize, can_undo
from belisha.devices.confiscations.rules import covers, return_of, stays_over
from belisha.devices.confiscations.stands import digest, exemptions_of
from belisha.devices.models import Confiscation, Correction, Keeping, Matter
from belisha.devices.models.confiscations import WayHome, Where
from belisha.people.access import require
from belisha.people.actions.mail import paragraphs, post_to
from belisha.people.models import Pupil, User, calendar_of
from belisha.people.rules import SAFEGUARDING
from belisha.policy.actions.approvals import ask_head, drop_requests
from belisha.policy.models import HeadRequest

TWICE = timedelta(minutes=2)  # the same device so soon after is a button that was tapped twice
MAIL = "confiscation-toilets"  # the kind of mail to whoever safeguards
LONG_AGO = timedelta(days=14)  # on paper, while there was no net


@transaction.atomic
def seize(
    pupil: Pupil, *, seized_at: datetime, by: User, at: datetime, **seen: str
) -> Confiscation:
    """Write down that a device was taken. `seen` are the fields of `Confiscation` that say how.

    Where it would stay over a night, a weekend or days without school, the head is asked at once.
    Whoever safeguards hears by mail of a device in the toilets (P.viii).
    Raises `ValidationError` for a time that cannot be, for an exemption that nobody asked about,
    and where it was opened without a why.
    """
    require(can_seize(by, pupil))
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    _refuse(pupil, seized_at, at, seen)
    just_now = Confiscation.objects.standing().filter(
        pupil=pupil,
        kind=seen["kind"],
        description=seen["description"],
        seized_by=by,
        written_at__gt=at - TWICE,
    )
    same: Confiscation | None = just_now.first()
    if same:
        return same
    row: Confiscation = Confiscation.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        seized_at=seized_at,
        seized_by=by,
        written_at=at,
        **seen,
    )
    record("confiscation.seized", row, by=by.pk, at=at, pupil=pupil.pk, kind=row.kind)
    if row.was_opened:
        Matter.objects.create(
            school_id=row.school_id,
            confiscation=row,
            kind=Matter.Kind.OPENED,
            words=row.opened_why,
            told_at=at,
            told_by=by,
        )
    if row.where == Where.TOILETS:
        _tell_who_safeguards(row, at)
    back = return_of(seized_at, calendar_of(by.school))
    if back.over and back.at > at:
        ask_until(row, back.day, "It was taken when school was over for the day.", by=by, at=at)
    return row


def _tell_who_safeguards(row: Confiscation, at: datetime) -> None:
    """That there is something to read; never of which child."""
    post_to(
        row.school,
        SAFEGUARDING,
        subject=f"Urgent: a device was taken in the toilets – {row.school.name}",
        body=paragraphs(
            "A pupil had a device in the toilets, or where children change.",
            f"Read it now: {settings.ADDRESS}{reverse('confiscation', args=[row.ref])}",
        ),
        kind=MAIL,
        at=at,
        about=row,
        but=row.seized_by,
    )


def _refuse(pupil: Pupil, seized_at: datetime, at: datetime, seen: dict[str, str]) -> None:
    if seized_at > at:
        raise ValidationError({"seized_at": "This time is still to come."})
    if at - seized_at > LONG_AGO:
        raise ValidationError({"seized_at": "This is longer than two weeks ago."})
    if not (seen["not_unlocked"] and seen["not_searched"]) and not seen["opened_why"].strip():
        raise ValidationError({"opened_why": "Say why it was unlocked or searched, and by whom."})
    kinds = [one.kind for one in exemptions_of(pupil, timezone.localdate(seized_at))]
    if covers(kinds, seen["kind"]) and not seen["despite"].strip():
        raise ValidationError(
            {"despite": "This child may have this device at school. Ask the office, then write "
             "whom you asked and what they said."}
        )  # fmt: skip


@transaction.atomic
def ask_to_keep(
    confiscation: Confiscation, until: date, *, why: str, by: User, at: datetime
) -> Keeping:
    """Ask the head to let a device stay until the end of a school day.

    Raises `ValidationError` for a day on which nobody could give it back.
    """
    require(can_keep(by))
    row = locked_open(confiscation)
    return ask_until(row, until, why, by=by, at=at)


def ask_until(row: Confiscation, until: date, why: str, *, by: User, at: datetime) -> Keeping:
    """The same by whoever acts already; the row is locked."""
    calendar, today = calendar_of(by.school), timezone.localdate(at)
    if until <= today or not calendar.is_school_day(until):
        raise ValidationError({"until": "Choose a school day that is still to come."})
    over, _ = stays_over(today, calendar, until)
    what = row.get_kind_display().lower()
    # The request stays in the register of what the head was asked, so it names nobody.
    request = ask_head(
        HeadRequest.Kind.KEEPING,
        row.ref,
        digest=digest(row, until),
        title=f"Keep a pupil’s {what} {over.words}",
        words=f"A {what} that was taken from a pupil on {_day(timezone.localdate(row.seized_at))} "
        f"stays in the office {over.words}, until the end of {_day(until)}. "
        f"How the child gets home: {WayHome(row.way_home).label}.",
        clause="A.4",
        why=why.strip(),
        needed_by=today,
        by=by,
        at=at,
    )
    keeping: Keeping = Keeping.objects.create(
        school_id=row.school_id,
        confiscation=row,
        until=until,
        request=request,
        at=at,
        by=by,
    )
    record("confiscation.keeping_asked", row, by=by.pk, at=at, until=until.isoformat())
    return keeping


@transaction.atomic
def correct(confiscation: Confiscation, words: str, *, by: User, at: datetime) -> Correction:
    """Write beside it what is to be read otherwise. What was written first stays."""
    row = locked(confiscation)
    require(can_correct(by, row))
    made: Correction = Correction.objects.create(
        school_id=row.school_id, confiscation=row, words=words.strip(), at=at, by=by
    )
    record("confiscation.corrected", row, by=by.pk, at=at)
    return made


@transaction.atomic
def undo(
    confiscation: Confiscation, how: Confiscation.Undone, *, why: str, by: User, at: datetime
) -> Confiscation:
    """It should not have been taken, or was not. It stays readable, and is no breach any more.

    Raises `ValidationError` where it was undone, or given back, already.
    """
    row = locked(confiscation)
    require(can_undo(by, row))
    if not row.is_open:
        raise ValidationError(f"This was meanwhile {row.state.label.lower()}.")
    row.set_aside_at, row.set_aside_by = at, by
    row.set_aside_how, row.set_aside_why = how, why.strip()
    row.save(update_fields=_UNDONE)
    drop_requests(HeadRequest.Kind.KEEPING, row.ref, by=by, at=at)
    record("confiscation.undone", row, by=by.pk, at=at, how=how)
    return row


@transaction.atomic
def take_up(confiscation: Confiscation, *, by: User, at: datetime) -> Confiscation:
    """It was right after all: the school has the device, and it waits again."""
    row = locked(confiscation)
    require(can_undo(by, row))
    if not row.set_aside_at:
        raise ValidationError("This counts already.")
    row.set_aside_at, row.set_aside_by, row.set_aside_how, row.set_aside_why = None, None, "", ""
    row.save(update_fields=_UNDONE)
    record("confiscation.taken_up", row, by=by.pk, at=at)
    return row


_UNDONE = ["set_aside_at", "set_aside_by", "set_aside_how", "set_aside_why"]


def locked(confiscation: Confiscation) -> Confiscation:
    """The row, with its state, and nobody else acts on it meanwhile."""
    Confiscation.objects.select_for_update().get(pk=confiscation.pk)
    row: Confiscation = Confiscation.objects.with_state().get(pk=confiscation.pk)
    return row


def locked_open(confiscation: Confiscation) -> Confiscation:
    """The same of a device that the school still has; raises `ValidationError` for others."""
    row = locked(confiscation)
    if not row.is_open:
        raise ValidationError(f"This was meanwhile {row.state.label.lower()}.")
    return row


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
