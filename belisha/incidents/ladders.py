"""How the posts and heavy means of a case stand, as its page shows them."""

from dataclasses import dataclass
from datetime import datetime

from belisha.incidents.actions.removal import brake_of
from belisha.incidents.models import Case, Measure, Post, Step
from belisha.incidents.removal.ladder import ORDER, Rung, may_step, next_rung
from belisha.lib.verdict import Verdict
from belisha.people.models import User


@dataclass(frozen=True)
class RungShown:
    """One rung of a post's ladder: its steps, and whether it may be taken now."""

    rung: Rung
    steps: tuple[Step, ...]
    verdict: Verdict
    is_next: bool


@dataclass(frozen=True)
class PostShown:
    post: Post
    rungs: tuple[RungShown, ...]


@dataclass(frozen=True)
class MeasureShown:
    """A heavy means with the word of the brake; `may_read`: one may be its second reader."""

    measure: Measure
    verdict: Verdict | None
    may_read: bool


def posts_of(case: Case, at: datetime) -> list[PostShown]:
    """What is to go, or went. Two queries."""
    rows = Post.objects.standing().filter(case=case).prefetch_related("steps__proof")
    return [_post(row, at) for row in rows]


def _post(post: Post, at: datetime) -> PostShown:
    taken, steps = post.taken, list(post.steps.all())
    next_ = next_rung(taken, at=at)
    rungs = (
        RungShown(
            rung,
            tuple(step for step in steps if step.rung == rung),
            may_step(rung, taken, at=at),
            rung is next_,
        )
        for rung in ORDER
    )
    return PostShown(post, tuple(rungs))


def measures_of(case: Case, user: User, at: datetime) -> list[MeasureShown]:
    rows = Measure.objects.filter(case=case).select_related("by", "read_by", "done_by")
    rows = rows.select_related("case").prefetch_related("case__posts__steps")
    return [_measure(row, user, at) for row in rows]


def _measure(row: Measure, user: User, at: datetime) -> MeasureShown:
    is_open = row.done_at is None and row.dropped_at is None
    verdict = brake_of(row, at=at) if is_open else None
    return MeasureShown(row, verdict, is_open and row.read_at is None and row.by_id != user.pk)
