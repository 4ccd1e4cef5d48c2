"""What waits for somebody about cases: to read one, to read an answer, to tell the officer."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone

from belisha.incidents.models import Case, CaseQuerySet, Happening, Told
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
    seen = Case.objects.visible_to(user, at)
    mine = list(seen.open())
    read = set(Happening.objects.acts().filter(case__in=mine).values_list("case", flat=True))
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
    yield from _more(seen, {case.pk for case in mine} - read)
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


def _more(seen: CaseQuerySet, unread: set[int]) -> Iterator[Task]:
    """Cases about which whoever told us has said or sent more than anybody here has acted on since;
    closed ones too."""
    said = Happening.objects.filter(case__in=seen)
    theirs = said.filter(by=None, what__in=(What.TOLD, What.ANSWER, What.EVIDENCE))
    ours = said.acts().exclude(what=What.LOOKED)
    last = {one.case_id: one for one in theirs.select_related("case").order_by("number")}
    acted = dict(ours.order_by("number").values_list("case", "number"))
    for one in last.values():
        if one.case_id not in unread and one.number > acted.get(one.case_id, 0):
            yield Task(
                f"There is more about case {one.case.reference}",
                "Whoever told us has written, or sent something.",
                reverse("case", args=[one.case.ref]),
                "Read it",
                "answers",
                timezone.localdate(one.at) + READ_WITHIN,
            )
