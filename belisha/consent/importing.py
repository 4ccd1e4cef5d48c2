"""Taking over answers from a list: saying what it would add, and adding it when accepted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from belisha.consent.access import can_record
from belisha.consent.actions import record_answers
from belisha.consent.models import Answer, AnswerFile, How
from belisha.consent.reading import ConsentRow, read_consents
from belisha.consent.rules import Kind, why_not_recorded
from belisha.lib.tables import BadLine
from belisha.people.access import require
from belisha.people.models import Parent, Pupil, Relation, School, User
from belisha.policy.models import Purpose

KEPT = timedelta(hours=24)
_Known = tuple[int, int, int, date, bool, date | None]


@dataclass(frozen=True)
class Line:
    """One line that can be taken over, as a draft of an answer."""

    line: int
    draft: Answer

    @property
    def known_by(self) -> _Known:
        return _known_by(self.draft)


@dataclass(frozen=True)
class Plan:
    """What a file would do: lines to add, lines that are in the ledger already, and bad ones."""

    new: tuple[Line, ...]
    there: tuple[Line, ...]
    bad: tuple[BadLine, ...]


def plan(data: bytes, name: str, *, on: date) -> Plan:
    """Say what a file would add to the school in scope. Raises `UnreadableTable`."""
    purposes = {purpose.key: purpose for purpose in Purpose.objects.in_use()}
    rows, bad = read_consents(data, name, [purpose.terms for purpose in purposes.values()])
    people = _People()
    lines = []
    for row in rows:
        try:
            lines.append(Line(row.line, people.draft(row, purposes[row.purpose_key], on)))
        except ValueError as error:
            bad.append(BadLine(name, row.line, str(error)))
    pupils = {line.draft.pupil_id for line in lines}
    ledger = Answer.objects.filter(pupil_id__in=pupils, voids=None).select_related("parent")
    known = {_known_by(answer) for answer in ledger}
    new: list[Line] = []
    there: list[Line] = []
    for line in lines:
        (there if line.known_by in known else new).append(line)
        known.add(line.known_by)
    return Plan(tuple(new), tuple(there), tuple(sorted(bad)))


@transaction.atomic
def keep(data: bytes, name: str, *, school: School, by: User, at: datetime) -> AnswerFile:
    """Keep a file until it is accepted, a day at most."""
    require(can_record(by))
    AnswerFile.objects.filter(at__lt=at - KEPT).delete()
    kept: AnswerFile = AnswerFile.objects.create(
        school=school, by=by, at=at, name=name[:200], data=data
    )
    return kept


def kept_by(user: User, *, at: datetime) -> QuerySet[AnswerFile]:
    """The files that a person sent and has not accepted yet."""
    kept: QuerySet[AnswerFile] = AnswerFile.objects.filter(by=user, at__gte=at - KEPT)
    return kept


@transaction.atomic
def accept(kept: AnswerFile, *, by: User, at: datetime) -> Plan:
    """Add what a kept file brings, and let the file go."""
    done = take_over(bytes(kept.data), kept.name, by=by, at=at)
    kept.delete()
    return done


@transaction.atomic
def take_over(data: bytes, name: str, *, by: User | None, at: datetime) -> Plan:
    """Add what a list brings; return what was done. A second time changes nothing."""
    done = plan(data, name, on=timezone.localdate(at))
    drafts: dict[Pupil, list[Answer]] = defaultdict(list)
    for line in done.new:
        drafts[line.draft.pupil].append(line.draft)
    for pupil, some in drafts.items():
        record_answers(pupil, some, by=by, at=at)
    return done


def _known_by(answer: Answer) -> _Known:
    return (
        *answer.key,
        answer.happened_on,
        Kind(answer.kind).is_no,
        answer.expires_on,
    )


class _People:
    """Everyone of the school by number and by full name, and who answers for whom."""

    def __init__(self) -> None:
        self.pupils = _by_words(Pupil.objects.current())
        self.parents = _by_words(Parent.objects.filter(erased_at=None))
        self.relations = {
            (relation.pupil_id, relation.parent_id): relation
            for relation in Relation.objects.responsible()
        }

    def draft(self, row: ConsentRow, purpose: Purpose, today: date) -> Answer:
        """Raises `ValueError` with the reason why the line cannot be taken over."""
        pupil = _the_one(self.pupils, row.pupil, "child")
        parent = _the_one(self.parents, row.parent, "parent")
        relation = self.relations.get((pupil.pk, parent.pk))
        why_not = why_not_recorded(
            row.kind,
            on=row.on,
            expires_on=row.expires,
            today=today,
            responsible=relation is not None,
            no_contact=relation is not None and relation.no_contact,
        )
        if why_not:
            raise ValueError(why_not)
        return Answer(
            pupil=pupil,
            parent=parent,
            purpose=purpose,
            kind=row.kind,
            how=How.FILE,
            happened_on=row.on,
            expires_on=row.expires,
        )


def _by_words(people: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for person in people:
        for words in {person.key, " ".join(str(person).casefold().split())} - {""}:
            found[words].append(person)
    return found


def _the_one(people: dict[str, list[Any]], words: str, what: str) -> Any:
    """The person of that number, or else of that full name when nobody else has it."""
    found = [person for person in people.get(words, []) if person.key == words]
    found = found or people.get(" ".join(words.casefold().split()), [])
    if not found:
        raise ValueError(f"No {what} here has the number or name “{words}”.")
    if len(found) > 1:
        raise ValueError(f"More than one {what} is called “{words}”. Use the number.")
    return found[0]
