"""The purposes for which a picture may be used, and the clauses that speak about pictures.

Clause ids are those of the model policy. Their texts are short forms for the screen, in our words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


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


def purpose_named(words: str, purposes: Iterable[PurposeTerms] = PURPOSES) -> PurposeTerms | None:
    """Find a purpose by its key or name, however it is spelt, or None."""
    wanted = "-".join(words.lower().replace("_", " ").replace("-", " ").split())
    for purpose in purposes:
        if wanted in (purpose.key, "-".join(purpose.name.lower().replace("-", " ").split())):
            return purpose
    return None
