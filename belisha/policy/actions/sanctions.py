"""Writing the ladder of sanctions, and deciding by it (A.5)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.models import Pupil, School, User
from belisha.policy.access import can_write_ladder
from belisha.policy.models import Ladder, Sanction, ladder_of
from belisha.policy.sanctions import NOTHING, Step, suggested, why_no_ladder


@transaction.atomic
def write_ladder(
    school: School, policy: str, steps: Sequence[Step], *, by: User, at: datetime
) -> Ladder:
    """Write a ladder anew. What was decided by an earlier one keeps its words.

    Raises `ValidationError` when the steps make no ladder.
    """
    require(can_write_ladder(by))
    if why := why_no_ladder(steps):
        raise ValidationError(why)
    row: Ladder = Ladder.objects.create(
        school=school,
        policy=policy,
        steps=[[one.title, one.words, one.days] for one in steps],
        made_at=at,
        made_by=by,
    )
    record("ladder.written", row, by=by.pk, at=at, policy=policy, steps=len(steps))
    return row


@transaction.atomic
def decide(
    pupil: Pupil,
    policy: str,
    about: str,
    *,
    clause: str,
    earlier: int,
    chosen: str,
    why: str,
    by: User,
    at: datetime,
) -> Sanction:
    """Decide about one breach. Whether `by` may, the breach's own area says.

    `chosen` is the name of a step, or `NOTHING`. Raises `ValidationError` for one that the ladder
    does not have, and for a choice that departs from what the ladder suggests without a why.
    """
    steps = {one.title: one for one in ladder_of(policy)} | {NOTHING: Step(NOTHING)}
    if chosen not in steps:
        raise ValidationError("The ladder was changed meanwhile. Choose again.")
    usual = suggested(ladder_of(policy), earlier).title
    if chosen != usual and not why.strip():
        raise ValidationError(f"The ladder suggests “{usual}”. Write why this is better.")
    row: Sanction = Sanction.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        policy=policy,
        clause=clause,
        about=about,
        earlier=earlier,
        suggested=usual,
        chosen=chosen,
        words=steps[chosen].words,
        why=why.strip(),
        decided_at=at,
        decided_by=by,
    )
    record("sanction.decided", row, by=by.pk, at=at, earlier=earlier, departs=row.departs)
    return row


def forget_sanctions(abouts: Collection[str]) -> None:
    """Erase what was decided about things that their own area erases now."""
    Sanction.objects.filter(about__in=abouts).delete()


def forget_sanctions_of(pupil: Pupil) -> None:
    """Let go of what was decided about an erased child."""
    Sanction.objects.filter(pupil=pupil).delete()
