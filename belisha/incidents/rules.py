"""What a case is about, and whose business it is (B.ix). Pure: no query, no clock, no request."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from belisha.people.rules import alphabetical, fits


class Labelled(StrEnum):
    """A word that is stored, with the words that people read."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "Labelled":
        one = str.__new__(cls, value)
        one._value_ = value
        one.label = label
        return one


class Kind(Labelled):
    """What kind of case it is."""

    BREACH = "breach", "Breach of the policy by staff"
    ALLEGATION = "allegation", "Allegation against staff"
    CONCERN = "concern", "Low-level concern about staff"
    ACCOUNT = "account", "Account that is false or not approved"
    POST = "post", "Comment or post"
    BULLYING = "bullying", "Bullying online"
    PLACE = "place", "Picture in a place where none is taken"
    DEVICE = "device", "Lost device"
    REMINDER = "reminder", "Event without its reminder"
    VISITOR = "visitor", "Visitor"
    OTHER = "other", "Something else"


class About(Labelled):
    """Whom it is about, as whoever tells us knows."""

    STAFF = "staff", "Somebody who works here"
    HEAD = "head", "The head teacher"
    CHAIR = "chair", "The chair of governors"
    PUPIL = "pupil", "A pupil"
    ADULT = "adult", "A parent or another grown-up"
    NOBODY = "nobody", "Nobody, or it is not known"


class Way(Labelled):
    """How the school came to know."""

    STAFF = "staff", "Staff, signed in"
    FAMILY = "family", "A parent or visitor, on the page"
    PUPIL = "pupil", "A pupil, on the page"
    SPOKEN = "spoken", "Told in person"
    PHONE = "phone", "By telephone"
    PAPER = "paper", "On paper or by mail"


class Part(Labelled):
    """What somebody is to a case."""

    SUBJECT = "subject", "It is about them"
    HARMED = "harmed", "It happened to them"
    WITNESS = "witness", "They saw it"
    REPORTER = "reporter", "They told us"


class Seat(Labelled):
    """In which capacity somebody works on a case."""

    HEAD = "head", "Head teacher"
    CHAIR = "chair", "Chair of governors"
    SAFEGUARDING = "safeguarding", "Safeguarding lead"
    LEADER = "leader", "Senior leader"
    GOVERNOR = "governor", "Governor"
    OFFICER = "officer", "The local authority’s designated officer"
    NAMED = "named", "Asked by a handler"


# Nothing that looks like something else, no vowels that could make a word.
LETTERS = "BCDFGHJKMNPQRSTVWXYZ23456789"


def new_reference() -> str:
    """Return what people call a case, such as `K7XP-4QTM`: random, so no order shows."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(2))


@dataclass(frozen=True)
class Person:
    """Somebody who could work on a case. `barred`: it is about them, or they are too close.

    `away`: somebody stands in for them today. `seats` hold `LEADER` for whoever stands in, and for
    other leaders.
    """

    id: int
    seats: frozenset[Seat]
    barred: bool = False
    away: bool = False


@dataclass(frozen=True)
class Routed:
    """Who works on a case, each in which seat; and whether the authority's officer must be told."""

    handlers: tuple[tuple[int, Seat], ...]
    officer: bool


_RUNGS = {
    About.HEAD: (Seat.CHAIR, Seat.SAFEGUARDING, Seat.GOVERNOR, Seat.LEADER),
    About.CHAIR: (Seat.HEAD, Seat.LEADER, Seat.SAFEGUARDING, Seat.GOVERNOR),
    About.STAFF: (Seat.HEAD, Seat.LEADER, Seat.CHAIR, Seat.SAFEGUARDING, Seat.GOVERNOR),
    About.PUPIL: (Seat.SAFEGUARDING, Seat.HEAD, Seat.LEADER, Seat.CHAIR, Seat.GOVERNOR),
    About.ADULT: (Seat.HEAD, Seat.LEADER, Seat.SAFEGUARDING, Seat.CHAIR, Seat.GOVERNOR),
}
_RUNGS[About.NOBODY] = _RUNGS[About.ADULT]
# Of these seats all who hold them work on it; of the others one, so that few know.
_TOGETHER = frozenset({Seat.HEAD, Seat.SAFEGUARDING})


def route(about: Collection[About], *, safeguarding: bool, people: Sequence[Person]) -> Routed:
    """Whose business a case is (B.ix).

    Staff go to the head, the head to the chair of governors, the chair and every conflict of
    interest to the local authority's officer, whom somebody here tells; a pupil to those who
    safeguard, and to them as well whatever is urgent, at once (P.viii), or else a child's: that is
    `safeguarding`. One goes down the rungs
    until there is somebody who is here today. Nobody who is barred is ever among them; where nobody
    is left, the officer is told by whoever reports.
    """
    of = next(one for one in _RUNGS if one in about)
    free = [one for one in people if not one.barred and not _is_meant(one, about)]
    found: dict[int, Seat] = {}
    for seat in _RUNGS[of]:
        holders = sorted((one for one in free if seat in one.seats), key=lambda one: one.away)
        some = holders if seat in _TOGETHER else holders[:1]
        for one in some:
            found.setdefault(one.id, seat)
        if any(not one.away for one in some):
            break
    if safeguarding or About.PUPIL in about:
        for one in free:
            if Seat.SAFEGUARDING in one.seats:
                found.setdefault(one.id, Seat.SAFEGUARDING)
    first = next(iter(found.values()), None)
    officer = About.CHAIR in about or (of in _STAFF and first is not _RUNGS[of][0])
    return Routed(tuple(found.items()), officer or not found)


_STAFF = frozenset({About.STAFF, About.HEAD})


def _is_meant(one: Person, about: Collection[About]) -> bool:
    """Whether it is about this person because of what they are."""
    meant = {About.HEAD: Seat.HEAD, About.CHAIR: Seat.CHAIR}
    return any(meant.get(each) in one.seats for each in about)


def is_named(who: str, name: str) -> bool:
    """Whether words about somebody may mean this person: their last name stands there.

    Too often rather than too seldom: then somebody else receives it, and no harm is done.
    """
    last = alphabetical(name)[-1:]
    return bool(last) and fits(last[0], who)


MOST_BYTES = 100 << 20  # one file
MOST_BYTES_WITHOUT_ACCOUNT = 30 << 20
MOST_FILES = 20  # in a case, of whoever told us
# What evidence may be: by its first bytes, not by its name. Nothing that a browser would run.
_MARKS = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", "application/pdf"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
)
ENDINGS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "video/quicktime": "mov",
    "video/mp4": "mp4",
    "video/webm": "webm",
}
PDF = "application/pdf"
COVERABLE = frozenset({"image/png", "image/jpeg", "image/webp", "image/heic", PDF})


def media_type_of(data: bytes) -> str:
    """What a file is by its first bytes: a picture, a PDF or a film; else nothing."""
    return next((kind for at, mark, kind in _MARKS if data.startswith(mark, at)), "")
