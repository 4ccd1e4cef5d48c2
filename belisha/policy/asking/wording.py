"""The words of the sentence that a person fills in, and the questions that people ask most."""

from dataclasses import dataclass, replace
from enum import StrEnum

from belisha.lib.marking import marked as _
from belisha.policy.asking.question import (
    PARTS,
    STAFF,
    Asker,
    Deed,
    Of,
    On,
    Question,
    When,
    Where,
    With,
)

PICTURED = ("of", "with_", "where")
# The parts of a question that each deed hangs on, in the order in which one says them.
ASKED: dict[Deed, tuple[str, ...]] = {
    Deed.POST_PICTURE: ("of", "on"),
    Deed.TAKE_PICTURE: PICTURED,
    Deed.FILM: PICTURED,
    Deed.SHOW_PICTURES: ("of", "where"),
    Deed.USE_NETWORK: ("when", "where"),
    Deed.USE_PHONE: ("when", "where"),
    Deed.ADD_FRIEND: ("of",),
    Deed.OPEN_ACCOUNT: ("of",),
    Deed.COMMENT: ("of",),
    Deed.TAKE_DEVICE_OFF_SITE: ("where",),
}
PART = {
    "of": _("of"),
    "on": _("to"),
    "with_": _("with"),
    "where": _("where"),
    "when": _("when"),
}
PART_OF = {
    (Deed.ADD_FRIEND, "of"): _("who is"),
    (Deed.OPEN_ACCOUNT, "of"): _("for"),
    (Deed.COMMENT, "of"): _("about"),
}
# The values that a sentence offers, where not every one reads as English.
OFFERED: dict[tuple[Deed, str], tuple[StrEnum, ...]] = {
    (Deed.ADD_FRIEND, "of"): (Of.OWN_CHILD, Of.PUPIL, Of.SCHOOL),
    (Deed.TAKE_DEVICE_OFF_SITE, "where"): (Where.EVENT, Where.VISIT, Where.HOME),
}
# By kind, since values of two kinds may be the same word: an event is a place and a time.
WORDS: dict[type[StrEnum], dict[str, str]] = {
    Asker: {
        Asker.HEAD: _("the head"),
        Asker.TEACHER: _("a teacher"),
        Asker.STAFF: _("another member of staff"),
        Asker.GOVERNOR: _("a governor"),
        Asker.VOLUNTEER: _("a volunteer"),
        Asker.VISITOR: _("a visitor"),
        Asker.PARENT: _("a parent or carer"),
        Asker.PTA: _("the parents’ association"),
        Asker.PUPIL: _("a pupil"),
    },
    Deed: {
        Deed.POST_PICTURE: _("post a picture"),
        Deed.TAKE_PICTURE: _("take a picture"),
        Deed.FILM: _("make a film"),
        Deed.SHOW_PICTURES: _("show pictures"),
        Deed.USE_NETWORK: _("use a social network"),
        Deed.USE_PHONE: _("use my phone"),
        Deed.ADD_FRIEND: _("add a friend"),
        Deed.OPEN_ACCOUNT: _("open an account"),
        Deed.COMMENT: _("write a comment"),
        Deed.TAKE_DEVICE_OFF_SITE: _("take a school camera out"),
    },
    Of: {
        Of.OWN_CHILD: _("my own child"),
        Of.CLASS: _("a class"),
        Of.EVENT: _("a school event"),
        Of.OTHER_CHILDREN: _("other people’s children"),
        Of.PUPIL: _("a pupil"),
        Of.SCHOOL: _("the school, without children"),
    },
    On: {
        On.WEBSITE: _("the school website"),
        On.NEWSLETTER: _("the newsletter"),
        On.DISPLAY: _("a display in school"),
        On.JOURNAL: _("a learning journal"),
        On.SOCIAL: _("social media"),
        On.PERSONAL: _("an account of my own"),
        On.PRESS: _("newspapers or television"),
        On.PROSPECTUS: _("the prospectus or a poster"),
    },
    With: {
        With.SCHOOL_CAMERA: _("a school camera or tablet"),
        With.OWN_PHONE: _("my own phone"),
        With.OWN_CAMERA: _("my own camera"),
    },
    Where: {
        Where.CLASSROOM: _("in a classroom"),
        Where.PLAYGROUND: _("in the playground"),
        Where.TOILETS: _("in the toilets"),
        Where.CHANGING: _("in a changing area"),
        Where.EVENT: _("at a school event"),
        Where.VISIT: _("on a school visit"),
        Where.HOME: _("at home"),
    },
    When: {
        When.LESSON: _("in a lesson"),
        When.BREAK: _("at break"),
        When.AFTER_SCHOOL: _("after school"),
        When.EVENT: _("at an event"),
    },
}
WORDS_OF = {
    (Deed.ADD_FRIEND, Of.SCHOOL): _("a grown-up of the school"),
    (Deed.OPEN_ACCOUNT, Of.SCHOOL): _("the school"),
    (Deed.COMMENT, Of.SCHOOL): _("the school or its staff"),
}


