"""What a case needs: its questions answered, tasks done in time, people told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.incidents.access import can_handle, may_be_given
from belisha.incidents.actions.record import write
from belisha.incidents.actions.routing import concerns
from belisha.incidents.models import Case, Happening, Party, Reply, Task, Told, periods
from belisha.incidents.rules import Kind, Part
from belisha.incidents.working.clocks import days_of, due_at
from belisha.incidents.working.kinds import Need, Question, Sheet, needs_of, settled_by
from belisha.lib.moments import moment
from belisha.people.access import require
from belisha.people.models import Staff, User, calendar_of

What = Happening.What
FOLLOW_UP = "follow-up"
NOT_NEEDED = "The answers of today need it no more."


def held(case: Case, by: User, at: datetime) -> Case:
    """The locked row of an open case, for whoever works on it.

    Raises `Refused` as for one that is not, and `ValidationError` for one that was closed.
    """
    require(can_handle(by, case, at))
    row: Case = Case.objects.select_for_update().get(pk=case.pk)
    if not row.is_open:
        raise ValidationError("This case is closed. Open it again first.")
    return row


@dataclass(frozen=True)
class Typed:
    """What somebody typed as an answer: a word of the question's choices, or words; and why."""

    value: str
    why: str = ""


@transaction.atomic
def answer_sheet(
    case: Case, sheet: Sheet, typed: Mapping[str, Typed], *, by: User, at: datetime
) -> list[Reply]:
    """Append the answers that differ from those that count, and look again at what is needed.

    Raises `ValidationError` where a yes or no lacks its reasons.
    """
    row = held(case, by, at)
    there = {one.question: one for one in Reply.objects.filter(case=row, sheet=sheet.key).newest()}
    added = []
    for question in sheet.questions:
        reply = typed.get(question.key)
        if reply is None or not _is_new(there.get(question.key), reply):
            continue
        if question.reasons and reply.value and not reply.why:
            raise ValidationError(f"Say why: {question.asks}")
        added.append(_append(row, sheet, question, reply, by=by, at=at))
    if added:
        words = "\n".join(
            f"{one.asked} {one.said or '(taken back)'}{'. ' if one.why else ''}{one.why}"
            for one in added
        )
        write(row, What.ANSWERED, f"{sheet.title}\n{words}"[:5000], by=by, at=at, sheet=sheet.key)
        look_again(row, by=by, at=at)
    return added


def _is_new(there: Reply | None, typed: Typed) -> bool:
    if there is None:
        return bool(typed.value)
    return (there.value, there.why) != (typed.value, typed.why)


def _append(
    case: Case, sheet: Sheet, question: Question, typed: Typed, *, by: User, at: datetime
) -> Reply:
    reply: Reply = Reply.objects.create(
        school_id=case.school_id,
        case=case,
        sheet=sheet.key,
        question=question.key,
        asked=question.asks,
        value=typed.value,
        said=question.said(typed.value),
        why=typed.why,
        at=at,
        by=by,
    )
    return reply


def replies_of(case: Case) -> dict[tuple[str, str], Reply]:
    """The answers that count, by sheet and question."""
    return {(one.sheet, one.question): one for one in Reply.objects.filter(case=case).newest()}


def look_again(case: Case, *, by: User | None, at: datetime) -> None:
    """Bring tasks and whom to tell into line with what is known now. In a transaction."""
    replies = {key: one.value for key, one in replies_of(case).items()}
    people = Party.objects.standing().filter(case=case).exclude(pupil=None)
    kind = Kind(case.kind)
    needs = needs_of(
        kind,
        replies,
        harmed_pupil=people.filter(part=Part.HARMED).exists(),
        subject_pupil=people.filter(part=Part.SUBJECT).exists(),
        about=concerns(case),
        undressed=case.undressed,
    )
    met = settled_by(kind, replies)
    said = periods()
    for need in needs.values():
        if need.tells:
            _need_told(case, need, said, at)
        else:
            _need_task(case, need, said, met, by=by, at=at)
    for task in Task.objects.open().filter(case=case).exclude(rule="").exclude(rule__in=needs):
        _finish(task, needed=False, words=NOT_NEEDED, by=None, at=at)
    for told in Told.objects.waiting().filter(case=case).exclude(rule="").exclude(rule__in=needs):
        told.was_told, told.how, told.settled_at = False, NOT_NEEDED, at
        told.save()
        write(case, What.INFORMED, f"{told}: {NOT_NEEDED}", by=None, at=at)


