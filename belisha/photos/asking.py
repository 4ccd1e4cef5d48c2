"""Asking the rule about pictures that are in the database. Nothing that it answers is kept."""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from belisha.consent.models import facts
from belisha.consent.rules import Fact, Kind, Voice
from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.people.models import Parent, Pupil, Relation, protected
from belisha.photos.models import Face, Photo, PictureAnswer, PictureRequest, SafeCopy, Stop
from belisha.photos.rules import (
    Decision,
    FaceFacts,
    PictureFacts,
    Source,
    Who,
    answer,
    decide,
    fact_of_picture,
    had_a_yes,
)
from belisha.policy.models import Purpose
from belisha.policy.rules import Clause, PurposeTerms

logger = logging.getLogger("belisha.photos")

# Decisions by picture id, then by purpose key.
Decisions = Mapping[int, Mapping[str, Decision]]

_CANNOT_TELL = Decision(
    Verdict(Outcome.NO, (Reason(Clause.EVERY_FACE, "This could not be checked, so it is a no"),))
)


@dataclass(frozen=True)
class Question:
    """May this picture be used for this purpose, and, where each is asked for, for this request?"""

    photo: Photo
    purpose: Purpose
    request: PictureRequest | None = None


def ask(photos: Collection[Photo], purposes: Collection[Purpose], *, on: date) -> Decisions:
    """Decide for each picture and purpose on a day, in five queries whatever their number.

    An error in deciding is logged and answers no.
    """
    questions = [Question(photo, purpose) for photo in photos for purpose in purposes]
    decisions: dict[int, dict[str, Decision]] = {photo.pk: {} for photo in photos}
    for question, decision in zip(questions, ask_each(questions, on=on), strict=True):
        decisions[question.photo.pk][question.purpose.key] = decision
    return decisions


def ask_each(questions: Sequence[Question], *, on: date) -> list[Decision]:
    """Decide about each of these questions, in the same order, in nine queries at most."""
    known = _Known(questions, on)
    return [known.decide(question) for question in questions]


def ask_one(
    photo: Photo, purpose: Purpose, *, on: date, request: PictureRequest | None = None
) -> Decision:
    """Decide for one picture and one purpose, and for one request where each is asked for."""
    return ask_each([Question(photo, purpose, request)], on=on)[0]


@dataclass(frozen=True)
class Wrong:
    """A face that a copy shows and may not, why, and whether its family's history tells a yes."""

    face: Face
    reason: Reason
    had_a_yes: bool


@dataclass(frozen=True)
class Checked:
    """A copy on a day: whether it may still be given, whom it shows, and whom it shows wrongly."""

    copy: SafeCopy
    right: bool
    shown: tuple[Face, ...] = ()
    wrong: tuple[Wrong, ...] = ()

    def shows(self, pupil: Pupil) -> bool:
        """Whether it may be given and the child is seen in it."""
        return self.right and any(face.pupil_id == pupil.pk for face in self.shown)


def check(copies: Sequence[SafeCopy], *, on: date) -> list[Checked]:
    """Ask about copies that were made, in the same order, in eleven queries at most.

    Pictures and purposes are read as they are now, whatever the copies remember of them. An error
    in deciding is logged and lets nothing be given.
    """
    photos = Photo.objects.in_bulk({copy.photo_id for copy in copies})
    purposes = Purpose.objects.in_bulk({copy.purpose_id for copy in copies})
    questions = [
        Question(photos[copy.photo_id], purposes[copy.purpose_id], copy.request) for copy in copies
    ]
    known = _Known(questions, on)
    return [known.check(copy, question) for copy, question in zip(copies, questions, strict=True)]


@dataclass(frozen=True)
class Asked:
    """Someone who is asked about one child in one picture, and what counts of what they said."""

    relation: Relation
    answer: PictureAnswer | None

    @property
    def kind(self) -> Kind | None:
        return Kind(self.answer.kind) if self.answer else None

    @property
    def light(self) -> str:
        if self.kind is None:
            return "ask"
        return "no" if self.kind.is_no else "yes"

    @property
    def words(self) -> str:
        """A yes taken back is a plain no, so that no page tells of a yes that it may not show."""
        return {"ask": "No answer yet", "no": "No", "yes": "Yes"}[self.light]


def answers_to(request: PictureRequest) -> list[Asked]:
    """Who is asked by a request, and what they said. See `answers_to_each`."""
    return answers_to_each([request])[request.pk]


def answers_to_each(
    requests: Sequence[PictureRequest], *, about: Pupil | None = None
) -> dict[int, list[Asked]]:
    """Who is asked by each request, and what they said, in an order that does not change.

    Nobody under an order is among them. A protected child looks as though nobody had ever said yes.
    `about` one child, who may have left, nobody else's family is told of. Three queries.
    """
    return _people(requests, PictureAnswer.objects.told(), about)


def silent(request: PictureRequest) -> list[Parent]:
    """Who has really not answered, each once: for reminders, and for no page."""
    people = _people([request], PictureAnswer.objects.all())[request.pk]
    waiting = {one.relation.parent_id: one.relation.parent for one in people if not one.answer}
    return list(waiting.values())


def _people(
    requests: Sequence[PictureRequest], answers: Any, about: Pupil | None = None
) -> dict[int, list[Asked]]:
    faces = Face.objects.present().filter(photo__in={request.photo_id for request in requests})
    named: dict[int, set[int]] = defaultdict(set)
    for photo, pupil in faces.exclude(pupil=None).values_list("photo_id", "pupil_id"):
        named[photo].add(pupil)
    here = Pupil.objects.filter(pk=about.pk) if about else Pupil.objects.current()
    pupils = here.filter(pk__in=set().union(*named.values()))
    relations = Relation.objects.open().responsible().filter(pupil__in=pupils)
    ties = list(relations.select_related("pupil__school_class", "parent").order_by("pk"))
    said = _latest(requests, answers)
    return {
        request.pk: [
            Asked(tie, said.get((request.pk, tie.pupil_id, tie.parent_id)))
            for tie in ties
            if tie.pupil_id in named[request.photo_id]
        ]
        for request in requests
    }


