"""Asking the rule about pictures that are in the database. Nothing that it answers is kept."""

import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from belisha.consent.models import Facts, facts
from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.photos.models import Face, Photo
from belisha.photos.rules import Decision, FaceFacts, PictureFacts, Who, decide
from belisha.policy.models import Purpose
from belisha.policy.rules import Clause, PurposeTerms

logger = logging.getLogger("belisha.photos")

# Decisions by picture id, then by purpose key.
Decisions = Mapping[int, Mapping[str, Decision]]

_CANNOT_TELL = Decision(
    Verdict(Outcome.NO, (Reason(Clause.EVERY_FACE, "This could not be checked, so it is a no"),))
)


def ask(photos: Collection[Photo], purposes: Collection[Purpose], *, on: date) -> Decisions:
    """Decide for each picture and purpose on a day, in four queries whatever their number.

    An error in deciding is logged and answers no.
    """
    faces: dict[int, list[Face]] = {photo.pk: [] for photo in photos}
    for face in Face.objects.present().filter(photo__in=photos).select_related("pupil"):
        faces[face.photo_id].append(face)
    pupils = {face.pupil_id for some in faces.values() for face in some if face.pupil_id}
    said = facts(pupils, on=on, purposes=purposes)
    terms = [purpose.terms for purpose in purposes]
    return {
        photo.pk: {purpose.key: _decide(photo, faces[photo.pk], said, purpose) for purpose in terms}
        for photo in photos
    }


def ask_one(photo: Photo, purpose: Purpose, *, on: date) -> Decision:
    """Decide for one picture and one purpose."""
    return ask([photo], [purpose], on=on)[photo.pk][purpose.key]


def _decide(photo: Photo, faces: Iterable[Face], said: Facts, purpose: PurposeTerms) -> Decision:
    try:
        return decide(_facts(photo, faces, said, purpose), purpose)
    except Exception:
        logger.exception("Deciding about picture %s failed", photo.pk)
        return _CANNOT_TELL


def _facts(photo: Photo, faces: Iterable[Face], said: Facts, purpose: PurposeTerms) -> PictureFacts:
    return PictureFacts(
        faces=[
            FaceFacts(face.pk, Who.PUPIL, face.pupil.short_name, said[face.pupil_id, purpose.key])
            if face.pupil and face.pupil_id
            else FaceFacts(face.pk, Who(face.who))
            for face in faces
        ],
        looked_for_faces=photo.faces_found_at is not None,
        all_boxed_by_a_person=photo.boxed_at is not None,
        kept_back=photo.kept_back_at is not None,
    )
