"""What is done with a picture that is published: looked at, taken along, noted, taken down."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from belisha.audit.actions import record
from belisha.lib.verdict import Verdict
from belisha.people.access import Refused, require
from belisha.people.models import User
from belisha.photos.access import can_publish, can_take_down
from belisha.photos.actions import copies, covering
from belisha.photos.actions.covering import NOT_COVERED_YET, NotCovered
from belisha.photos.imaging.box import Box
from belisha.photos.models import (
    CoveredClip,
    Publication,
    Rendition,
    SafeCopy,
    Selection,
    TakeDown,
)
from belisha.photos.showing import Placed, place_one, placed
from belisha.photos.sights import sight_of

May = Callable[[Placed], bool]
SERVED = 1200  # pixels on the longest side, for everyone


class NotThere(Refused):
    """The picture may not be there now; `verdict` says why, and names nobody."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__("; ".join(reason.ground for reason in verdict.reasons))
        self.verdict = verdict


def preview(publication: Publication, *, by: User, on: date) -> bytes:
    """The picture as it would be shown, for those who see the selection: of a clip its first.

    Raises `NotThere`.
    """
    require(Publication.objects.visible_to(by).filter(pk=publication.pk).exists())
    return _made(publication, _copy_is_right, on)


def preview_clip(publication: Publication, *, by: User, at: datetime, on: date) -> CoveredClip:
    """The same of a clip: the covered clip as it would go. Raises `NotThere`."""
    require(Publication.objects.visible_to(by).filter(pk=publication.pk).exists())
    copy = _copy_of(publication, _copy_is_right, on)
    covering.ask_for(sight_of(copy), at=at)
    return _covered(copy)


def _copy_is_right(found: Placed) -> bool:
    return found.checked is not None and found.checked.right


def served(publications: Sequence[Publication], *, on: date) -> list[Placed]:
    """Those of these that a place of ours shows now: what is right, a clip when it is covered."""
    right = [one for one in placed(publications, on=on) if one.right]
    sights = {
        one.publication.pk: sight_of(one.publication.copy)
        for one in right
        if one.publication.photo and one.publication.photo.is_clip and one.publication.copy
    }
    made = covering.made_of(sights.values())
    waits = {pk for pk, sight in sights.items() if (sight.photo_id, sight.digest) not in made}
    return [one for one in right if one.publication.pk not in waits]


def serve(publication: Publication, *, on: date) -> bytes:
    """The picture for whoever looks at a place of ours: of a clip its first. Raises `NotThere`.

    It is asked before the bytes are made and again when they are there, so that a no that came in
    between is heard.
    """
    return _made(publication, _is_right, on)


def serve_clip(publication: Publication, *, on: date) -> CoveredClip:
    """The same of a clip, to be handed over in pieces. Raises `NotThere`."""
    return _covered(_copy_of(publication, _is_right, on))


def _is_right(found: Placed) -> bool:
    return found.right


def _made(publication: Publication, may: May, on: date) -> bytes:
    copy = _copy_of(publication, may, on)
    if copy.photo.is_clip:
        try:
            data = covering.poster(_covered(copy))
        except NotCovered as gone:
            raise NotThere(NOT_COVERED_YET) from gone
    else:
        hide = [Box(*box) for box in copy.hidden]
        data = copies.rendered(copy.photo, hide, SERVED, made_from=Rendition.VIEW)
    _copy_of(publication, may, on)
    return data


def _covered(copy: SafeCopy) -> CoveredClip:
    try:
        return covering.made(sight_of(copy))
    except NotCovered as not_yet:
        raise NotThere(NOT_COVERED_YET) from not_yet


def _copy_of(publication: Publication, may: May, on: date) -> SafeCopy:
    found = place_one(publication, on=on)
    copy: SafeCopy | None = found.publication.copy
    if copy is None or not may(found):
        raise NotThere(found.verdict)
    return copy


