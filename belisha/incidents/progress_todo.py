"""What waits in a case that one works on: tasks, whom to tell, what came back, what is over."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from belisha.incidents.actions.deciding import followed_up_by, somebody_follows_up
from belisha.incidents.actions.needs import FOLLOW_UP
from belisha.incidents.actions.rising import came_back_of
from belisha.incidents.models import Case, Keeping, Risen, Task, Told
from belisha.incidents.rules import Seat
from belisha.incidents.working.clocks import Rung
from belisha.lib.task import Task as Waiting
from belisha.people.models import Mail, User
from belisha.people.rules import Role

HAND_IT_OVER = "Hand it over to somebody who may follow it up"


def work_for(user: User, at: datetime) -> Iterator[Waiting]:
    """For whoever works on a case; for the chair also that some case is late, and not which."""
    if user.staff is None:
        return
    seen = Case.objects.visible_to(user, at)
    mine = seen.open()
    tasks = list(Task.objects.open().filter(case__in=mine).select_related("case"))
    to_follow_up = [task.case for task in tasks if task.rule == FOLLOW_UP]
    by_me, by_some = (
        followed_up_by(user, to_follow_up, at),
        somebody_follows_up(to_follow_up, at),
    )
    for task in tasks:
        if task.rule == FOLLOW_UP and task.case_id not in by_me:
            if task.case_id not in by_some:
                yield _of(task.case, HAND_IT_OVER, "Hand it over", task.due_at)
        elif task.staff_id in (None, user.staff.pk):
            yield _of(task.case, task.what, "Do it", task.due_at)
    told = Told.objects.waiting().filter(case__in=mine).exclude(seat=Seat.OFFICER)
    for one in told.select_related("case"):
        yield _of(one.case, f"To be told: {one}", "Tell them", one.due_at)
    lost = came_back_of(*mine)
    for case in mine:
        yield from (_lost(case, mail, at) for mail in lost.get(case.pk, ()))
    for keeping in Keeping.objects.waiting().filter(case__in=seen).select_related("case"):
        yield Waiting(
            f"Case {keeping.case.reference}: its time is over",
            "Keep it longer with a reason, or erase it.",
            reverse("case_keepings"),
            "Decide",
            "clock",
        )
    if user.has_role(Role.CHAIR):
        yield from _for_chair(user)


def _of(case: Case, title: str, act: str, due: datetime | None) -> Waiting:
    return Waiting(
        title,
        f"Case {case.reference}: {case.get_kind_display().lower()}.",
        reverse("case", args=[case.ref]),
        act,
        "flag",
        timezone.localdate(due) if due else None,
    )


def _lost(case: Case, mail: Mail, at: datetime) -> Waiting:
    return Waiting(
        "A mail about a case did not arrive",
        f"Case {case.reference}. Ring {mail.to}, and note it: the time runs on.",
        reverse("case", args=[case.ref]),
        "Ring them",
        "mail",
        timezone.localdate(at),
    )


def _for_chair(user: User) -> Iterator[Waiting]:
    """How many cases are late, of those that are not about the chair (B.x)."""
    assert user.staff
    known = Case.objects.open().without_those_barred(user, user.staff)
    tasks = Task.objects.open().filter(case__in=known).values_list("pk", flat=True)
    told = Told.objects.waiting().filter(case__in=known).values_list("pk", flat=True)
    waits = {*(f"task:{pk}" for pk in tasks), *(f"told:{pk}" for pk in told)}
    risen = Risen.objects.filter(rung=Rung.CHAIR, case__in=known)
    late = {one.case_id for one in risen if one.what in waits}
    if late:
        many = f"{len(late)} cases are late" if len(late) > 1 else "A case is late"
        yield Waiting(
            many,
            "Ask the head, or the safeguarding lead, how it stands. Ask for no names.",
            reverse("case_figures"),
            "See the figures",
            "flag",
        )
