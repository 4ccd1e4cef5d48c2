"""What the ledger tells a reader: who said what about a child, and in which order."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from belisha.consent.models import Answer, is_outdated, standing_answers
from belisha.consent.register import Cell
from belisha.consent.rules import Fact, Kind, Voice, fact_of
from belisha.people.models import Pupil, Relation, User
from belisha.policy.models import Purpose


@dataclass(frozen=True)
class Word:
    """What one person says now about one purpose; `answer` is null when they never said a thing."""

    cell: Cell
    answer: Answer | None


@dataclass(frozen=True)
class Voices:
    """One person's words about one child, in the order of the purposes."""

    relation: Relation
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Difference:
    """A purpose about which people differ: those whose yes or no counts, and what each said."""

    purpose: Purpose
    said: tuple[tuple[Relation, Word], ...]


@dataclass(frozen=True)
class Entry:
    """One line of the history. `open`: it may still be set aside."""

    answer: Answer
    cell: Cell
    open: bool


def voices_about(pupil: Pupil, user: User, *, on: date) -> list[Voices]:
    """What each person who answers for a child says now, as far as `user` may know."""
    relations = Relation.objects.responsible().filter(pupil=pupil).select_related("parent")
    said = Answer.objects.shown_to(user).filter(pupil=pupil).select_related("parent")
    purposes = list(Purpose.objects.in_use())
    return [
        Voices(relation, _words(said.from_person(relation.parent), purposes, on))
        for relation in relations.order_by("parent__last_name", "parent__first_name", "id")
    ]


def difference_in(cells: Iterable[Cell], voices: Collection[Voices]) -> list[Difference]:
    """Who said what where the answers of a child differ: what the office talks over with them."""
    return [
        Difference(
            cell.purpose,
            tuple(
                (voice.relation, word)
                for voice in voices
                for word in voice.words
                if word.cell.purpose == cell.purpose and _counts(voice.relation, word.cell.fact)
            ),
        )
        for cell in cells
        if cell.fact is Fact.CONFLICT
    ]


def _counts(relation: Relation, fact: Fact) -> bool:
    """A no counts, whoever says it; a yes under an order against contact does not."""
    return fact.light == "no" or (fact is Fact.GIVEN and not relation.no_contact)


def history_of(pupil: Pupil, user: User, *, on: date) -> list[Entry]:
    """The ledger of a child, newest first, as far as `user` may know."""
    said = Answer.objects.shown_to(user).filter(pupil=pupil).newest_first()
    entries = list(said.select_related("purpose", "parent__merged_into", "recorded_by", "voids"))
    gone = {entry.voids_id for entry in entries}
    return [entry_of(entry, on=on, gone=entry.pk in gone) for entry in entries]


def entry_of(answer: Answer, *, on: date, gone: bool = False) -> Entry:
    """One line of the ledger; `gone` when another line sets it aside."""
    return Entry(answer, cell_for(answer.purpose, answer, on), answer.voids_id is None and not gone)


def _words(said: Iterable[Answer], purposes: list[Purpose], on: date) -> tuple[Word, ...]:
    stands = {answer.purpose_id: answer for answer in standing_answers(said).values()}
    return tuple(_word(purpose, stands.get(purpose.pk), on) for purpose in purposes)


def _word(purpose: Purpose, answer: Answer | None, on: date) -> Word:
    return Word(cell_for(purpose, answer, on), answer)


def cell_for(purpose: Purpose, answer: Answer | None, on: date) -> Cell:
    """What one answer of one person amounts to on a day; `answer.shown` names its kind."""
    said = []
    if answer:
        outdated = is_outdated(answer, purpose)
        said = [Voice(_kind(answer), answer.expires_on, outdated=outdated)]
    return Cell(purpose, fact_of(said, on=on))


def _kind(answer: Answer) -> Kind:
    return Kind(answer.shown)  # type: ignore[attr-defined] # by `shown_to`
