"""Specific permission: asked about one picture and one use, answered, withdrawn (clause P.vi)."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from belisha.audit.actions import record
from belisha.consent.access import children_answered_for_by
from belisha.consent.rules import Kind, kind_after
from belisha.people.access import require
from belisha.people.actions.mail import post
from belisha.people.models import Parent, Pupil, User
from belisha.photos.access import can_ask_families, can_withdraw
from belisha.photos.asking import answers_to, ask_one
from belisha.photos.models import Face, Photo, PictureAnswer, PictureRequest
from belisha.policy.models import Purpose


class NotAsked(ValueError):
    """The families cannot be asked; the text says why, in plain words."""


@transaction.atomic
def ask_families(
    photo: Photo, purpose: Purpose, *, use: str, until: date, by: User, at: datetime, on: date
) -> PictureRequest:
    """Ask everyone who answers for a child in a settled picture about one use of it.

    `use` says what for, in words for parents; `until` is the last day of it. Each person is sent
    one message, which names no child. Raises `NotAsked`; then nobody is asked.
    """
    require(can_ask_families(by, photo.album) and purpose.each_picture)
    photo = Photo.objects.select_for_update().get(pk=photo.pk)
    if not ask_one(photo, purpose, on=on).verdict:
        raise NotAsked("Settle every face in the picture first.")
    if not Face.objects.present().filter(photo=photo).exclude(pupil=None).exists():
        raise NotAsked("No child in this picture has a name, so there is nobody to ask.")
    if until < on:
        raise NotAsked("This day is over. Choose a day to come.")
    open_now = PictureRequest.objects.open(on).filter(photo=photo, purpose=purpose)
    if open_now.filter(use__iexact=use.strip()).exists():
        raise NotAsked("The families are asked about this picture and this use already.")
    request: PictureRequest = PictureRequest.objects.create(
        school=photo.school,
        photo=photo,
        purpose=purpose,
        use=use.strip(),
        until=until,
        asked_at=at,
        asked_by=by,
    )
    asked = {one.relation.parent_id: one.relation.parent for one in answers_to(request)}
    for parent in asked.values():
        _tell(parent, request, at)
    record(
        "picture.families-asked",
        request,
        by=by.pk,
        at=at,
        photo=photo.pk,
        purpose=purpose.key,
        until=until.isoformat(),
        parents=sorted(asked),
    )
    return request


def _tell(parent: Parent, request: PictureRequest, at: datetime) -> None:
    if not parent.email:
        return
    language = parent.language or settings.LANGUAGE_CODE
    with translation.override(language):
        words = [
            _("The school asks whether it may use one picture of your child."),
            _("Sign in to see the picture. Say yes or no. Until you answer, it is a no."),
        ]
        post(
            request.school,
            to=parent.email,
            subject=_("%(school)s asks you about a picture") % {"school": request.school.name},
            body="\n\n".join([*words, *filter(None, [settings.ADDRESS]), request.school.name]),
            kind="picture-request",
            at=at,
            language=language,
            about=parent,
        )


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
    # As a withdrawal does, so that a copy is made either before this or after it.
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    require(Face.objects.present().filter(photo=request.photo_id, pupil=pupil).exists())
    if not PictureRequest.objects.open(on).filter(pk=request.pk).exists():
        raise NotAsked(_("The school no longer asks about this."))
    if yes and not ask_one(request.photo, request.purpose, on=on).verdict:
        raise NotAsked(_("The picture is being checked. Say yes when you can see it."))
    last = last_answer(request, pupil, parent)
    kind = kind_after(Kind(last.kind) if last else None, Kind.GIVEN if yes else Kind.REFUSED)
    if last and last.kind == kind:
        return last
    entry: PictureAnswer = PictureAnswer.objects.create(
        school=request.school,
        request=request,
        pupil=pupil,
        parent=parent,
        kind=kind,
        at=at,
        by=by,
        wording=wording,
        language=language,
    )
    record(
        "picture.answered",
        request,
        by=by.pk,
        at=at,
        pupil=pupil.pk,
        parent=parent.pk,
        kind=str(kind),
    )
    return entry


def last_answer(request: PictureRequest, pupil: Pupil, parent: Parent) -> PictureAnswer | None:
    """What this person last said about this child in this picture and use."""
    said = PictureAnswer.objects.from_person(parent).filter(request=request, pupil=pupil)
    entry: PictureAnswer | None = said.order_by("at", "id").last()
    return entry


@transaction.atomic
def withdraw(request: PictureRequest, *, by: User, at: datetime) -> None:
    """Take a request back. No yes to it counts any more, and its copies are closed at once."""
    require(can_withdraw(by, request))
    Photo.objects.select_for_update().get(pk=request.photo_id)
    row: PictureRequest = PictureRequest.objects.select_for_update().get(pk=request.pk)
    if row.withdrawn_at:
        return
    row.withdrawn_at, row.withdrawn_by = at, by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("picture.request-withdrawn", row, by=by.pk, at=at, photo=row.photo_id)