def _latest(
    requests: Collection[PictureRequest], answers: Any
) -> dict[tuple[int, int, int], PictureAnswer]:
    """The answer that counts, by the ids of request, pupil and the person who gave it."""
    rows = answers.standing().filter(request__in=requests).select_related("parent")
    return {
        (row.request_id, row.pupil_id, row.parent.merged_into_id or row.parent_id): row
        for row in rows.oldest_first()
    }


class _Known:
    """Everything that the rule must know about some questions, read once."""

    def __init__(self, questions: Sequence[Question], on: date) -> None:
        photos = {question.photo.pk for question in questions}
        self.faces: dict[int, list[Face]] = {photo: [] for photo in photos}
        for face in Face.objects.present().filter(photo__in=photos).select_related("pupil"):
            self.faces[face.photo_id].append(face)
        pupils = {face.pupil_id for some in self.faces.values() for face in some if face.pupil_id}
        purposes = list({question.purpose.pk: question.purpose for question in questions}.values())
        self.said = facts(pupils, on=on, purposes=purposes)
        self.stops: dict[tuple[int, int], list[Stop]] = defaultdict(list)
        for stop in Stop.objects.standing().filter(photo__in=photos):
            self.stops[stop.photo_id, stop.pupil_id].append(stop)
        requests = {question.request.pk for question in questions if question.request}
        self.specific = _specific(requests, pupils, on) if requests else {}

    def decide(self, question: Question) -> Decision:
        try:
            return decide(self._facts(question), question.purpose.terms)
        except Exception:
            logger.exception("Deciding about picture %s failed", question.photo.pk)
            return _CANNOT_TELL

    def check(self, copy: SafeCopy, question: Question) -> Checked:
        try:
            return self._check(copy, question)
        except Exception:
            logger.exception("Deciding about copy %s failed", copy.pk)
            return Checked(copy, right=False)

    def _check(self, copy: SafeCopy, question: Question) -> Checked:
        picture, terms = self._facts(question), question.purpose.terms
        shown, wrong = [], []
        for face, known in zip(self.faces[question.photo.pk], picture.faces, strict=True):
            if face.where in copy.hidden:
                continue
            shown.append(face)
            said = answer(known, terms)
            if said.hidden:
                wrong.append(Wrong(face, said.reason, had_a_yes(known, terms)))
        right = bool(decide(picture, terms).verdict) and not wrong
        return Checked(copy, right, tuple(shown), tuple(wrong))

    def _facts(self, question: Question) -> PictureFacts:
        photo, purpose = question.photo, question.purpose.terms
        return PictureFacts(
            faces=[self._face(face, question, purpose) for face in self.faces[photo.pk]],
            looked_for_faces=photo.faces_found_at is not None,
            all_boxed_by_a_person=photo.boxed_at is not None,
            kept_back=photo.kept_back_at is not None,
        )

    def _face(self, face: Face, question: Question, purpose: PurposeTerms) -> FaceFacts:
        if not face.pupil or not face.pupil_id:
            return FaceFacts(face.pk, Who(face.who))
        request = question.request
        about_this = request and (request.photo_id, request.purpose_id) == (
            question.photo.pk,
            question.purpose.pk,
        )
        asked = request.pk if request and about_this else 0
        return FaceFacts(
            face.pk,
            Who.PUPIL,
            face.pupil.short_name,
            self.said[face.pupil_id, purpose.key],
            self.specific.get((asked, face.pupil_id), Fact.NONE),
            self._stopped(face, question.purpose),
        )

    def _stopped(self, face: Face, purpose: Purpose) -> Source | None:
        """Whose stop it is, the child's own first."""
        assert face.pupil_id
        sources = {
            stop.source
            for stop in self.stops.get((face.photo_id, face.pupil_id), ())
            if stop.purpose_id in (None, purpose.pk)
        }
        return next((source for source in Source if source in sources), None)


def facts_of_requests(
    requests: Collection[PictureRequest], pupil: Pupil, *, on: date
) -> dict[int, Fact]:
    """What counts for one child on a day, by the id of the request."""
    counts = _specific([request.pk for request in requests], [pupil.pk], on)
    return {request.pk: counts.get((request.pk, pupil.pk), Fact.NONE) for request in requests}


def _specific(
    request_ids: Collection[int], pupils: Collection[int], on: date
) -> dict[tuple[int, int], Fact]:
    """What counts on a day, by the ids of request and pupil. Of a withdrawn request nothing does.

    A no of someone under an order still counts; their yes does not, and they are not asked.
    """
    requests = list(PictureRequest.objects.filter(pk__in=request_ids))  # as they are now
    said, hidden = _latest(requests, PictureAnswer.objects.told()), protected(pupils)
    families: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    responsible = Relation.objects.responsible().filter(pupil__in=pupils)
    for pupil, parent, barred in responsible.values_list("pupil_id", "parent_id", "no_contact"):
        families[pupil].append((parent, barred))
    counts = {}
    for request in requests:
        for pupil in pupils if request.withdrawn_at is None else ():
            voices: list[Voice | None] = []
            for parent, barred in families[pupil]:
                entry = said.get((request.pk, pupil, parent))
                if entry:
                    voices.append(Voice(Kind(entry.kind), request.until, not barred))
                elif not barred:
                    voices.append(None)
            counts[request.pk, pupil] = fact_of_picture(voices, on=on, protected=pupil in hidden)
    return counts