def take(publication: Publication, *, by: User, at: datetime, on: date) -> bytes:
    """The copy in full size, to be put up elsewhere; that it left is remembered. Raises `NotThere`.

    The day on which it may first be up may still be to come.
    """
    require(can_publish(by, publication.selection))
    copy = _copy_to_take(publication, on)
    data = copies.rendered(copy.photo, [Box(*box) for box in copy.hidden], None)
    _leaves(publication, copy, by, at, on)
    return data


def take_clip(publication: Publication, *, by: User, at: datetime, on: date) -> CoveredClip:
    """The same of a clip: its covered copy, to be handed over in pieces. Raises `NotThere`."""
    require(can_publish(by, publication.selection))
    copy = _copy_to_take(publication, on)
    covering.ask_for(sight_of(copy), at=at)
    covered = _covered(copy)
    _leaves(publication, copy, by, at, on)
    return covered


@transaction.atomic
def _leaves(publication: Publication, copy: SafeCopy, by: User, at: datetime, on: date) -> None:
    """Ask again, with everyone in it held, and remember that the copy left."""
    copies.held([copy.photo_id])
    _copy_to_take(publication, on)
    row = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if row.left_at is None:
        row.left_at, row.left_by = at, by
        row.save(update_fields=["left_at", "left_by"])
    record("publication.left", row, by=by.pk, at=at, photo=copy.photo_id)


def _copy_to_take(publication: Publication, on: date) -> SafeCopy:
    found = place_one(publication, on=on, ahead=True)
    copy: SafeCopy | None = found.publication.copy
    published = found.publication.selection.published_at is not None
    if copy is None or not found.right or not published or found.publication.place.in_our_hands:
        raise NotThere(found.verdict)
    return copy


@transaction.atomic
def note_up(selection: Selection, *, where: str, by: User, at: datetime) -> int:
    """Write down that the copies that left are up, and at which address, issue or page."""
    require(can_publish(by, selection))
    rows = Publication.objects.select_for_update(of=("self",)).elsewhere()
    gone = list(rows.filter(selection=selection))
    if not gone:
        raise ValidationError("No copy has left yet. Take the copies first.")
    for row in gone:
        row.up_at, row.up_by, row.where = at, by, where.strip()
        row.save(update_fields=["up_at", "up_by", "where"])
    record("selection.up", selection, by=by.pk, at=at, count=len(gone))
    return len(gone)


@transaction.atomic
def end(publication: Publication, *, by: User, at: datetime) -> None:
    """Take a picture off before its last day: in a place of ours it is gone, elsewhere it is to be
    taken down. It does not come back."""
    require(can_take_down(by, publication))
    row = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if row.ended_at:
        return
    row.ended_at, row.ended_by = at, by
    row.save(update_fields=["ended_at", "ended_by"])
    record("publication.ended", row, by=by.pk, at=at)


@transaction.atomic
def take_down(
    publication: Publication,
    outcome: TakeDown.Outcome,
    *,
    words: str,
    happened_on: date,
    by: User,
    at: datetime,
) -> TakeDown:
    """Write down what came of a recall: who looked where, or why it cannot be called back.

    What was written wrongly is set right by a later entry. Raises `ValidationError`.
    """
    require(can_take_down(by, publication))
    row = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if row.left_at is None:
        raise ValidationError("No copy of this picture has left.")
    if not words.strip():
        raise ValidationError("Say how you know.")
    if happened_on > timezone.localdate(at):
        raise ValidationError("This day is still to come.")
    if happened_on < timezone.localdate(row.left_at):
        raise ValidationError("On this day it had not left yet.")
    made: TakeDown = TakeDown.objects.create(
        school_id=row.school_id,
        publication=row,
        outcome=outcome,
        words=words.strip(),
        on=happened_on,
        at=at,
        by=by,
    )
    if outcome != TakeDown.Outcome.STILL and row.ended_at is None:
        row.ended_at, row.ended_by = at, by
        row.save(update_fields=["ended_at", "ended_by"])
    record("publication.taken-down", row, by=by.pk, at=at, outcome=outcome)
    return made