@dataclass(frozen=True)
class Common:
    """A question that many ask, in a few words."""

    words: str
    question: Question


def part_label(deed: Deed, part: str) -> str:
    """The word that stands before a part of the sentence."""
    return PART_OF.get((deed, part), PART[part])


def offered(deed: Deed, part: str, chosen: StrEnum | None = None) -> list[StrEnum]:
    """The values that the sentence of a deed offers for a part, and the one that was chosen."""
    values = OFFERED.get((deed, part), tuple(PARTS[part]))
    return [value for value in PARTS[part] if value in values or value is chosen]


def words_of(deed: Deed, value: StrEnum) -> str:
    """A value in words, as it reads in the sentence of that deed."""
    special = WORDS_OF.get((deed, value)) if isinstance(value, Of) else None
    return special or WORDS[type(value)][value]


def commonest(asker: Asker) -> list[Common]:
    """The eight questions that people like the asker ask most."""
    if asker not in STAFF:
        return list(_OF_FAMILIES)
    return [
        Common(one.words, replace(one.question, asker=asker))
        if one.question.asker in STAFF
        else one
        for one in _OF_STAFF
    ]


_OF_FAMILIES = (
    Common(
        _("Film the school play?"),
        Question(Asker.PARENT, Deed.FILM, of=Of.EVENT, where=Where.EVENT),
    ),
    Common(
        _("Post a picture of my own child?"),
        Question(Asker.PARENT, Deed.POST_PICTURE, of=Of.OWN_CHILD, on=On.SOCIAL),
    ),
    Common(
        _("Post a picture of the whole class?"),
        Question(Asker.PARENT, Deed.POST_PICTURE, of=Of.CLASS, on=On.SOCIAL),
    ),
    Common(
        _("Use my phone in the playground?"),
        Question(Asker.PARENT, Deed.USE_PHONE, where=Where.PLAYGROUND),
    ),
    Common(
        _("Use a phone in a lesson, as a pupil?"),
        Question(Asker.PUPIL, Deed.USE_PHONE, when=When.LESSON),
    ),
    Common(
        _("Use a phone at a disco, beside a parent?"),
        Question(Asker.PUPIL, Deed.USE_PHONE, when=When.EVENT, supervised=True),
    ),
    Common(
        _("Start a page for our class?"),
        Question(Asker.PARENT, Deed.OPEN_ACCOUNT, of=Of.CLASS),
    ),
    Common(
        _("Take pictures as a visitor?"),
        Question(Asker.VISITOR, Deed.TAKE_PICTURE, of=Of.CLASS, with_=With.OWN_PHONE),
    ),
)
_OF_STAFF = (
    Common(
        _("Post a picture on the website?"),
        Question(Asker.TEACHER, Deed.POST_PICTURE, of=Of.CLASS, on=On.WEBSITE),
    ),
    Common(
        _("Put pictures on the hall display?"),
        Question(Asker.TEACHER, Deed.POST_PICTURE, of=Of.CLASS, on=On.DISPLAY),
    ),
    Common(
        _("Use my own phone on a trip?"),
        Question(
            Asker.TEACHER,
            Deed.TAKE_PICTURE,
            of=Of.CLASS,
            with_=With.OWN_PHONE,
            where=Where.VISIT,
        ),
    ),
    Common(
        _("Film the school play with a school tablet?"),
        Question(
            Asker.TEACHER,
            Deed.FILM,
            of=Of.EVENT,
            with_=With.SCHOOL_CAMERA,
            where=Where.EVENT,
        ),
    ),
    Common(
        _("Let a parent film the school play?"),
        Question(Asker.PARENT, Deed.FILM, of=Of.EVENT, where=Where.EVENT),
    ),
    Common(
        _("Start an account for the choir?"),
        Question(Asker.TEACHER, Deed.OPEN_ACCOUNT, of=Of.CLASS),
    ),
    Common(
        _("Add a pupil as a friend?"),
        Question(Asker.TEACHER, Deed.ADD_FRIEND, of=Of.PUPIL),
    ),
    Common(
        _("Take a school camera home?"),
        Question(Asker.TEACHER, Deed.TAKE_DEVICE_OFF_SITE, where=Where.HOME),
    ),
)
