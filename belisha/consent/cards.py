"""A parent's own page about one child: the questions, and what this parent alone answered.

Nothing here depends on what anyone else said, nor on whether the child is protected.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext_lazy

from belisha.consent.access import children_answered_for_by, children_of
from belisha.consent.models import Answer, How, is_outdated, standing_answers
from belisha.consent.rules import Fact, Kind, Voice, fact_of
from belisha.people.models import Pupil, User
from belisha.policy.models import Purpose
from belisha.policy.wording import Question, question

ICONS = {
    "learning-journal": "book",
    "display": "wall",
    "newsletter": "news",
    "website": "globe",
    "social-media": "share",
    "press": "camera",
    "promotional": "flag",
}
HOW_YOU_SAID_IT = {
    How.PAPER: gettext_lazy("on paper"),
    How.PHONE: gettext_lazy("by telephone"),
    How.IN_PERSON: gettext_lazy("in person"),
    How.WEB: gettext_lazy("by you, on this page"),
    How.FILE: gettext_lazy("from an earlier list of the school"),
}


@dataclass(frozen=True)
class Card:
    """One question, in the language that is active, and this parent's standing answer to it."""

    purpose: Purpose
    question: Question
    answer: Answer | None
    fact: Fact

    @property
    def icon(self) -> str:
        return ICONS.get(self.purpose.key, "camera")

    @property
    def said(self) -> str:
        """`yes`, `no`, or nothing while an answer is wanted: never asked, run out, set aside."""
        if self.fact is Fact.GIVEN:
            return "yes"
        return "no" if self.fact.light == "no" else ""

    @property
    def wanted(self) -> bool:
        """Promotion needs no answer: the family is asked for each picture (P.vi)."""
        return not self.said and not self.purpose.each_picture

    @property
    def ran_out(self) -> bool:
        return self.fact is Fact.EXPIRED

    @property
    def set_aside(self) -> bool:
        return self.fact is Fact.INVALIDATED

    @property
    def how(self) -> str:
        """How the answer reached the school, unless it was given on this page."""
        paper = self.answer and self.answer.how and self.answer.how != How.WEB
        return str(HOW_YOU_SAID_IT[How(self.answer.how)]) if self.answer and paper else ""

    @property
    def words(self) -> str:
        """A mark of the words shown, so that a yes is never kept under words that came later."""
        return sha256(self.question.wording.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class ChildCards:
    """One child of a parent. Without parental responsibility there are no cards."""

    child: Pupil
    asked: bool
    cards: tuple[Card, ...]

    @property
    def name(self) -> str:
        return self.child.known_as or self.child.first_name

    @property
    def questions(self) -> int:
        return sum(not card.purpose.each_picture for card in self.cards)

    @property
    def answered(self) -> int:
        return self.questions - sum(card.wanted for card in self.cards)

    @property
    def is_done(self) -> bool:
        """Whether nothing is to be answered for this child."""
        return self.answered == self.questions


@dataclass(frozen=True)
class Line:
    """One line of a parent's own history. `before`: what they had said until then, if other."""

    answer: Answer
    said: str
    before: str
    how: str


def children_cards(user: User, *, on: date) -> list[ChildCards]:
    """All children of a parent, those first for whom they answer."""
    asked = children_answered_for_by(user)
    others = children_of(user).exclude(id__in=asked.values("id"))
    return [
        *(cards_of(child, user, on=on) for child in asked),
        *(ChildCards(child, False, ()) for child in others),
    ]


def cards_of(child: Pupil, user: User, *, on: date) -> ChildCards:
    """The questions about a child for whom this person answers."""
    said = Answer.objects.from_person(user.parent).filter(pupil=child).select_related("parent")
    stands = {answer.purpose_id: answer for answer in standing_answers(said).values()}
    cards = (_card(purpose, stands.get(purpose.pk), on) for purpose in Purpose.objects.in_use())
    return ChildCards(child, True, tuple(cards))


def _card(purpose: Purpose, answer: Answer | None, on: date) -> Card:
    outdated = answer is not None and is_outdated(answer, purpose)
    voices = [Voice(Kind(answer.kind), answer.expires_on, outdated=outdated)] if answer else []
    return Card(purpose, question(purpose), answer, fact_of(voices, on=on))


def own_history(child: Pupil, user: User) -> list[Line]:
    """What this person said about a child, newest first, with what the school set aside."""
    said = Answer.objects.from_person(user.parent).filter(pupil=child).newest_first()
    return list(_lines(reversed(said.select_related("purpose", "voids"))))[::-1]


def _lines(oldest_first: Iterable[Answer]) -> Iterator[Line]:
    last: dict[int, str] = {}
    for answer in oldest_first:
        kind = Kind(answer.kind)
        said = "no" if kind.is_no else "yes" if kind is Kind.GIVEN else ""
        before = last.get(answer.purpose_id, "")
        how = str(HOW_YOU_SAID_IT[How(answer.how)]) if answer.how else ""
        yield Line(answer, said, before if said and before != said else "", how)
        if said:
            last[answer.purpose_id] = said
