"""Reading: acknowledged by the person, written down by the office, set aside, reminded of."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.actions.mail import post
from belisha.people.models import Staff, User
from belisha.policy.access import can_keep_reads
from belisha.policy.models import Clause, HowRead, Question, Read, ReadingDuty, ReadingReminder
from belisha.policy.readings import Reading, readings_of


class OtherText(ValidationError):
    """What was read is no longer what must be read: another version, or another part."""


class WrongAnswers(ValidationError):
    """Not all questions were answered rightly. `questions` are those; nothing is kept of them."""

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__("Not every answer is right yet. Look at the words, then try again.")
        self.questions = questions


@transaction.atomic
def acknowledge_reading(
    duty: ReadingDuty,
    *,
    shown: int,
    answers: Mapping[int, int],
    by: User,
    at: datetime,
) -> Read:
    """The person has read it, on their own page. A second tap writes nothing new.

    `shown` is the id of the version on the page, `answers` the number of the choice for each
    question by its id. Raises `OtherText` and `WrongAnswers`.
    """
    require(by.staff is not None)
    assert by.staff is not None
    staff = _locked(by.staff)
    reading = reading_under(duty, staff, timezone.localdate(at))
    if reading is None or reading.version.pk != shown:
        raise OtherText("The text has changed since you opened the page. Read the new one.")
    if reading.read:
        return reading.read
    questions = questions_of(reading)
    if wrong := [one for one in questions if answers.get(one.pk) != one.answer]:
        raise WrongAnswers(wrong)
    return _keep(
        reading,
        how=HowRead.WEB,
        on=timezone.localdate(at),
        passed=bool(questions),
        by=by,
        at=at,
    )


@transaction.atomic
def write_reading_down(
    staff: Staff, duty: ReadingDuty, *, how: HowRead, on: date, by: User, at: datetime
) -> Read:
    """The office writes down that somebody read it on paper or in a meeting, and when.

    Raises `ValidationError` when it is not theirs to read, was read already, or on a wrong day.
    """
    require(can_keep_reads(by))
    today = timezone.localdate(at)
    if on > today:
        raise ValidationError("This day is still to come. Write it down when it is here.")
    reading = reading_under(duty, _locked(staff), today)
    if reading is None:
        raise ValidationError("This is not theirs to read any more. Look again.")
    if reading.read:
        raise ValidationError("It is written down already.")
    issued_at = reading.version.issued_at
    if issued_at and on < timezone.localdate(issued_at):
        raise ValidationError("On that day this version was not issued yet.")
    return _keep(reading, how=how, on=on, passed=False, by=by, at=at)


@transaction.atomic
def set_read_aside(read: Read, *, why: str, by: User, at: datetime) -> Read:
    """Take an entry out of the count because it was written down wrongly. Both stay."""
    require(can_keep_reads(by))
    _locked(read.staff)
    if not Read.objects.standing().filter(pk=read.pk).exists():
        raise ValidationError("This entry was set aside already.")
    later: Read = Read.objects.create(
        school_id=read.school_id,
        staff=read.staff,
        version=read.version,
        part=read.part,
        how=read.how,
        happened_on=read.happened_on,
        recorded_at=at,
        recorded_by=by,
        wording=read.wording,
        voids=read,
        why=why,
    )
    record("reading.set-aside", later, by=by.pk, at=at, read=read.pk)
    return later


@transaction.atomic
def remind(staff: Staff, readings: Sequence[Reading], *, by: User | None, at: datetime) -> bool:
    """Mail somebody what they have not read, by when; return whether it was sent.

    Once a day at most: the row that says so is made in the same transaction, so that of two
    processes only one comes through. `by` is None when the software itself reminds.
    """
    require(by is None or can_keep_reads(by))
    waiting = [reading for reading in readings if reading.is_open]
    if not staff.email or not waiting:
        return False
    try:
        with transaction.atomic():
            row = ReadingReminder.objects.create(
                school_id=staff.school_id, staff=staff, on=timezone.localdate(at)
            )
    except IntegrityError:
        return False
    post(
        staff.school,
        to=staff.email,
        subject=_subject(waiting),
        body=_body(waiting, school=staff.school.name),
        kind="reading",
        about=staff,
        at=at,
        lasts=timedelta(days=2),
    )
    record(
        "reading.reminded",
        row,
        by=by.pk if by else None,
        at=at,
        staff=staff.pk,
        versions=[one.version.pk for one in waiting],
    )
    return True


def reading_under(duty: ReadingDuty, staff: Staff, on: date) -> Reading | None:
    """What this person must read under this very duty, as on a day."""
    found = (one for one in readings_of(staff, on) if one.duty.pk == duty.pk)
    return next(found, None)


def questions_of(reading: Reading) -> list[Question]:
    """The questions on what changed: those about a clause only where the person's part has it."""
    questions = Question.objects.filter(version=reading.version)
    sections = set(reading.duty.sections)
    if not sections:
        return list(questions)
    clauses = Clause.objects.filter(version=reading.version, section__in=sections)
    theirs = {"", *clauses.values_list("address", flat=True)}
    return [one for one in questions if one.address in theirs]


def _keep(
    reading: Reading, *, how: HowRead, on: date, passed: bool, by: User, at: datetime
) -> Read:
    read: Read = Read.objects.create(
        school_id=reading.staff.school_id,
        staff=reading.staff,
        version=reading.version,
        part=reading.duty.part,
        how=how,
        happened_on=on,
        recorded_at=at,
        recorded_by=by,
        wording=reading.wording,
        questions_passed=passed,
    )
    record(
        "reading.acknowledged",
        read,
        by=by.pk,
        at=at,
        staff=reading.staff.pk,
        version=reading.version.pk,
        how=how.value,
        on=on.isoformat(),
    )
    return read


def _locked(staff: Staff) -> Staff:
    """Put two taps of one person in a line."""
    row: Staff = Staff.objects.select_for_update().get(pk=staff.pk)
    return row


def _subject(waiting: Sequence[Reading]) -> str:
    first = waiting[0]
    more = f", and {len(waiting) - 1} more" if len(waiting) > 1 else ""
    return f"To read by {_written(first.due_on)}: {first.what}{more}"[:200]


def _body(waiting: Sequence[Reading], *, school: str) -> str:
    lines = [
        f"- {one.what}: by {_written(one.due_on)}{' (late)' if one.is_late else ''}"
        for one in waiting
    ]
    address = f"{settings.ADDRESS or 'http://localhost:8000'}{reverse('to_read')}"
    parts = [
        "There is something for you to read. All staff are asked to, and it is written down.",
        "\n".join(lines),
        f"Read it here, and say that you have:\n{address}",
        "Have you read it on paper? Tell the office.",
        school,
    ]
    return "\n\n".join(parts) + "\n"


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
