"""Cases that speak about whom a request is about, each for those alone who work on it.

What somebody decided of one stands in the case's own record, where nobody else reads it: no row of
a request, no list and no count tells that there is a case.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.timezone import localtime

from belisha.incidents.models import Case, CaseQuerySet, Happening, Party
from belisha.incidents.rules import Part
from belisha.lib.task import Task
from belisha.people.models import User
from belisha.rights.models import Request


@dataclass(frozen=True)
class Mention:
    """A case that speaks about the person, with the last entries, if any: what was decided of it,
    and that they were given their part."""

    request: Request
    case: Case
    decided: Happening | None
    given: Happening | None

    @property
    def released(self) -> bool:
        return self.decided is not None and bool(self.decided.facts["released"])

    @property
    def stands(self) -> str:
        if self.decided is None:
            return "Not decided yet"
        if not self.released:
            return "Held back"
        if self.given is None:
            return "Released"
        return f"Given on {localtime(self.given.at):%-d %B %Y}"

    @property
    def light(self) -> str:
        return "ask" if self.decided is None else "yes" if self.released else "no"

    @property
    def asker_is_subject(self) -> bool:
        """Whether who asks, about a child perhaps, is somebody whom the case is about."""
        subjects = Party.objects.standing().filter(case=self.case, part=Part.SUBJECT)
        asker = self.request.asker
        by_key = asker is not None and subjects.of(asker).exists()
        return by_key or bool(subjects.filter(words__iexact=self.request.asked_by).exists())

    @property
    def url(self) -> str:
        return reverse("rights_case", args=[self.request.ref, self.case.ref])


def mentions(request: Request, user: User, at: datetime) -> list[Mention]:
    """The cases that speak about the person, of those that this reader works on."""
    if not Request.objects.of_cases(at).filter(pk=request.pk).exists():
        return []
    return _mentions(request, Case.objects.visible_to(user, at))


def mention(request: Request, ref: str, user: User, at: datetime) -> Mention | None:
    """The case of this address, or nothing: also where it does not speak about the person."""
    return next((one for one in mentions(request, user, at) if one.case.ref == ref), None)


def waiting(user: User, at: datetime) -> list[Mention]:
    """Those on which this person has to decide."""
    seen = Case.objects.visible_to(user, at)
    if user.staff is None or not seen.exists():
        return []
    every = (one for row in Request.objects.of_cases(at) for one in _mentions(row, seen))
    return [one for one in every if one.decided is None]


def beside(case: Case, user: User, at: datetime) -> Iterator[Task]:
    """On the case's page, for whoever works on it: who asked, and what was decided."""
    this = Case.objects.visible_to(user, at).filter(pk=case.pk)
    for row in Request.objects.of_cases(at):
        for one in _mentions(row, this):
            title = f"{row.asked_by} asks what we hold on {row.called}"
            act = "Decide what goes" if one.decided is None else "See or change it"
            yield Task(title, f"{one.stands}.", one.url, act, "people", row.due_on)


def _mentions(request: Request, cases: CaseQuerySet) -> list[Mention]:
    if (person := request.person) is None:
        return []
    there = Party.objects.standing().of(person).filter(case=OuterRef("pk"))
    cases = cases.filter(Exists(there))
    if request.closed_at:  # what came later is no part of what was asked
        cases = cases.filter(reported_at__lte=request.closed_at)
    rows = Happening.objects.filter(case__in=cases, facts__request=request.ref)
    last = {(row.case_id, row.what): row for row in rows.order_by("number")}
    what = Happening.What
    return [
        Mention(request, case, last.get((case.pk, what.DECIDED)), last.get((case.pk, what.GIVEN)))
        for case in cases
    ]
