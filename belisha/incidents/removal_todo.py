"""What waits about posts that are to go, for whoever works on the case."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from belisha.incidents.actions.removal import brake_of
from belisha.incidents.models import Case, Measure, Post, Step
from belisha.incidents.removal.ladder import Rung, next_rung
from belisha.lib.task import Task as Waiting
from belisha.people.models import User


def removal_for(user: User, at: datetime) -> Iterator[Waiting]:
    """Steps whose clock runs, posts for which the next step may be taken, what is being weighed."""
    if user.staff is None:
        return
    mine = Case.objects.visible_to(user, at).open()
    running = Step.objects.running().filter(post__case__in=mine, post__struck_at=None)
    for step in running.filter(post__gone_at=None).select_related("post__case"):
        yield _of(step.post.case, f"Look: is it gone? {step.post}", "Look", step.due_at)
    posts = Post.objects.there().filter(case__in=mine).select_related("case")
    for post in posts.prefetch_related("steps"):
        rung = next_rung(post.taken, at=at)
        if rung:
            title = f"{Rung(rung).label}: {post}"
            yield _of(post.case, title, "Take the step", post.at)
    weighed = Measure.objects.open().filter(case__in=mine).select_related("case")
    for measure in weighed.prefetch_related("case__posts__steps"):
        if measure.read_at is None and measure.by_id != user.pk:
            yield _of(measure.case, f"Read as the second: {measure}", "Read it", measure.at)
        elif brake_of(measure, at=at):
            yield _of(measure.case, f"May be done now: {measure}", "See the case", measure.at)


def _of(case: Case, title: str, act: str, due: datetime | None) -> Waiting:
    return Waiting(
        title,
        f"Case {case.reference}.",
        reverse("case", args=[case.ref]) + "#removal",
        act,
        "flag",
        timezone.localdate(due) if due else None,
    )
