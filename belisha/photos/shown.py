"""What copies show now: to a parent of their child, and to the school what is shown no more.

Both are computed by asking about the copies each time, so many at once, newest first.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from belisha.people.access import can_protect
from belisha.people.models import Pupil, User
from belisha.photos.asking import Checked, check
from belisha.photos.models import Photo, SafeCopy, SafeCopyQuerySet

AT_ONCE = 200


@dataclass(frozen=True)
class Shown:
    """A picture, and its newest copy for each place in which the child is seen."""

    photo: Photo
    copies: tuple[SafeCopy, ...]


@dataclass(frozen=True)
class Closed:
    """A copy that shows a child and can no longer be opened, and why, in plain words."""

    copy: SafeCopy
    why: str


@dataclass(frozen=True)
class Recalled:
    """A child, and the copies that were closed because of them."""

    pupil: Pupil
    copies: tuple[Closed, ...]


def shown_of(child: Pupil, *, on: date, before: str = "") -> tuple[list[Shown], str]:
    """Every place where a child is seen on a day, by picture, and where to go on or nothing."""
    copies, further = _some(SafeCopy.objects.with_child(child), before)
    places: dict[Photo, dict[tuple[int, int | None], SafeCopy]] = defaultdict(dict)
    for checked in check(copies, on=on):
        if checked.shows(child):
            copy = checked.copy
            places[copy.photo].setdefault((copy.purpose_id, copy.request_id), copy)
    return [Shown(photo, tuple(by_place.values())) for photo, by_place in places.items()], further


def recalled(user: User, *, on: date, before: str = "") -> tuple[list[Recalled], str]:
    """Copies closed because a yes no longer counts, by child, and where to go on or nothing.

    A child is named only when the answers that everyone may read tell of that yes. So one who
    must not be found is missing here, as is every child whose family has not answered; only the
    safeguarding lead is told of all.
    """
    copies, further = _some(SafeCopy.objects.visible_to(user), before)
    closed: dict[Pupil, list[Closed]] = defaultdict(list)
    for checked in check(copies, on=on):
        for pupil, found in _closed(checked, user).items():
            closed[pupil].append(found)
    children = sorted(closed, key=lambda pupil: pupil.short_name)
    return [Recalled(pupil, tuple(closed[pupil])) for pupil in children], further


def recalled_for(pupil: Pupil, user: User, *, on: date) -> int:
    """How many of a child's newest copies were closed because of that child."""
    copies, _ = _some(SafeCopy.objects.visible_to(user).with_child(pupil), "")
    return sum(pupil in _closed(checked, user) for checked in check(copies, on=on))


def _closed(checked: Checked, user: User) -> dict[Pupil, Closed]:
    return {
        wrong.face.pupil: Closed(checked.copy, wrong.reason.ground)
        for wrong in checked.wrong
        if wrong.face.pupil and (wrong.had_a_yes or can_protect(user))
    }


def _some(copies: SafeCopyQuerySet, before: str) -> tuple[list[SafeCopy], str]:
    """The newest copies made before one, and the last of them when there are more."""
    last = copies.filter(ref=before).first() if before else None
    if last:
        earlier = Q(made_at__lt=last.made_at) | Q(made_at=last.made_at, id__lt=last.pk)
        copies = copies.filter(earlier)
    # `request` and `purpose` stand in every copy's answer; pictures are shown with their album.
    rows = copies.select_related("purpose", "request", "photo__album", "made_by")
    some = list(rows.order_by("-made_at", "-id")[: AT_ONCE + 1])
    return some[:AT_ONCE], some[AT_ONCE - 1].ref if len(some) > AT_ONCE else ""
