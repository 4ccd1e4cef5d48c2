"""Getting a post or an account off the web: the steps, their clocks, and the brake."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.incidents.actions.needs import held
from belisha.incidents.actions.record import write
from belisha.incidents.models import (
    Case,
    Evidence,
    Happening,
    Measure,
    Post,
    Step,
    WrongLink,
    periods,
)
from belisha.incidents.removal.brake import Deed, Sort, Weighed, may_go_on
from belisha.incidents.removal.ladder import DAYS, ENDS, Answer, Rung, is_tried, may_step
from belisha.incidents.working.clocks import days_of, due_at
from belisha.lib.verdict import Verdict
from belisha.people.models import User, calendar_of

What = Happening.What


@transaction.atomic
def add_post(case: Case, details: Mapping[str, Any], *, by: User, at: datetime) -> Post:
    """Write down what is to go, with where it stands and what is wrong with it."""
    row = held(case, by, at)
    post: Post = Post.objects.create(school_id=row.school_id, case=row, at=at, by=by, **details)
    write(row, What.WORK, f"It is to go: {post}. {post.url}".strip(), by=by, at=at)
    return post


@transaction.atomic
def strike_post(post: Post, *, by: User, at: datetime) -> None:
    """It was written down by mistake. It stays in the case's record."""
    row, locked = _held_post(post, by, at)
    locked.struck_at, locked.struck_by = at, by
    locked.save(update_fields=["struck_at", "struck_by"])
    write(row, What.CORRECTED, f"Written down by mistake: {locked}.", by=by, at=at)


@transaction.atomic
def take_step(
    post: Post,
    rung: Rung,
    *,
    to: str,
    words: str,
    number: str = "",
    proof: Evidence | None = None,
    by: User,
    at: datetime,
) -> Step:
    """Write down that somebody was asked; its clock runs by the authority's working days.

    Raises `ValidationError` with the rule's words where a nearer step comes first.
    """
    row, locked = _held_post(post, by, at)
    verdict = may_step(rung, locked.taken, at=at)
    if not verdict:
        raise ValidationError(_said(verdict))
    if proof and proof.case_id != row.pk:
        raise ValidationError("This evidence is of another case.")
    days = days_of(periods(), f"remove.{rung}", DAYS[rung]) or DAYS[rung]
    due = due_at(calendar_of(row.school), at, days)
    step = _append(
        locked, rung, to=to, words=words, number=number, proof=proof, due_at=due, by=by, at=at
    )
    told = f"{rung.label}: {locked}. To {to or 'them'}. {number}".strip()
    write(row, What.WORK, f"{told}\n{words}"[:5000], by=by, at=at)
    return step


@transaction.atomic
def pass_over(post: Post, rung: Rung, *, why: str, by: User, at: datetime) -> Step:
    """Leave a step out, with the reason: to ask the author would put a child in danger, say."""
    row, locked = _held_post(post, by, at)
    step = _append(locked, rung, words=why, passed_over=True, by=by, at=at)
    write(row, What.DECIDED, f"Passed over: {rung.label.lower()}. {why}", by=by, at=at)
    return step


def _append(post: Post, rung: Rung, **fields: Any) -> Step:
    step: Step = Step.objects.create(school_id=post.school_id, post=post, rung=rung, **fields)
    return step


@transaction.atomic
def answer_step(step: Step, answer: Answer, *, words: str, by: User, at: datetime) -> None:
    """Write down what came of a step. Raises `ValidationError` where somebody did already."""
    row, post = _held_post(step.post, by, at)
    locked: Step = Step.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if locked.answer or locked.passed_over:
        raise ValidationError("What came of it was written down already. Look again.")
    locked.answer, locked.said = answer, words
    locked.answered_at, locked.answered_by = at, by
    locked.save()
    write(row, What.WORK, f"{Rung(locked.rung).label}: {answer.label}. {words}", by=by, at=at)
    if answer in ENDS:
        post.gone_at, post.gone_by = at, by
        post.save(update_fields=["gone_at", "gone_by"])


@transaction.atomic
def it_is_gone(post: Post, *, words: str, by: User, at: datetime) -> None:
    """Somebody looked, and it is there no more; whoever took it down."""
    row, locked = _held_post(post, by, at)
    if locked.gone_at:
        raise ValidationError("This was written down already. Look again.")
    locked.gone_at, locked.gone_by = at, by
    locked.save(update_fields=["gone_at", "gone_by"])
    write(row, What.WORK, f"It is gone: {locked}. {words}".strip(), by=by, at=at)


