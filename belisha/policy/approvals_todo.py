"""What waits for someone in what the head is asked: requests to answer, answers to read."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from belisha.lib.task import Task
from belisha.people.models import User
from belisha.policy.access import to_answer
from belisha.policy.models import HeadAnswer, HeadRequest

MOST = 10  # more than so many stand as one


def approvals_todo(user: User, on: date) -> Iterator[Task]:
    """For who decides: what waits. For who asked: what was answered and is not read yet."""
    waiting = to_answer(user, on).select_related("asked_by").order_by("asked_at", "id")
    rows = list(waiting[: MOST + 1])
    for row in rows[:MOST]:
        yield Task(
            f"Decide: {row.title}",
            f"{row.asked_by} asks for your yes: {HeadRequest.Kind(row.kind).label.lower()}.",
            reverse("approval", args=[row.ref]),
            "Look and decide",
            "answers",
            due=row.needed_by,
        )
    if rows[MOST:]:
        yield Task(
            "More requests wait for your yes",
            "They stand in the list, the oldest last.",
            f"{reverse('approvals')}?stage=waiting",
            "See them all",
            "answers",
        )
    unread = HeadAnswer.objects.filter(request__asked_by=user, read_at=None)
    for answer in unread.select_related("request").order_by("at")[:MOST]:
        taken_back = answer.ended_at is not None
        yield Task(
            f"{'A yes was taken back' if taken_back else 'The head answered'}: {answer.request}",
            "It does not count any more." if taken_back else f"The answer is {answer}.",
            reverse("approval", args=[answer.request.ref]),
            "Read the answer",
            "answers",
        )
