"""What a case is about, and whose business it is (B.ix). Pure: no query, no clock, no request."""

import secrets
from enum import StrEnum


class Labelled(StrEnum):
    """A word that is stored, with the words that people read."""

    label: str

    def __new__(cls, value: str, label: str) -> "Labelled":
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
