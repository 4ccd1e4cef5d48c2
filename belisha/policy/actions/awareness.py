"""Planning how parents are told what is asked of them, and writing down that it was done (D.0)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import School, Staff, User
from belisha.policy.access import can_plan_awareness
from belisha.policy.awareness import (
    FIRST_MONTH,
    MOST_BYTES,
    Channel,
    first_day,
    in_next_year,
    kind_of,
    laid_out,
    last_day,
    year_named,
)
from belisha.policy.awareness_plan import SHIPPED_PLAN
from belisha.policy.files import opened, sealed
from belisha.policy.models import AwarenessFile, AwarenessStep


@transaction.atomic
def plan_year(year: int, *, by: User, at: datetime) -> list[AwarenessStep]:
    """Fill an empty year from the shipped plan. What would be past already is laid out from now on.

    Raises `ValidationError` when the year has a plan.
    """
    _begin(year, by)
    days = [
        date(year if step.month >= FIRST_MONTH else year + 1, step.month, step.day)
        for step in SHIPPED_PLAN
    ]
    days = laid_out(days, on=max(timezone.localdate(at), first_day(year)))
    if max(days) > last_day(year):
        raise ValidationError("This year is nearly over. Add what is still to be done by itself.")
    drafts = [
        AwarenessStep(channel=step.channel, planned_on=day, text=step.text)
        for step, day in zip(SHIPPED_PLAN, days, strict=True)
    ]
    return _keep(year, drafts, "awareness.planned", by, at)


@transaction.atomic
def copy_last_year(year: int, *, by: User, at: datetime) -> list[AwarenessStep]:
    """Fill an empty year with the steps and words of the year before, each on the same weekday.

    What was set aside is not copied. Raises `ValidationError` when the year has a plan, or the one
    before has none.
    """
    _begin(year, by)
    before = AwarenessStep.objects.of_year(year - 1).filter(set_aside_at=None)
    drafts = [
        AwarenessStep(
            channel=step.channel,
            name=step.name,
            planned_on=max(first_day(year), in_next_year(step.planned_on)),
            text=step.text,
        )
        for step in before
    ]
    if not drafts:
        raise ValidationError(f"There is no plan of {year_named(year - 1)} to copy.")
    return _keep(year, drafts, "awareness.copied", by, at)


@transaction.atomic
def add_step(
    year: int,
    *,
    channel: Channel,
    name: str,
    planned_on: date,
    text: str,
    by: User,
    at: datetime,
) -> AwarenessStep:
    """Plan one more step. Raises `ValidationError` when its day is not of that year."""
    require(can_plan_awareness(by))
    _check_day(planned_on, year)
    draft = AwarenessStep(channel=channel, name=name, planned_on=planned_on, text=text)
    return _keep(year, [draft], "awareness.added", by, at)[0]


@transaction.atomic
def change_step(
    step: AwarenessStep,
    *,
    channel: Channel,
    name: str,
    planned_on: date,
    text: str,
    by: User,
    at: datetime,
) -> AwarenessStep:
    """Change what is planned. What is done says what was done: that is undone first.

    Raises `ValidationError` then, and for a day of another year.
    """
    row = _locked(step, by)
    if row.done_on:
        raise ValidationError("This is done. Say first that it is not, then change it.")
    _check_day(planned_on, row.year)
    row.channel, row.name, row.planned_on, row.text = channel, name, planned_on, text
    return _write(row, "awareness.changed", by, at)


@transaction.atomic
def mark_done(
    step: AwarenessStep,
    *,
    done_on: date,
    done_by: Staff,
    evidence: str = "",
    link: str = "",
    by: User,
    at: datetime,
) -> AwarenessStep:
    """Write down who did it, when, and how that can be seen. Done again, it is put right.

    Raises `ValidationError` for a day to come or of another year, and for what was set aside.
    """
    row = _locked(step, by)
    if row.set_aside_at:
        raise ValidationError("This was set aside. Take it up again first.")
    if done_on > timezone.localdate(at):
        raise ValidationError("This day is still to come.")
    if done_on < first_day(row.year):
        raise ValidationError(f"This day is before the school year {year_named(row.year)}.")
    row.done_on, row.done_by, row.evidence, row.link = done_on, done_by, evidence, link
    return _write(row, "awareness.done", by, at)


@transaction.atomic
def keep_file(
    step: AwarenessStep, data: bytes, *, name: str, by: User, at: datetime
) -> AwarenessFile:
    """Keep a file that shows that it was done; it takes the place of one that was kept before.

    Raises `ValidationError` for what is not done, for a file too large, or of no kind we know.
    """
    row = _locked(step, by)
    if not row.done_on:
        raise ValidationError("Say first that it is done.")
    if len(data) > MOST_BYTES:
        raise ValidationError(f"This file is larger than {MOST_BYTES >> 20} MB.")
    if not (kind := kind_of(data)):
        raise ValidationError("This is no PDF, JPEG or PNG. Save it as one of these first.")
    AwarenessFile.objects.filter(step=row).delete()
    file = AwarenessFile(
        school_id=row.school_id, step=row, name=name[-200:], kind=kind, kept_at=at, kept_by=by
    )
    file.size = len(data)
    file.sealed, file.wrapped_key = sealed(data, file.about)
    file.save(force_insert=True)
    record("awareness.file-kept", row, by=by.pk, at=at, size=len(data), kind=kind)
    return file


@transaction.atomic
def remove_file(step: AwarenessStep, *, by: User, at: datetime) -> None:
    """The file is not kept any more; what was written down stays."""
    row = _locked(step, by)
    if AwarenessFile.objects.filter(step=row).delete()[0]:
        record("awareness.file-removed", row, by=by.pk, at=at)


def bytes_of(file: AwarenessFile) -> bytes:
    """The file as it was sent. Raises `BrokenSeal` when somebody changed it on the disk."""
    return opened(file.sealed, file.wrapped_key, file.about)


@transaction.atomic
def undo_done(step: AwarenessStep, *, by: User, at: datetime) -> AwarenessStep:
    """It was not done after all: day, person and evidence go; the plan stays."""
    row = _locked(step, by)
    row.done_on, row.done_by, row.evidence, row.link = None, None, "", ""
    AwarenessFile.objects.filter(step=row).delete()
    return _write(row, "awareness.not-done", by, at)


@transaction.atomic
def set_aside(step: AwarenessStep, *, why: str, by: User, at: datetime) -> AwarenessStep:
    """It is not to happen, for a reason that readers of the plan see. Raises `ValidationError`."""
    row = _locked(step, by)
    if not why.strip():
        raise ValidationError("Say why.")
    if row.done_on:
        raise ValidationError("This is done. Say first that it is not.")
    row.set_aside_at, row.why = at, why.strip()
    return _write(row, "awareness.set-aside", by, at)


@transaction.atomic
def take_up_again(step: AwarenessStep, *, by: User, at: datetime) -> AwarenessStep:
    """It is to happen after all."""
    row = _locked(step, by)
    row.set_aside_at, row.why = None, ""
    return _write(row, "awareness.taken-up-again", by, at)


def _begin(year: int, by: User) -> None:
    """Let one person after the other fill a year, and only an empty one."""
    require(can_plan_awareness(by))
    School.objects.select_for_update().get(pk=by.school_id)
    if AwarenessStep.objects.of_year(year).exists():
        raise ValidationError(f"There is a plan of {year_named(year)} already.")


def _keep(
    year: int, drafts: Iterable[AwarenessStep], verb: str, by: User, at: datetime
) -> list[AwarenessStep]:
    rows = list(drafts)
    for row in rows:
        row.school_id, row.year, row.made_at, row.made_by = by.school_id, year, at, by
        row.save(force_insert=True)
        record(verb, row, by=by.pk, at=at, year=year, channel=str(row.channel))
    return rows


def _locked(step: AwarenessStep, by: User) -> AwarenessStep:
    require(can_plan_awareness(by))
    row: AwarenessStep = AwarenessStep.objects.select_for_update().get(pk=step.pk)
    return row


def _write(row: AwarenessStep, verb: str, by: User, at: datetime) -> AwarenessStep:
    row.save()
    record(verb, row, by=by.pk, at=at, year=row.year, channel=str(row.channel))
    return row


def _check_day(day: date, year: int) -> None:
    if not first_day(year) <= day <= last_day(year):
        raise ValidationError(f"This day is not in the school year {year_named(year)}.")
