"""Specific permission: asked about one picture and one use, reminded, withdrawn (clause P.vi).

What the families say is in `answering`.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from belisha.audit.actions import record
from belisha.people.access import require
from belisha.people.actions.mail import post
from belisha.people.models import Mail, Parent, User, bounced
from belisha.photos.access import can_ask_families, can_remind, can_withdraw
from belisha.photos.actions import covering
from belisha.photos.asking import answers_to, ask_one, silent
from belisha.photos.models import Face, Photo, PictureReminder, PictureRequest
from belisha.policy.models import Purpose

REMINDER = "picture-reminder"  # the kind of mail to those who have not answered


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
    photo = Photo.objects.select_for_update(no_key=True).get(pk=photo.pk)
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
    covering.keep_up(photo, at=at, on=on)
    return request


@transaction.atomic
def remind(request: PictureRequest, *, by: User, at: datetime, on: date) -> None:
    """Write to those who have not answered, once a day at most, however often they are asked.

    Nothing is returned: whom a reminder went to is for nobody to know. Raises `NotAsked`.
    """
    require(can_remind(by, request))
    row: PictureRequest = PictureRequest.objects.select_for_update().get(pk=request.pk)
    if not PictureRequest.objects.open(on).filter(pk=row.pk).exists():
        raise NotAsked("This request is over. Nobody is reminded any more.")
    if row.reminders.filter(on=on).exists():
        raise NotAsked("A reminder went out today already. Try again tomorrow.")
    if all(one.answer for one in answers_to(row)):
        raise NotAsked("Everyone has answered.")
    PictureReminder.objects.create(school=row.school, request=row, on=on, at=at, by=by)
    waiting = silent(row)
    # In a line with the reminders of other requests that go out to the same people.
    rows = Parent.objects.select_for_update().filter(pk__in=[one.pk for one in waiting])
    list(rows.order_by("pk"))
    broken = bounced(parent.email for parent in waiting)
    for parent in waiting:
        if parent.email.lower() not in broken and not _reminded(parent, at):
            _tell(parent, row, at, reminder=True)
    covering.try_again(row.photo)  # that they can see what they are reminded of
    record("picture.families-reminded", row, by=by.pk, at=at, photo=row.photo_id)


def _reminded(parent: Parent, at: datetime) -> bool:
    """Whether a reminder went out to them this day, about whichever picture."""
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    sent = Mail.objects.filter(kind=REMINDER, about=f"parent:{parent.pk}", posted_at__gte=midnight)
    return bool(sent.exists())


def _tell(parent: Parent, request: PictureRequest, at: datetime, *, reminder: bool = False) -> None:
    """Write to one person in their language: what is asked, no child, no picture, no use."""
    if not parent.email:
        return
    language, school = parent.language or settings.LANGUAGE_CODE, request.school
    with translation.override(language):
        subject, title, asks, see = _words_about(request)
        if reminder:
            reminded = {"school": school.name, "title": title}
            subject = _("Reminder from %(school)s: %(title)s") % reminded
        words = [
            asks,
            _("You have not answered. Until you do, it counts as no.") if reminder else "",
            see,
            settings.ADDRESS,
            school.name,
        ]
        post(
            school,
            to=parent.email,
            subject=subject,
            body="\n\n".join(filter(None, words)),
            kind=REMINDER if reminder else "picture-request",
            at=at,
            language=language,
            about=parent,
            lasts=timedelta(days=2) if reminder else None,
        )


def _words_about(request: PictureRequest) -> tuple[str, str, str, str]:
    """Subject, title, what is asked and how to answer, in the active language."""
    school = {"school": request.school.name}
    if request.photo.is_clip:
        return (
            _("%(school)s asks you about a clip") % school,
            _("May we use this clip?"),
            _("The school asks whether it may use one clip of your child."),
            _("Sign in to see the clip. Say yes or no. Until you answer, it is a no."),
        )
    return (
        _("%(school)s asks you about a picture") % school,
        _("May we use this picture?"),
        _("The school asks whether it may use one picture of your child."),
        _("Sign in to see the picture. Say yes or no. Until you answer, it is a no."),
    )


@transaction.atomic
def withdraw(request: PictureRequest, *, by: User, at: datetime) -> None:
    """Take a request back. No yes to it counts any more, and its copies are closed at once."""
    require(can_withdraw(by, request))
    Photo.objects.select_for_update(no_key=True).get(pk=request.photo_id)
    row: PictureRequest = PictureRequest.objects.select_for_update().get(pk=request.pk)
    if row.withdrawn_at:
        return
    row.withdrawn_at, row.withdrawn_by = at, by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    covering.keep_up(row.photo, at=at, on=timezone.localdate(at))
    record("picture.request-withdrawn", row, by=by.pk, at=at, photo=row.photo_id)
