"""The parts of a question, and what its words imply."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class Asker(StrEnum):
    """Who asks. `STAFF` are all who work at the school and are neither its head nor teachers."""

    HEAD = "head"
    TEACHER = "teacher"
    STAFF = "staff"
    GOVERNOR = "governor"
    VOLUNTEER = "volunteer"
    VISITOR = "visitor"
    PARENT = "parent"
    PTA = "pta"
    PUPIL = "pupil"


class Deed(StrEnum):
    """What they want to do."""

    POST_PICTURE = "post-picture"
    TAKE_PICTURE = "take-picture"
    FILM = "film"
    SHOW_PICTURES = "show-pictures"
    USE_NETWORK = "use-network"
    USE_PHONE = "use-phone"
    ADD_FRIEND = "add-friend"
    OPEN_ACCOUNT = "open-account"
    COMMENT = "comment"
    TAKE_DEVICE_OFF_SITE = "take-device-off-site"


class Of(StrEnum):
    """Of whom, about whom, or for whom. `SCHOOL` is the school without its children."""

    OWN_CHILD = "own-child"
    CLASS = "class"
    EVENT = "event"
    OTHER_CHILDREN = "other-children"
    PUPIL = "pupil"
    SCHOOL = "school"


class On(StrEnum):
    """Where it would be seen. `PERSONAL` is an account of one's own."""

    WEBSITE = "website"
    NEWSLETTER = "newsletter"
    DISPLAY = "display"
    JOURNAL = "journal"
    SOCIAL = "social"
    PERSONAL = "personal"
    PRESS = "press"
    PROSPECTUS = "prospectus"


class With(StrEnum):
    """With what."""

    SCHOOL_CAMERA = "school-camera"
    OWN_PHONE = "own-phone"
    OWN_CAMERA = "own-camera"


class Where(StrEnum):
    """In which place. `VISIT` is an educational visit."""

    CLASSROOM = "classroom"
    PLAYGROUND = "playground"
    TOILETS = "toilets"
    CHANGING = "changing"
    EVENT = "event"
    VISIT = "visit"
    HOME = "home"


class When(StrEnum):
    """At which time."""

    LESSON = "lesson"
    BREAK = "break"
    AFTER_SCHOOL = "after-school"
    EVENT = "event"


PARTS: dict[str, type[StrEnum]] = {
    "of": Of,
    "on": On,
    "with_": With,
    "where": Where,
    "when": When,
}
STAFF = frozenset({Asker.HEAD, Asker.TEACHER, Asker.STAFF})
TAKING = frozenset({Deed.TAKE_PICTURE, Deed.FILM})
PICTURES = TAKING | {Deed.POST_PICTURE, Deed.SHOW_PICTURES}
SPEAKING = frozenset({Deed.ADD_FRIEND, Deed.COMMENT})
PRIVATE_PLACES = frozenset({Where.TOILETS, Where.CHANGING})
OWN_PAGES = frozenset({On.PERSONAL, On.SOCIAL})  # of whoever is not on the staff
OTHERS_CHILDREN = frozenset({Of.CLASS, Of.PUPIL, Of.OTHER_CHILDREN})


@dataclass(frozen=True)
class Question:
    """May this person do this? None is a part that nobody has said.

    `supervised`: a parent watches over the child's use, at the child's side (A.3).
    """

    asker: Asker
    deed: Deed
    of: Of | None = None
    on: On | None = None
    with_: With | None = None
    where: Where | None = None
    when: When | None = None
    supervised: bool = False

    @property
    def at_event(self) -> bool:
        elsewhere = self.where in (Where.VISIT, Where.HOME)
        return self.where is Where.EVENT or (self.when is When.EVENT and not elsewhere)

    def saying(self, part: str, value: StrEnum) -> "Question":
        """The same question with one more part said."""
        parts: dict[str, Any] = {part: value}
        return replace(self, **parts)

    @property
    def in_school_hours(self) -> bool:
        return self.when in (When.LESSON, When.BREAK)


def implied(question: Question) -> Question:
    """Fill the parts that the words of a question imply, and no others."""
    q = question
    if q.where is None and (where := _place_of(q)):
        q = replace(q, where=where)
    if q.when is None and (when := _time_of(q)):
        q = replace(q, when=when)
    if q.of is None and q.at_event and q.deed in TAKING and q.asker is Asker.PARENT:
        q = replace(q, of=Of.EVENT)
    if q.with_ is None and (with_ := _device_of(q)):
        q = replace(q, with_=with_)
    if q.on is None and _on_own_page(q):
        q = replace(q, on=On.PERSONAL)
    return q


def _place_of(q: Question) -> Where | None:
    if q.when is When.EVENT or (q.of is Of.EVENT and q.deed in TAKING):
        return Where.EVENT
    if q.asker is Asker.PUPIL and q.deed is Deed.USE_PHONE and q.when is When.AFTER_SCHOOL:
        return Where.EVENT
    # A school camera is in school.
    in_school = q.deed in TAKING and q.with_ is With.SCHOOL_CAMERA and q.asker in STAFF
    return Where.CLASSROOM if in_school else None


def _time_of(q: Question) -> When | None:
    of_event = q.of is Of.EVENT and q.deed in TAKING
    if q.where is Where.EVENT or (of_event and q.where not in (Where.VISIT, Where.HOME)):
        return When.EVENT
    if q.deed is Deed.SHOW_PICTURES and q.asker in STAFF:
        return When.LESSON
    if q.where is Where.HOME or q.deed in SPEAKING:
        return When.AFTER_SCHOOL  # one's own time
    works_here = q.asker in STAFF or q.asker in (Asker.VOLUNTEER, Asker.PUPIL)
    return When.AFTER_SCHOOL if q.deed is Deed.USE_NETWORK and not works_here else None


def _device_of(q: Question) -> With | None:
    """Parents picture with a device of their own; staff show pictures on one of the school."""
    if q.deed in PICTURES and q.asker is Asker.PARENT:
        return With.OWN_PHONE
    shows = q.deed is Deed.SHOW_PICTURES and q.asker in STAFF
    return With.SCHOOL_CAMERA if shows else None


def _on_own_page(q: Question) -> bool:
    """A parent posts, and everyone comments, on a page of their own unless they say otherwise."""
    if q.deed is Deed.COMMENT:
        return True
    return q.deed is Deed.POST_PICTURE and q.asker is Asker.PARENT
