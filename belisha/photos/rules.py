"""May this picture be used for this purpose, and which faces must be hidden?

One pure function answers the lights on the page, the safe copy, the download and the command line.
Clauses P.i, P.iv and P.vi.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from belisha.consent.rules import Fact, Voice, fact_of, reason_for
from belisha.lib.verdict import Outcome, Reason, Verdict, grouped
from belisha.policy.rules import Clause, PurposeTerms


class Who(StrEnum):
    """What a person said about a box. Until then it is nobody's."""

    UNSETTLED = "unsettled"
    PUPIL = "pupil"
    ADULT = "adult"
    UNKNOWN = "unknown"
    NOT_A_FACE = "not-a-face"


class Light(StrEnum):
    """The four answers for a picture and a purpose."""

    AS_IS = "as-is"
    SAFE_COPY = "safe-copy"
    WAITS = "waits"
    NO = "no"


class Layout(StrEnum):
    """How many pictures stand on one page of a print: across, then down (P.ii)."""

    CONTACT = "4x5"
    ONE = "1x1"
    TWO = "1x2"
    FOUR = "2x2"

    @property
    def across(self) -> int:
        return int(self.value[0])

    @property
    def down(self) -> int:
        return int(self.value[2])

    @property
    def longest(self) -> int:
        """Pixels on the longest side of each picture: about 200 to an inch as it is printed."""
        return {1: 2000, 2: 1400, 4: 1000}.get(self.across * self.down, 400)

    @property
    def most(self) -> int:
        """How many pictures one print takes, so that setting it needs some 300 MB at most."""
        return 20 if self.across == 1 else 60

    @property
    def label(self) -> str:
        """In words."""
        count = self.across * self.down
        if self is Layout.CONTACT:
            return f"Contact sheet: {count} to a page, numbered"
        return f"For a wall: {count} to a page"


class Viewers(StrEnum):
    """To whom pictures are shown in the password-protected area (P.iii)."""

    FAMILIES = "families"
    SCHOOL = "school"

    @property
    def label(self) -> str:
        return {
            Viewers.FAMILIES: "Families of the children in them",
            Viewers.SCHOOL: "In school: children, staff, governors, invited guests",
        }[self]

    @property
    def purposes(self) -> tuple[str, ...]:
        """The keys of the purposes for which they may be shown; the first is the usual one."""
        return _SHOWN_FOR[self]


_SHOWN_FOR = {
    Viewers.FAMILIES: ("learning-journal", "newsletter"),
    Viewers.SCHOOL: ("display",),
}


class Source(StrEnum):
    """Whose "not this one" a stop is."""

    CHILD = "child"
    FAMILY = "family"
    SCHOOL = "school"

    @property
    def ground(self) -> str:
        return {
            Source.CHILD: "said not this one",
            Source.FAMILY: "the family said not this one",
            Source.SCHOOL: "the school said not this one",
        }[self]


class PlaceKind(StrEnum):
    """What kind of place a picture goes to. Each belongs to one purpose."""

    WEBSITE = "website"
    NEWSLETTER = "newsletter"
    ACCOUNT = "account"
    DISPLAY = "display"
    JOURNAL = "journal"
    PROMOTION = "promotion"
    PRESS = "press"
    ALBUM = "album"

    @property
    def label(self) -> str:
        return _PLACES[self].label

    @property
    def purpose(self) -> str:
        """The key of the purpose that families answered."""
        return _PLACES[self].purpose

    @property
    def stays(self) -> int:
        """How many days a picture stays there, as a school begins with it."""
        return _PLACES[self].stays

    @property
    def days_to_recall(self) -> int:
        """Within how many school days a picture comes down there."""
        return _PLACES[self].recall

    @property
    def may_be_ours(self) -> bool:
        """Whether we may serve its pictures ourselves."""
        return self in (PlaceKind.WEBSITE, PlaceKind.ALBUM)


@dataclass(frozen=True)
class _PlaceTerms:
    label: str
    purpose: str
    stays: int
    recall: int


_YEAR = 365
_PLACES = {
    PlaceKind.WEBSITE: _PlaceTerms("Website", "website", _YEAR, 1),
    PlaceKind.NEWSLETTER: _PlaceTerms("Newsletter issue", "newsletter", _YEAR, 3),
    PlaceKind.ACCOUNT: _PlaceTerms("Account", "social-media", _YEAR, 1),
    PlaceKind.DISPLAY: _PlaceTerms("Display board", "display", 180, 3),
    PlaceKind.JOURNAL: _PlaceTerms("Learning journal", "learning-journal", _YEAR, 3),
    PlaceKind.PROMOTION: _PlaceTerms("Prospectus or promotion", "promotional", _YEAR, 5),
    PlaceKind.PRESS: _PlaceTerms("Press", "press", _YEAR, 1),
    PlaceKind.ALBUM: _PlaceTerms("Parents’ album", "newsletter", _YEAR, 1),
}


@dataclass(frozen=True)
class FaceFacts:
    """One box of a picture: who it is, and for a pupil the name to use and what the family said.

    `specific` is what the family said of this very picture and use (P.vi); `stopped` whose "not
    this one" stands for it.
    """

    id: int
    who: Who
    name: str = ""
    fact: Fact = Fact.NONE
    specific: Fact = Fact.NONE
    stopped: Source | None = None


@dataclass(frozen=True)
class PictureFacts:
    """What the rule must know of a picture.

    `looked_for_faces`: the finder has run. `all_boxed_by_a_person`: someone said that every face
    has a box. `kept_back`: someone said that this picture is not to be used.
    """

    faces: Sequence[FaceFacts]
    looked_for_faces: bool
    all_boxed_by_a_person: bool
    kept_back: bool = False


