"""What a family's answers amount to on a day (clause P.i). Six facts and a conflict; one is a yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from belisha.lib.verdict import Reason
from belisha.policy.rules import Clause, PurposeTerms


class Kind(StrEnum):
    """What one entry of the ledger says."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    INVALIDATED = "invalidated"


class Fact(StrEnum):
    """What counts for a child and a purpose. Only `GIVEN` is a yes."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"
    CONFLICT = "conflict"
    NONE = "none"

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Fact.GIVEN: "Yes",
    Fact.REFUSED: "No",
    Fact.WITHDRAWN: "No, taken back",
    Fact.EXPIRED: "Ran out",
    Fact.INVALIDATED: "Set aside",
    Fact.CONFLICT: "No, answers differ",
    Fact.NONE: "No answer yet",
}


@dataclass(frozen=True)
class Voice:
    """The standing answer of one person with parental responsibility.

    `may_allow` is false for a person under an order: their no counts, their yes does not.
    `expires_on` is the last day on which a yes counts.
    """

    kind: Kind
    expires_on: date | None = None
    may_allow: bool = True


def fact_of(voices: Iterable[Voice], *, on: date, protected: bool = False) -> Fact:
    """Weigh the standing answers about one child and one purpose on a day.

    Any no wins; a yes beside a no is a conflict, which is a no too. For a protected child no yes
    counts, so that the child looks like any other whose family has not answered.
    """
    heard = [
        voice
        for voice in voices
        if voice.kind is not Kind.GIVEN or (voice.may_allow and not protected)
    ]
    facts = {_alone(voice, on) for voice in heard}
    noes = facts & {Fact.REFUSED, Fact.WITHDRAWN}
    if noes and Fact.GIVEN in facts:
        return Fact.CONFLICT
    for fact in (Fact.REFUSED, Fact.WITHDRAWN, Fact.GIVEN, Fact.EXPIRED, Fact.INVALIDATED):
        if fact in facts:
            return fact
    return Fact.NONE


def _alone(voice: Voice, on: date) -> Fact:
    if voice.kind is Kind.GIVEN and voice.expires_on and voice.expires_on < on:
        return Fact.EXPIRED
    return Fact(voice.kind.value)


def reason_for(fact: Fact, purpose: PurposeTerms, who: str) -> Reason | None:
    """Say why a child may not be shown, or None when the child may.

    `who` names the child in plain words, such as ``Leo K``.
    """
    if purpose.each_picture:
        return Reason(Clause.PROMOTION, f"{who}: the family must say yes to this very picture")
    if fact is Fact.GIVEN:
        return None
    texts = {
        Fact.REFUSED: f"{who}: the family said no",
        Fact.WITHDRAWN: f"{who}: the family took their yes back",
        Fact.EXPIRED: f"{who}: the family's yes has run out",
        Fact.INVALIDATED: f"{who}: the answer was set aside, so it counts as no",
        Fact.CONFLICT: f"{who}: the answers at home differ, so it counts as no",
        Fact.NONE: f"{who}: no answer from the family yet",
    }
    return Reason(Clause.CONSENT, texts[fact])
