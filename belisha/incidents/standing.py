"""How a case stands: what its page shows of the work on it, and what a clause counts."""

from dataclasses import dataclass
from datetime import datetime

from belisha.incidents.actions.broken import ClauseBroken, clauses_broken
from belisha.incidents.actions.deciding import (
    HadBefore,
    can_follow_up,
    had_before,
    in_like_cases,
    may_sanction_in,
    outcomes_for_reading,
    ready_of,
    somebody_follows_up,
)
from belisha.incidents.actions.needs import replies_of
from belisha.incidents.actions.rising import came_back_of
from belisha.incidents.models import (
    Case,
    Closing,
    FollowUp,
    Keeping,
    Party,
    Reply,
    Sanction,
    StaffOutcome,
    Support,
    Task,
)
from belisha.incidents.rules import About, Kind, Part
from belisha.incidents.working.closing import Outcome, who_follows_up, why_not_close
from belisha.incidents.working.kinds import JURISDICTION, KINDS, Sheet
from belisha.lib.verdict import Verdict
from belisha.people.models import Mail, User


@dataclass(frozen=True)
class Asked:
    """A sheet of questions, and the answers that count, in the order of the questions."""

    sheet: Sheet
    replies: tuple[Reply, ...]

    @property
    def of(self) -> int:
        return len(self.sheet.questions)

    @property
    def is_jurisdiction(self) -> bool:
        return self.sheet is JURISDICTION


@dataclass(frozen=True)
class Work:
    """Everything of the work on a case that this person may see."""

    asked: tuple[Asked, ...]
    verdict: Verdict | None  # of the test of E.i to E.iii, where a pupil is a subject
    tasks: tuple[Task, ...]
    clauses: tuple[ClauseBroken, ...]
    sanctions: tuple[Sanction, ...]
    like_cases: list[tuple[str, int]]
    had_before: list[HadBefore]
    supports: tuple[Support, ...]
    outcomes: list[StaffOutcome]
    follow_ups: tuple[FollowUp, ...]
    closings: tuple[Closing, ...]
    missing: list[str]
    can_follow_up: bool
    somebody_can: bool  # follow it up
    follows_up: str  # whose follow-up counts
    unnamed: bool  # it is about somebody, and nobody says who
    has_pupil: bool
    has_staff: bool
    has_harmed: bool
    came_back: list[Mail]
    keeping: Keeping | None
    serious: bool


def work_of(case: Case, user: User, at: datetime) -> Work:
    """How the work on a case stands, for whoever works on it."""
    kind = Kind(case.kind)
    replies = replies_of(case)
    parties = list(Party.objects.standing().filter(case=case))
    subjects = [one for one in parties if one.part == Part.SUBJECT]
    ready = ready_of(case)
    has_pupil = any(one.pupil_id for one in subjects)
    return Work(
        asked=asked_of(kind, replies),
        verdict=may_sanction_in(case) if has_pupil else None,
        tasks=tuple(case.tasks.select_related("staff", "done_by")),
        clauses=clauses_broken(case),
        sanctions=tuple(case.sanctions.select_related("party", "by")),
        like_cases=in_like_cases(case, user) if has_pupil else [],
        had_before=had_before(case, user, at) if has_pupil else [],
        supports=tuple(case.supports.select_related("party", "by")),
        outcomes=outcomes_for_reading(case, user, at),
        follow_ups=tuple(case.follow_ups.select_related("by")),
        closings=tuple(case.closings.select_related("by", "reopened_by")),
        missing=why_not_close(ready, Outcome.DEALT),
        can_follow_up=can_follow_up(user, case, at),
        somebody_can=case.pk in somebody_follows_up([case], at),
        follows_up=who_follows_up(about_head=ready.about_head),
        unnamed=case.about != About.NOBODY and not subjects,
        has_pupil=has_pupil,
        has_staff=any(one.staff_id for one in subjects),
        has_harmed=any(one.part == Part.HARMED for one in parties),
        came_back=came_back_of(case).get(case.pk, []) if case.is_open else [],
        keeping=Keeping.objects.waiting().filter(case=case).first(),
        serious=KINDS[kind].serious,
    )


def asked_of(kind: Kind, replies: dict[tuple[str, str], Reply]) -> tuple[Asked, ...]:
    """The sheets of a kind with the answers that count. One of another kind stays to be read."""
    sheets = list(KINDS[kind].sheets)
    known = {one.key: one for working in KINDS.values() for one in working.sheets}
    sheets += [
        known[key]
        for key in dict.fromkeys(sheet for sheet, _ in replies)
        if key in known and known[key] not in sheets
    ]
    return tuple(
        Asked(
            sheet,
            tuple(
                reply
                for one in sheet.questions
                if (reply := replies.get((sheet.key, one.key))) and reply.value
            ),
        )
        for sheet in sheets
    )
