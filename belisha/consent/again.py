"""What of this area is done again after a restore: each no that a family said since the backup.

A yes is not said again: nobody can tell whether it still stood. Families say it anew.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.audit.journal import Line
from belisha.consent.actions import asked, restand
from belisha.consent.models import Answer
from belisha.consent.rules import Kind
from belisha.people.again import who_if_known
from belisha.people.models import Parent, Pupil
from belisha.policy.models import Purpose


@transaction.atomic
def say_no_again(line: Line) -> bool:
    """Write the line's refusals and withdrawals into the ledger, under their own numbers."""
    pupil = Pupil.objects.select_for_update().get(pk=line.about_id)
    facts = line.facts
    rows = zip(facts["answers"], facts["parents"], facts["purposes"], facts["kinds"], strict=True)
    there = set(Answer.objects.filter(pk__in=facts["answers"]).values_list("pk", flat=True))
    new = [
        Answer(
            pk=pk,
            school_id=line.school_id,
            pupil=pupil,
            parent=_known(parent),
            purpose=purpose,
            kind=kind,
            happened_on=timezone.localdate(line.at),
            recorded_at=line.at,
            recorded_by=who_if_known(line),
            wording=asked(purpose),
        )
        for pk, parent, purpose_id, kind in rows
        if Kind(kind).is_no and pk not in there
        for purpose in [Purpose.objects.get(pk=purpose_id)]
    ]
    Answer.objects.bulk_create(new)
    restand(pupil)
    if new:
        record("answers.said-again", pupil, by=None, at=line.at, answers=[row.pk for row in new])
    return bool(new)


def _known(pk: int) -> Parent:
    """Raises `ValidationError`, so that somebody looks at the child: a no would be missed."""
    found: Parent | None = Parent.objects.filter(pk=pk).first()
    if found is None:
        raise ValidationError("Who said no was added after the backup. Write it down again.")
    return found


@transaction.atomic
def set_yes_aside_again(line: Line) -> bool:
    """A yes that was set aside does not count. A no that was set aside goes on counting."""
    answer = Answer.objects.select_related("pupil").get(pk=line.facts["answer"])
    if answer.kind != Kind.GIVEN or Answer.objects.filter(voids=answer).exists():
        return False
    Answer.objects.create(
        pk=line.facts["entry"],
        school_id=answer.school_id,
        pupil=answer.pupil,
        parent_id=answer.parent_id,
        purpose_id=answer.purpose_id,
        kind=Kind.INVALIDATED,
        happened_on=timezone.localdate(line.at),
        recorded_at=line.at,
        recorded_by=who_if_known(line),
        voids=answer,
        why="Set aside again after a restore.",
    )
    restand(answer.pupil)
    record("answers.said-again", answer.pupil, by=None, at=line.at, answers=[line.facts["entry"]])
    return True


AGAIN = {"answers.recorded": say_no_again, "answer.set-aside": set_yes_aside_again}
