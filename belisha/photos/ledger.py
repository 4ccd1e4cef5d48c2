"""The ledger of places of one child: where they were shown, from when, and what became of it.

Worked out from the copies and the faces that are named in them now. A child whose readable answers
tell of no yes has no entries that are over, or one who must not be found would stand out; only the
safeguarding lead is told of all (decision 15).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from belisha.people.access import can_protect
from belisha.people.models import Pupil, User
from belisha.photos.models import Publication, TakeDown
from belisha.photos.recalls import ToRecall, due
from belisha.photos.showing import Placed, placed, with_all

AT_ONCE = 200


class Fate(StrEnum):
    """What became of a picture at a place."""

    SHOWN = "shown"
    TO_COME = "to-come"
    GONE = "gone"  # of a place of ours: nobody sees it
    COMING_DOWN = "coming-down"
    DOWN = "down"
    LOST = "lost"

    @property
    def light(self) -> str:
        return {
            Fate.SHOWN: "yes",
            Fate.TO_COME: "info",
            Fate.GONE: "quiet",
            Fate.COMING_DOWN: "ask",
            Fate.DOWN: "quiet",
            Fate.LOST: "no",
        }[self]


@dataclass(frozen=True)
class Entry:
    """One place of the ledger: from when, and until or by when."""

    publication: Publication
    fate: Fate
    first: date
    last: date


def ledger_of(
    child: Pupil, *, on: date, reader: User | None = None, before: str = ""
) -> tuple[list[Entry], str]:
    """Every place where a child was shown, the newest first, and where to go on or nothing.

    `reader` is somebody on the staff; a parent has none. So many at once.
    """
    some, further = _some(child, before)
    knows = reader is not None and can_protect(reader)
    shown = [one for one in placed(some, on=on) if _shows(one, child, knows)]
    recalls = {one.publication.pk: one for one in due(_outside(shown), on=on)}
    entries = [_entry(one, recalls.get(one.publication.pk), on) for one in shown]
    return entries, further


def _some(child: Pupil, before: str) -> tuple[list[Publication], str]:
    rows = Publication.objects.published().with_child(child)
    rows = rows.filter(Q(left_at__isnull=False) | Q(selection__place__in_our_hands=True))
    if before:
        rows = rows.filter(pk__lt=int(before) if before.isdecimal() else 0)
    some = list(with_all(rows).prefetch_related("take_downs").order_by("-id")[: AT_ONCE + 1])
    return some[:AT_ONCE], str(some[AT_ONCE - 1].pk) if len(some) > AT_ONCE else ""


def _shows(one: Placed, child: Pupil, knows: bool) -> bool:
    """Whether the child is seen in the copy, and this reader may be told."""
    if one.checked is None or all(face.pupil_id != child.pk for face in one.checked.shown):
        return False
    wrong = [found for found in one.checked.wrong if found.face.pupil_id == child.pk]
    return knows or all(found.had_a_yes for found in wrong)


def _outside(shown: Sequence[Placed]) -> list[Publication]:
    return [
        one.publication
        for one in shown
        if one.publication.left_at and _outcome(one.publication) in ("", TakeDown.Outcome.STILL)
    ]


def _outcome(publication: Publication) -> str:
    last = next(iter(publication.take_downs.all()), None)
    return last.outcome if last else ""


def _entry(one: Placed, recall: ToRecall | None, on: date) -> Entry:
    publication, selection = one.publication, one.publication.selection
    last = next(iter(publication.take_downs.all()), None)
    begun = timezone.localdate(publication.left_at or selection.published_at)
    first = max(selection.from_on, begun)
    if recall:
        return Entry(publication, Fate.COMING_DOWN, first, recall.due)
    if last and last.outcome != TakeDown.Outcome.STILL:
        return Entry(publication, Fate(last.outcome), first, last.on)
    if on < selection.from_on:
        return Entry(publication, Fate.TO_COME, first, selection.until_on)
    if one.right:
        return Entry(publication, Fate.SHOWN, first, selection.until_on)
    ended = timezone.localdate(publication.ended_at) if publication.ended_at else on
    return Entry(publication, Fate.GONE, first, min(ended, selection.until_on))
