"""The purposes for which a picture may be used, the clauses that speak about pictures, and whom an
agreement is for.

Clause ids are those of the model policy. Their texts are short forms for the screen, in our words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from belisha.people.rules import key_stage


class Clause(StrEnum):
    """The clauses that decide about pictures."""

    CONSENT = "P.i"
    SHOWN_IN_SCHOOL = "P.iii"
    EVERY_FACE = "P.iv"
    PROMOTION = "P.vi"


CLAUSES = {
    Clause.CONSENT: "A family's yes comes before their child's picture.",
    Clause.SHOWN_IN_SCHOOL: "Pictures may be shown in school and in a child's own records.",
    Clause.EVERY_FACE: "Every face in a picture is settled before the picture goes anywhere.",
    Clause.PROMOTION: "Promotion needs the family's yes to that very picture.",
}


class Basis(StrEnum):
    """The lawful basis of a purpose (UK GDPR, article 6). A recorded no stops all of them."""

    CONSENT = "consent"
    PUBLIC_TASK = "public-task"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()


@dataclass(frozen=True)
class PurposeTerms:
    """A purpose as rules see it. `each_picture`: a general yes never suffices (P.vi).

    `in_use`: the school uses pictures for it now.
    """

    key: str
    name: str
    audience: str
    basis: Basis = Basis.CONSENT
    each_picture: bool = False
    in_use: bool = True

    @property
    def clause(self) -> Clause:
        """Which clause asks the family: their general yes, or a yes to the very picture."""
        return Clause.PROMOTION if self.each_picture else Clause.CONSENT

    @property
    def seen_by_every_family(self) -> bool:
        """Whether a family may see the other children whom a copy for this purpose shows."""
        return self.key in SEEN_BY_EVERY_FAMILY


PURPOSES = (
    PurposeTerms(
        "learning-journal", "Learning journal", "The child's own family and the child's teachers."
    ),
    PurposeTerms("display", "Display in school", "Children, staff and visitors inside the school."),
    PurposeTerms("newsletter", "Newsletter", "Every family of the school, by email or on paper."),
    PurposeTerms("website", "School website", "Anyone in the world."),
    PurposeTerms("social-media", "Social media", "Anyone in the world, who may keep and share it."),
    PurposeTerms("press", "Newspapers and television", "Anyone; the press may keep it for ever."),
    PurposeTerms(
        "promotional",
        "Promoting the school",
        "Anyone who sees a poster, prospectus or advertisement.",
        each_picture=True,
    ),
)


# What stands in a journal or on a wall inside is not for every family: there a parent sees no
# child but their own (P.iii). A purpose that is not named here is taken to be as narrow.
SEEN_BY_EVERY_FAMILY = frozenset({"newsletter", "website", "social-media", "press", "promotional"})


def purpose_named(words: str, purposes: Iterable[PurposeTerms] = PURPOSES) -> PurposeTerms | None:
    """Find a purpose by its key or name, however it is spelt, or None."""
    wanted = "-".join(words.lower().replace("_", " ").replace("-", " ").split())
    for purpose in purposes:
        if wanted in (purpose.key, "-".join(purpose.name.lower().replace("-", " ").split())):
            return purpose
    return None


class Audience(StrEnum):
    """Whom an agreement is for: pupils of an age (A.1), or their parents (D.0)."""

    EARLY_YEARS = "early-years"
    KEY_STAGE_1 = "key-stage-1"
    KEY_STAGE_2 = "key-stage-2"
    FAMILIES = "families"

    @property
    def label(self) -> str:
        return self.value.replace("-", " ").capitalize()


def audience_of(year_group: int | None) -> Audience | None:
    """Return whose agreement a pupil signs; None when the year is not known or is above year 6."""
    stage = key_stage(year_group)
    return next((audience for audience in Audience if audience.label == stage), None)


MOST_LINES = 20
LONGEST_LINE = 200


def lines_of(text: str) -> tuple[str, ...]:
    """The promises of a text: one to a line, without empty ones and needless spaces."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(line for line in lines if line)


def why_not_written(title: str, text: str) -> str:
    """Return why these words make no agreement, for the person who typed them; or nothing."""
    lines = lines_of(text)
    if not title.strip():
        return "Give the agreement a title."
    if not lines:
        return "Write at least one promise."
    if len(lines) > MOST_LINES:
        return f"These are {len(lines)} promises. More than {MOST_LINES} are not remembered."
    longest = max(lines, key=len)
    if len(longest) > LONGEST_LINE:
        return f"Write each promise in {LONGEST_LINE} letters or fewer. This one is too long: " + (
            f"“{longest[:40]}…”"
        )
    return ""


class Change(StrEnum):
    """What became of a line between two versions."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


def differences(old: Sequence[str], new: Sequence[str]) -> list[tuple[Change, str]]:
    """Line by line what changed; a line that was put differently is gone first, then new."""
    changed: list[tuple[Change, str]] = []
    for what, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            changed += [(Change.SAME, line) for line in old[i1:i2]]
        else:
            changed += [(Change.GONE, line) for line in old[i1:i2]]
            changed += [(Change.NEW, line) for line in new[j1:j2]]
    return changed


def number_in(typed: str) -> int:
    """Return the number of a row or version that a form sent, or 0, which is none."""
    return int(typed) if typed.isdecimal() and len(typed) < 19 else 0


REQUESTS_KEPT = 6  # years after a request to the head is settled


def forget_settled_before(on: date) -> date:
    """The day before which a request was settled that is kept no longer."""
    return date(on.year - REQUESTS_KEPT, on.month, 1)
