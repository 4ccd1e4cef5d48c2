"""What must come down elsewhere: worked out each time from what left and is not right any more.

`Recall` keeps since when that is known, so that a task can be late, and lets the page of today find
what to ask about; whether it is wrong is never read from there. Nothing here tells why a child may
not be shown, or which one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from belisha.people.access import sees_whole_school
from belisha.people.models import User, calendar_of
from belisha.photos.models import Publication, Recall
from belisha.photos.showing import placed, with_all

AT_ONCE = 500


@dataclass(frozen=True)
class ToRecall:
    """A picture that is elsewhere and may not be, why in plain words, and by when it comes down."""

    publication: Publication
    why: str
    since: date
    due: date

    def is_late(self, on: date) -> bool:
        return self.due < on


def to_recall(user: User, *, on: date) -> list[ToRecall]:
    """All that must come down, as far as this person sees it, the most pressing first."""
    return due(with_all(Publication.objects.elsewhere().visible_to(user)), on=on)


def wrong_elsewhere(on: date) -> list[Publication]:
    """Every picture of the school that is elsewhere and may not be there."""
    return [row for row, _ in _wrong(with_all(Publication.objects.elsewhere()), on)]


def mine(user: User, *, on: date) -> list[ToRecall]:
    """What is this person's to see to: of their places; for the leaders and the office also what
    is late, and what belongs to nobody any more."""
    noticed = Recall.objects.open().values("publication")
    rows = Publication.objects.elsewhere().visible_to(user).filter(pk__in=noticed)
    return [one for one in due(with_all(rows), on=on) if _is_for(user, one, on)]


def _is_for(user: User, one: ToRecall, on: date) -> bool:
    keeper = one.publication.place.keeper
    if user.staff and keeper.pk == user.staff.pk:
        return True
    return sees_whole_school(user) and (one.is_late(on) or keeper.left_on is not None)


def due(publications: Sequence[Publication], *, on: date) -> list[ToRecall]:
    """Those of these that may not be where they are."""
    wrong = list(_wrong(publications, on))
    if not wrong:
        return []
    noticed = Recall.objects.open().filter(publication__in=[row.pk for row, _ in wrong])
    since = {pk: _day(at) for pk, at in noticed.values_list("publication_id", "noticed_at")}
    calendar = calendar_of(wrong[0][0].school)
    found = [
        ToRecall(
            row,
            why,
            first := since.get(row.pk, on),
            calendar.add_school_days(first, row.place.what.days_to_recall),
        )
        for row, why in wrong
    ]
    return sorted(found, key=lambda one: (one.due, one.publication.pk))


def _wrong(publications: Sequence[Publication], on: date) -> Iterator[tuple[Publication, str]]:
    """Each that may not be there, and why; one that waits for its first day is right."""
    rows = list(publications)
    for first in range(0, len(rows), AT_ONCE):
        for one in placed(rows[first : first + AT_ONCE], on=on, ahead=True):
            if not one.right:
                yield one.publication, one.why


def _day(at: datetime) -> date:
    return timezone.localdate(at)