def _due(case: Case, need: Need, said: Mapping[str, int], at: datetime) -> datetime | None:
    days = days_of(said, need.clock or need.key, need.days)
    began = case.reported_at if need.since_report else at
    return None if days is None else due_at(calendar_of(case.school), began, days)


def _need_task(
    case: Case,
    need: Need,
    said: Mapping[str, int],
    met: frozenset[str],
    *,
    by: User | None,
    at: datetime,
) -> None:
    task = Task.objects.filter(case=case, rule=need.key).first()
    if need.key in met:
        if task and task.done_at is None:
            _finish(task, needed=True, words="The answers show it.", by=by, at=at)
        return
    if task is None:
        task = Task(school_id=case.school_id, case=case, rule=need.key, at=at)
    elif task.done_at is None or task.needed:
        return  # there already, or done by somebody
    task.what, task.why, task.due_at = need.what, need.why, _due(case, need, said, at)
    task.done_at = task.done_by = None
    task.needed, task.words = True, ""
    task.save()
    write(case, What.WORK, f"To do: {need.what}{_until(task.due_at)}", by=None, at=at)


def _need_told(case: Case, need: Need, said: Mapping[str, int], at: datetime) -> None:
    told = Told.objects.filter(case=case, rule=need.key).first()
    if told is None:
        told = Told(school_id=case.school_id, case=case, rule=need.key, at=at)
    elif told.settled_at is None or told.how != NOT_NEEDED:
        return
    told.who, told.why, told.due_at = need.what, need.why, _due(case, need, said, at)
    told.settled_at = told.settled_by = told.was_told = None
    told.how = ""
    told.save()
    write(case, What.INFORMED, f"{need.what} must be told{_until(told.due_at)}", by=None, at=at)


def _until(due: datetime | None) -> str:
    return f", until {timezone.localtime(due):%A} {moment(due)}." if due else "."


@transaction.atomic
def add_task(
    case: Case,
    *,
    what: str,
    days: int | None,
    staff: Staff | None = None,
    by: User,
    at: datetime,
) -> Task:
    """Write down what is to be done, within so many working days of the local authority."""
    row = held(case, by, at)
    if staff and not may_be_given(staff, row):
        raise ValidationError("They cannot work on this one. Choose somebody else.")
    due = None if days is None else due_at(calendar_of(row.school), at, days)
    return to_be_done(row, what, due, staff=staff, by=by, at=at)


def to_be_done(
    row: Case,
    what: str,
    due: datetime | None,
    *,
    staff: Staff | None = None,
    by: User,
    at: datetime,
) -> Task:
    """Write down what is to be done until a moment, in the row of a case that is held."""
    task: Task = Task.objects.create(
        school_id=row.school_id, case=row, what=what, staff=staff, due_at=due, at=at, by=by
    )
    write(row, What.WORK, f"To do: {what}{_until(task.due_at)}", by=by, at=at)
    return task


@transaction.atomic
def finish(task: Task, *, needed: bool, words: str, by: User, at: datetime) -> None:
    """Write down what came of a task, or why it was not needed."""
    held(task.case, by, at)
    row: Task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if row.done_at:
        raise ValidationError("This was written down already. Look again.")
    if row.rule == FOLLOW_UP:
        raise ValidationError("Write the follow-up itself: the head or a named leader does.")
    _finish(row, needed=needed, words=words, by=by, at=at)


def _finish(task: Task, *, needed: bool, words: str, by: User | None, at: datetime) -> None:
    task.done_at, task.done_by, task.needed, task.words = at, by, needed, words
    task.save()
    done = "Done" if needed else "Not needed"
    write(task.case, What.WORK, f"{done}: {task.what}. {words}".strip(), by=by, at=at)


def done_by_rule(case: Case, rule: str, *, words: str, by: User, at: datetime) -> None:
    """Finish the task of a rule, if it is open: what it asks for has been done elsewhere."""
    for task in Task.objects.open().filter(case=case, rule=rule):
        _finish(task, needed=True, words=words, by=by, at=at)
