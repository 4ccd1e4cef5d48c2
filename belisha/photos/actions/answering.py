"""What families say of one picture and use: on their page, or on paper to the office (P.vi)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from belisha.audit.actions import record
from belisha.consent.access import can_record, children_answered_for_by
from belisha.consent.models import How
from belisha.consent.rules import Kind, kind_after
from belisha.people.access import require
from belisha.people.models import Parent, Pupil, Relation, User
from belisha.people.rules import SCHOOL_LANGUAGE
from belisha.photos.access import can_set_aside
from belisha.photos.actions.copies import can_be_seen
from belisha.photos.actions.requests import NotAsked
from belisha.photos.asking import ask_one
from belisha.photos.models import Face, PictureAnswer, PictureRequest

TOLD = (How.PAPER, How.IN_PERSON)  # how an answer reaches the office


def question(request: PictureRequest) -> str:
    """What a parent is asked, word for word, in the active language.

    It is kept with the answer, so it names no child.
    """
    asks = (
        _("May the school use this clip of your child until %(day)s? It is for: %(use)s.")
        if request.photo.is_clip
        else _("May the school use this picture of your child until %(day)s? It is for: %(use)s.")
    )
    return asks % {
        "day": date_format(request.until, "j F Y"),
        "use": request.use.rstrip("."),
    }


@transaction.atomic
def answer(
    request: PictureRequest,
    pupil: Pupil,
    *,
    yes: bool,
    wording: str,
    language: str,
    by: User,
    at: datetime,
    on: date,
) -> PictureAnswer:
    """Write down what a parent says about their own child in one picture; the latest counts.

    `wording` is what the page showed. The same said twice is written once. Raises `NotAsked` when
    the request is over, or for a yes while the picture cannot be shown.
    """
    require(children_answered_for_by(by).filter(pk=pupil.pk).exists())
    parent = by.parent
    assert parent is not None
    if yes and request.photo.is_clip and not can_be_seen(request, pupil, by=by, on=on):
        raise NotAsked(_("We are covering faces in this clip. Say yes when you can see it."))
    said = {"how": How.WEB, "wording": wording, "language": language}
    return _enter(request, pupil, parent, yes=yes, by=by, at=at, on=on, happened_on=on, **said)


@transaction.atomic
def answer_on_paper(
    request: PictureRequest,
    pupil: Pupil,
    parent: Parent,
    *,
    yes: bool,
    how: How,
    happened_on: date,
    by: User,
    at: datetime,
    on: date,
) -> PictureAnswer:
    """The office writes down what a parent said about their child on paper or in person.

    The newest by the day on which it was said counts, so that a form of last week leaves an answer
    of yesterday alone. Raises `NotAsked` as `answer` does, when this person is not asked about the
    child, or when the day cannot be right.
    """
    require(can_record(by) and how in TOLD)
    here = Pupil.objects.current().filter(pk=pupil.pk)
    ties = Relation.objects.open().responsible().filter(pupil__in=here, parent=parent)
    if not ties.exists():
        raise NotAsked("This person does not answer for the child.")
    if happened_on > on:
        raise NotAsked("This day is still to come.")
    asked_on = timezone.localdate(request.asked_at)
    if happened_on < asked_on:
        day = f"{asked_on.day} {asked_on:%B %Y}"
        raise NotAsked(f"The families were asked on {day}. Choose that day or a later one.")
    with translation.override(SCHOOL_LANGUAGE):
        words = question(request)
    said = {"how": how, "wording": words, "language": SCHOOL_LANGUAGE}
    return _enter(
        request, pupil, parent, yes=yes, by=by, at=at, on=on, happened_on=happened_on, **said
    )


def _enter(
    request: PictureRequest,
    pupil: Pupil,
    parent: Parent,
    *,
    yes: bool,
    by: User,
    at: datetime,
    on: date,
    happened_on: date,
    **said: Any,
) -> PictureAnswer:
    # As a withdrawal does, so that a copy is made either before this or after it.
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    require(Face.objects.present().filter(photo=request.photo_id, pupil=pupil).exists())
    if not PictureRequest.objects.open(on).filter(pk=request.pk).exists():
        raise NotAsked(_("The school no longer asks about this."))
    if yes and not ask_one(request.photo, request.purpose, on=on).verdict:
        raise NotAsked(_("The picture is being checked. Say yes when you can see it."))
    last = last_answer(request, pupil, parent, by_day=happened_on)
    kind = kind_after(Kind(last.kind) if last else None, Kind.GIVEN if yes else Kind.REFUSED)
    if last and last.kind == kind:
        return last
    entry: PictureAnswer = PictureAnswer.objects.create(
        school=request.school,
        request=request,
        pupil=pupil,
        parent=parent,
        kind=kind,
        happened_on=happened_on,
        at=at,
        by=by,
        **said,
    )
    record(
        "picture.answered",
        request,
        by=by.pk,
        at=at,
        pupil=pupil.pk,
        parent=parent.pk,
        kind=str(kind),
        how=str(entry.how),
    )
    return entry


def last_answer(
    request: PictureRequest, pupil: Pupil, parent: Parent, *, by_day: date | None = None
) -> PictureAnswer | None:
    """What counts of what this person said about this child in this picture and use.

    `by_day`: at the end of that day.
    """
    said = PictureAnswer.objects.standing().from_person(parent)
    said = said.filter(request=request, pupil=pupil)
    if by_day:
        said = said.filter(happened_on__lte=by_day)
    entry: PictureAnswer | None = said.oldest_first().last()
    return entry


@transaction.atomic
def set_aside(answer: PictureAnswer, *, why: str, by: User, at: datetime) -> PictureAnswer:
    """Take an answer that the office wrote down wrongly out of the count, by a later entry.

    What the person said before counts again. An answer is set aside once: a second call returns the
    first entry. Raises `NotAsked` without a reason.
    """
    require(can_set_aside(by, answer))
    if not why.strip():
        raise NotAsked("Say why the answer is set aside.")
    Pupil.objects.select_for_update().get(pk=answer.pupil_id)
    there: PictureAnswer | None = PictureAnswer.objects.filter(voids=answer).first()
    if there:
        return there
    entry: PictureAnswer = PictureAnswer.objects.create(
        school_id=answer.school_id,
        request_id=answer.request_id,
        pupil_id=answer.pupil_id,
        parent_id=answer.parent_id,
        kind=Kind.INVALIDATED,
        how=answer.how,
        happened_on=timezone.localdate(at),
        at=at,
        by=by,
        voids=answer,
        why=why.strip(),
    )
    record(
        "picture.answer-set-aside",
        answer.request,
        by=by.pk,
        at=at,
        pupil=entry.pupil_id,
        answer=answer.pk,
        entry=entry.pk,
    )
    return entry
