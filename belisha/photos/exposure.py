"""What is public now, and how much it shows of children: asked each time (clauses P.iii, P.vi).

Only the size of a face in the picture is measured. Which way it looks is not, and nobody is
recognised. So "close" means that a child's face is large, and easy to tell.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from belisha.people.calendar import Calendar
from belisha.people.models import School, calendar_of
from belisha.photos.models import ExposureReview, Face, Place, Publication
from belisha.photos.rules import PlaceKind, Who
from belisha.photos.showing import Placed, placed, with_all

PUBLIC = (PlaceKind.WEBSITE, PlaceKind.ACCOUNT, PlaceKind.PRESS, PlaceKind.PROMOTION)
CLOSE = 0.02  # of the picture: one face alone on a phone's screen is easily known from it
OLD = timedelta(days=365)
WITHIN = timedelta(weeks=6)  # of each term, for its review
AT_ONCE = 1000


@dataclass(frozen=True)
class Exposed:
    """A picture that is public: where, how many children are seen, how large the largest is."""

    placed: Placed
    children: int
    largest: float
    taken_on: date | None

    @property
    def publication(self) -> Publication:
        return self.placed.publication

    @property
    def close(self) -> bool:
        return self.largest >= CLOSE

    @property
    def percent(self) -> int:
        """The largest face as a share of the picture."""
        return round(self.largest * 100)

    def is_old(self, on: date) -> bool:
        return self.taken_on is not None and self.taken_on < on - OLD


@dataclass(frozen=True)
class Figures:
    """Numbers without names."""

    pictures: int
    with_children: int
    close: int
    old: int
    words: int  # pictures whose words may say too much
    wrong: int  # pictures that may not be there any more


@dataclass(frozen=True)
class AtPlace:
    """What is public at one place."""

    place: Place
    pictures: list[Exposed]
    figures: Figures


def exposed(*, on: date) -> list[Exposed]:
    """Every picture that is public on a day, as far as anybody said that it is there."""
    kinds = [kind.value for kind in PUBLIC]
    ours = Publication.objects.served(on).values("pk")
    theirs = Publication.objects.elsewhere().values("pk")
    rows = Publication.objects.filter(selection__place__kind__in=kinds)
    found = with_all(rows.filter(pk__in=ours) | rows.filter(pk__in=theirs))
    some = placed(list(found.order_by("selection__place__name", "id")[:AT_ONCE]), on=on)
    # A picture in our hands that may not be shown is served to nobody.
    return [_exposed(one) for one in some if one.right or one.publication.left_at]


def _exposed(one: Placed) -> Exposed:
    faces: Sequence[Face] = one.checked.shown if one.checked else ()
    children = [face for face in faces if face.who == Who.PUPIL]
    photo = one.publication.photo
    return Exposed(
        one,
        len(children),
        max((face.largest for face in children), default=0.0),
        photo.album.taken_on if photo else None,
    )


def figures(some: Sequence[Exposed], *, on: date) -> Figures:
    """Count them."""
    return Figures(
        len(some),
        sum(one.children > 0 for one in some),
        sum(one.close for one in some),
        sum(one.is_old(on) for one in some),
        sum(bool(one.placed.findings) for one in some),
        sum(not one.placed.right for one in some),
    )


def by_place(some: Sequence[Exposed], *, on: date) -> list[AtPlace]:
    """The same by place, the place with most close faces first."""
    places: dict[Place, list[Exposed]] = defaultdict(list)
    for one in some:
        places[one.publication.place].append(one)
    found = [AtPlace(place, rows, figures(rows, on=on)) for place, rows in places.items()]
    return sorted(found, key=lambda one: (-one.figures.close, -one.figures.pictures))


@dataclass(frozen=True)
class Review:
    """Whether this term's review is done, and by when it is due."""

    last: ExposureReview | None
    due: date
    done: bool

    def is_late(self, on: date) -> bool:
        return not self.done and self.due < on


def review_of(calendar: Calendar, last: ExposureReview | None, *, on: date) -> Review:
    """Each term has its review, due within the first weeks of it."""
    began = calendar.term_began(on)
    done = last is not None and last.on >= began
    return Review(last, began + WITHIN, done)


def review_now(school: School, *, on: date) -> Review:
    """The same of a school."""
    last: ExposureReview | None = ExposureReview.objects.order_by("-at", "-id").first()
    return review_of(calendar_of(school), last, on=on)
