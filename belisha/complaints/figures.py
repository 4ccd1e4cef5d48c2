"""Figures of one term for governors: how many at each stage, in time or not, and what was found."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from belisha.complaints.models import Complaint, ComplaintQuerySet, Step
from belisha.complaints.rules import Outcome, Stage, day_of, hide_small, terms_back
from belisha.people.calendar import Days
from belisha.people.models import School, User, calendar_of

TERMS = 6
IN_TIME, LATE, OPEN = "Answered in time", "Answered late", "Not answered yet"


@dataclass(frozen=True)
class Line:
    """One stage: how many began, and the same split by time and by outcome. No small numbers."""

    stage: Stage
    begun: str
    in_time: dict[str, str]
    outcomes: dict[str, str]


@dataclass(frozen=True)
class Term:
    """One term with its lines, and by which ways concerns came."""

    days: Days
    lines: list[Line]
    ways: dict[str, str]

    @property
    def title(self) -> str:
        return (
            f"{self.days.title}, {self.days.first_day:%-d %B %Y} to {self.days.last_day:%-d %B %Y}"
        )


def terms(school: School, user: User, on: date) -> list[Term]:
    """The newest first. What is kept from the reader is not counted for the reader either."""
    known = Complaint.objects.not_kept_from(user)
    return [_term(days, known) for days in terms_back(calendar_of(school), on, TERMS)]


def _term(days: Days, known: ComplaintQuerySet) -> Term:
    span = (days.first_day, days.last_day)
    steps = list(Step.objects.filter(complaint__in=known, began_on__range=span))
    came = Complaint.objects.filter(pk__in=known.values("pk"), received_on__range=span)
    hows = Counter(one.get_how_display() for one in came)
    return Term(
        days,
        [_line(stage, [one for one in steps if one.stage == stage]) for stage in Stage],
        hide_small(dict(hows)),
    )


def _line(stage: Stage, steps: list[Step]) -> Line:
    found = Counter(step.outcome for step in steps)
    kept = Counter(map(_kept, steps))
    return Line(
        stage,
        hide_small({"begun": len(steps)})["begun"],
        hide_small({name: kept[name] for name in (IN_TIME, LATE, OPEN)}),
        hide_small({one.label: found[one] for one in Outcome}),
    )


def _kept(step: Step) -> str:
    if step.decided_at is None:
        return OPEN
    return IN_TIME if day_of(step.decided_at) <= step.due_on else LATE
