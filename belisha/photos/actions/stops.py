"""Stops: "not this one", said by a child, a family or the school (clauses P.i, P.iii).

A stop is no answer and replaces none: it covers one child in one picture, from this moment on.
"""

from datetime import datetime

from django.db import transaction

from belisha.audit.actions import record
from belisha.people.access import Refused, require
from belisha.people.models import Pupil, User
from belisha.photos.access import can_lift, can_stop
from belisha.photos.models import Face, Photo, Stop
from belisha.photos.rules import Source
from belisha.policy.models import Purpose


@transaction.atomic
def stop(
    photo: Photo,
    pupil: Pupil,
    source: Source,
    *,
    by: User,
    at: datetime,
    purpose: Purpose | None = None,
) -> Stop:
    """Cover a child in every copy of a picture for a purpose; without one, for all purposes.

    The same said twice by the same person is one stop. Raises `Refused` for a child who is not in
    the picture.
    """
    require(can_stop(by, photo, pupil, source))
    # As a withdrawal does, so that a copy is made either before this or after it.
    Pupil.objects.select_for_update().get(pk=pupil.pk)
    if not Face.objects.present().filter(photo=photo, pupil=pupil).exists():
        raise Refused
    said = {"photo": photo, "pupil": pupil, "purpose": purpose, "source": source, "by": by}
    there: Stop | None = Stop.objects.standing().filter(**said).first()
    if there:
        return there
    new: Stop = Stop.objects.create(school=photo.school, at=at, **said)
    _record("picture.stopped", new, by, at)
    return new


@transaction.atomic
def lift(stop: Stop, *, by: User, at: datetime) -> None:
    """Take a stop back. What the family answered counts again; a stop of someone else stays."""
    require(can_lift(by, stop))
    Pupil.objects.select_for_update().get(pk=stop.pupil_id)
    row: Stop | None = Stop.objects.standing().filter(pk=stop.pk).first()
    if row is None:
        return
    row.lifted_at, row.lifted_by = at, by
    row.save(update_fields=["lifted_at", "lifted_by"])
    _record("picture.stop-lifted", row, by, at)


def _record(verb: str, stop: Stop, by: User, at: datetime) -> None:
    record(
        verb,
        stop,
        by=by.pk,
        at=at,
        photo=stop.photo_id,
        pupil=stop.pupil_id,
        purpose=stop.purpose_id,
        source=str(stop.source),
    )