@dataclass(frozen=True)
class FaceAnswer:
    """Whether a copy must cover a face, and why or why not."""

    id: int
    hidden: bool
    reason: Reason


@dataclass(frozen=True)
class Decision:
    """The verdict on a picture for a purpose, and with a yes the answer for each face."""

    verdict: Verdict
    faces: tuple[FaceAnswer, ...] = ()

    @property
    def light(self) -> Light:
        if self.verdict.outcome is Outcome.ASK:
            return Light.WAITS
        if self.verdict.outcome is Outcome.NO:
            return Light.NO
        return Light.SAFE_COPY if self.hidden_ids else Light.AS_IS

    @property
    def hidden_ids(self) -> frozenset[int]:
        return frozenset(face.id for face in self.faces if face.hidden)

    @property
    def words(self) -> str:
        """The light in words."""
        count = len(self.hidden_ids)
        return {
            Light.AS_IS: "Goes as it is",
            Light.SAFE_COPY: f"Goes with {count} {'face' if count == 1 else 'faces'} hidden",
            Light.WAITS: "Waits",
            Light.NO: "No",
        }[self.light]


# A clip is taken along from its own page, where it was said whether the sound stays; what hides a
# face in one picture hides nothing in the next.
CLIP_ALONE = Decision(
    Verdict(
        Outcome.NO,
        (Reason(Clause.EVERY_FACE, "A clip is downloaded from its own page"),),
        "Make its copy there",
    )
)
CLIP_ON_PAPER = Decision(
    Verdict(
        Outcome.NO,
        (Reason(Clause.EVERY_FACE, "A clip moves, and paper does not: it cannot be printed"),),
        "Take a picture instead",
    )
)


def decide(picture: PictureFacts, purpose: PurposeTerms) -> Decision:
    """Decide about one picture for one purpose. What is not known to be right is not allowed."""
    if picture.kept_back:
        kept = Reason(Clause.SHOWN_IN_SCHOOL, "Someone at school said not to use this picture")
        return Decision(Verdict(Outcome.NO, (kept,), "Let the picture be used again"))
    if not purpose.in_use:
        unused = Reason(Clause.CONSENT, "The school does not use pictures for this any more")
        return Decision(Verdict(Outcome.NO, (unused,), "Choose another use"))
    if not picture.looked_for_faces:
        return _waits("Faces are still being looked for", "Wait a moment")
    unsettled = sum(face.who is Who.UNSETTLED for face in picture.faces)
    if unsettled:
        faces = "1 face has" if unsettled == 1 else f"{unsettled} faces have"
        return _waits(f"{faces} no name yet", "Say who each face is")
    if not picture.all_boxed_by_a_person:
        return _waits("Nobody has checked that every face has a box", "Check for missed faces")
    answers = tuple(answer(face, purpose) for face in picture.faces)
    hidden = grouped(one.reason for one in answers if one.hidden)
    shown = (Reason(Clause.EVERY_FACE, "Everyone in it may be seen"),)
    return Decision(Verdict(Outcome.YES, hidden or shown), answers)


def answer(face: FaceFacts, purpose: PurposeTerms) -> FaceAnswer:
    """Say whether a face must be covered. Who is nobody's, or not known, is covered."""
    match face.who:
        case Who.PUPIL:
            no = _stopped(face) or reason_for(face.fact, purpose, face.name, face.specific)
            yes = Reason(purpose.clause, "the family said yes", face.name)
            return FaceAnswer(face.id, no is not None, no or yes)
        case Who.ADULT:
            return FaceAnswer(face.id, False, Reason(Clause.EVERY_FACE, "An adult"))
        case Who.NOT_A_FACE:
            return FaceAnswer(face.id, False, Reason(Clause.EVERY_FACE, "Not a face"))
        case _:
            return FaceAnswer(face.id, True, Reason(Clause.EVERY_FACE, "Nobody knows who this is"))


def _stopped(face: FaceFacts) -> Reason | None:
    """A stop is a no to one picture: it wins over every yes and replaces none."""
    return Reason(Clause.CONSENT, face.stopped.ground, face.name) if face.stopped else None


def fact_of_picture(voices: Collection[Voice | None], *, on: date, protected: bool = False) -> Fact:
    """Weigh what a family says of one picture and use: one entry for each person who is asked.

    None is someone who has not answered. They are weighed as all answers are, but here silence is
    no: a yes counts only when everyone who is asked has said it (P.vi).
    """
    fact = fact_of([voice for voice in voices if voice], on=on, protected=protected)
    return Fact.NONE if fact is Fact.GIVEN and None in voices else fact


def had_a_yes(face: FaceFacts, purpose: PurposeTerms) -> bool:
    """Whether the answers that everyone may read tell of a yes, be it past.

    Of a protected child they never do, nor of one whose family has not answered: neither is named
    where it is told whose yes no longer counts.
    """
    said = face.specific if purpose.each_picture else face.fact
    return face.who is Who.PUPIL and said not in (Fact.NONE, Fact.REFUSED)


def is_covered_for_a_family(who: Who, *, own: bool) -> bool:
    """Whether a parent sees no face here: any but those of adults and of their own children."""
    return not own and who not in (Who.ADULT, Who.NOT_A_FACE)


def _waits(text: str, remedy: str) -> Decision:
    return Decision(Verdict(Outcome.ASK, (Reason(Clause.EVERY_FACE, text),), remedy))


def may_be_named(purpose: PurposeTerms) -> bool:
    """Whether first names may stand beside faces: inside the school alone, never in the open."""
    return not purpose.seen_by_every_family