@transaction.atomic
def it_is_back(post: Post, *, words: str, by: User, at: datetime) -> Post:
    """It stands there again: a new one is written down, and the ladder begins anew."""
    row, locked = _held_post(post, by, at)
    if locked.gone_at is None:
        raise ValidationError("It was not gone.")
    kept = ("thing", "service", "where", "url", "author", "runs_it", "words", "posted", "harms")
    again: Post = Post.objects.create(
        school_id=row.school_id,
        case=row,
        at=at,
        by=by,
        seen_at=at,
        **{name: getattr(locked, name) for name in kept},
    )
    write(row, What.WORK, f"It is back: {again}. {words}".strip(), by=by, at=at)
    return again


def _held_post(post: Post, by: User, at: datetime) -> tuple[Case, Post]:
    """The locked case and post. Raises `ValidationError` where the post was struck out."""
    row = held(post.case, by, at)
    locked: Post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk, case=row)
    if locked.struck_at:
        raise ValidationError("This was written down by mistake. Look again.")
    return row, locked


# --- the heavy means ---------------------------------------------------------------------------


@transaction.atomic
def weigh(case: Case, details: Mapping[str, Any], *, by: User, at: datetime) -> Measure:
    """Write down why a heavy means is thought of. The day's pause begins now (D.viii)."""
    row = held(case, by, at)
    if Measure.objects.open().filter(case=row, deed=details["deed"]).exists():
        raise ValidationError("This is being weighed already.")
    measure: Measure = Measure.objects.create(
        school_id=row.school_id, case=row, at=at, by=by, **details
    )
    sort = Sort(measure.sort).label
    write(row, What.DECIDED, f"Weighed: {measure}. {sort}. {measure.why}", by=by, at=at)
    return measure


@transaction.atomic
def read_second(measure: Measure, *, agrees: bool, words: str, by: User, at: datetime) -> None:
    """The word of somebody else who works on the case. Raises `ValidationError` for the first."""
    row, locked = _held_measure(measure, by, at)
    if locked.by_id == by.pk:
        raise ValidationError("Somebody else reads it. Hand the case over to them as well.")
    if locked.read_at:
        raise ValidationError("Somebody has read it already. Look again.")
    locked.agrees, locked.read_words = agrees, words
    locked.read_at, locked.read_by = at, by
    locked.save()
    said = "agrees" if agrees else "does not agree"
    write(row, What.DECIDED, f"Second reader {said}: {locked}. {words}", by=by, at=at)


@transaction.atomic
def carry_out(measure: Measure, *, words: str, by: User, at: datetime) -> None:
    """Write down that it was done; only when the brake lets it."""
    row, locked = _held_measure(measure, by, at)
    verdict = brake_of(locked, at=at)
    if not verdict:
        raise ValidationError(_said(verdict))
    locked.done_at, locked.done_by, locked.done_words = at, by, words
    locked.ground = " ".join(reason.text for reason in verdict.reasons)
    locked.save()
    write(row, What.DECIDED, f"Done: {locked}. {words} {locked.ground}", by=by, at=at)


@transaction.atomic
def drop(measure: Measure, *, words: str, by: User, at: datetime) -> None:
    """Think better of it."""
    row, locked = _held_measure(measure, by, at)
    locked.dropped_at, locked.dropped_by = at, by
    locked.save(update_fields=["dropped_at", "dropped_by"])
    write(row, What.DECIDED, f"Not done after all: {locked}. {words}", by=by, at=at)


def brake_of(measure: Measure, *, at: datetime) -> Verdict:
    """Whether a heavy means may be used now, with what is missing. Asked at each look."""
    posts = (post for post in measure.case.posts.all() if post.is_there)
    weighed = Weighed(
        sort=Sort(measure.sort),
        asked_at=measure.at,
        threat_to_life=measure.threat_to_life,
        offered_on=measure.offered_on,
        why_not=measure.why_not,
        agrees=measure.agrees,
        untried=sum(not is_tried(post.taken, at=at) for post in posts),
    )
    return may_go_on(Deed(measure.deed), weighed, at=at)


def _held_measure(measure: Measure, by: User, at: datetime) -> tuple[Case, Measure]:
    row = held(measure.case, by, at)
    locked: Measure = Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk, case=row)
    if locked.done_at or locked.dropped_at:
        raise ValidationError("This was settled already. Look again.")
    return row, locked


def _said(verdict: Verdict) -> str:
    return " ".join([*(reason.text for reason in verdict.reasons), verdict.remedy]).strip()


# --- where to report ---------------------------------------------------------------------------


@transaction.atomic
def link_is_wrong(key: str, *, words: str, by: User, at: datetime) -> WrongLink:
    """Anybody who may be given a case says that a way to report is wrong."""
    found: WrongLink = WrongLink.objects.create(
        school_id=by.school_id, key=key, words=words, at=at, by=by
    )
    return found


@transaction.atomic
def link_is_right(key: str, *, at: datetime) -> None:
    """Somebody looked, and the way to report is right again."""
    WrongLink.objects.filter(key=key, settled_at=None).update(settled_at=at)
