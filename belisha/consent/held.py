"""What families answered about one child, and what one person answered."""

from collections.abc import Iterator

from belisha.consent.models import Answer, AnswerQuerySet, Asked
from belisha.lib.held import Held, stated
from belisha.people.held import Person
from belisha.people.models import Parent, Protection, Pupil


def held_on(person: Person) -> Iterator[Held]:
    """The ledger as the office may read it, and when a parent was asked."""
    for row in _ledger(person).shown_to_others():
        yield _answer(row, row.shown)  # type: ignore[attr-defined]
    if isinstance(person, Parent):
        for asked in Asked.objects.filter(parent=person).select_related("campaign"):
            yield Held("Asked for answers", stated(question=asked.campaign))


def held_sealed(person: Person) -> Iterator[Held]:
    """The whole ledger of a protected child, which the safeguarding lead alone may read."""
    hidden = Protection.objects.standing().values("pupil")
    for row in _ledger(person).filter(pupil__in=hidden):
        yield _answer(row, row.kind)


def _ledger(person: Person) -> AnswerQuerySet:
    rows: AnswerQuerySet = Answer.objects.select_related(
        "pupil", "parent", "purpose", "recorded_by"
    )
    if isinstance(person, Pupil):
        return rows.filter(pupil=person)
    return rows.from_person(person) if isinstance(person, Parent) else rows.none()


def _answer(row: Answer, kind: str) -> Held:
    facts = stated(
        about=row.pupil,
        said_by=row.person,
        purpose=row.purpose,
        answer=kind,
        how=row.get_how_display(),
        until=row.expires_on,
        asked=row.wording,
        written_down_by=row.recorded_by and row.recorded_by.name,
        why=row.why,
    )
    return Held("An answer about pictures", facts, row.happened_on)
