"""What waits for somebody about cases: to read one, to read an answer, to tell the officer."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from belisha.incidents.models import Case, Happening, Told
from belisha.incidents.progress_todo import work_for
from belisha.incidents.removal_todo import removal_for
from belisha.incidents.rules import Seat
from belisha.lib.task import Task
from belisha.people.models import User

READ_WITHIN = timedelta(days=1)
What = Happening.What


def todo(user: User, on: date) -> Iterator[Task]:
    """For whoever works on a case, and for nobody else: no count tells of one that one may not
    see."""
    if user.staff is None:
        return
    at = timezone.make_aware(datetime.combine(on, time(12)))
    mine = list(Case.objects.visible_to(user, at).open())
    done = Happening.objects.filter(case__in=mine).exclude(by=None)
    read = set(done.exclude(what=What.TOLD).values_list("case", flat=True))
    for case in mine:
        url, told_on = reverse("case", args=[case.ref]), timezone.localdate(case.reported_at)
        if case.pk not in read:
            urgent = "Urgent: read" if case.is_urgent else "Read"
            yield Task(
                f"{urgent} what was told: {case.get_kind_display().lower()}",
                f"Case {case.reference}. Write down what you do.",
                url,
                "Read it",
                "flag",
                told_on if case.is_urgent else told_on + READ_WITHIN,
            )
        last = case.happenings.exclude(what__in=(What.LOOKED, What.EVIDENCE)).first()
        if last and last.what == What.ANSWER:
            yield Task(
                f"There is more about case {case.reference}",
                "Whoever told us has written.",
                url,
                "Read it",
                "answers",
                timezone.localdate(last.at) + READ_WITHIN,
            )
    for told in Told.objects.waiting().filter(case__in=mine, seat=Seat.OFFICER):
        yield Task(
            "Tell the local authority’s officer",
            f"Case {told.case.reference}. Then write down how you told them.",
            reverse("case", args=[told.case.ref]),
            "See the case",
            "mail",
            timezone.localdate(told.at) + READ_WITHIN,
        )
    yield from work_for(user, at)
    yield from removal_for(user, at)
