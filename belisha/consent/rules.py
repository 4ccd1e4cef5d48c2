"""What a family's answers amount to on a day (clause P.i): six facts and a conflict, one a yes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from belisha.lib.verdict import Reason
from belisha.policy.rules import Clause, PurposeTerms


class Kind(StrEnum):
    """What one entry of the ledger says."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    INVALIDATED = "invalidated"

    @property
    def is_no(self) -> bool:
        return self in (Kind.REFUSED, Kind.WITHDRAWN)


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

    @property
    def light(self) -> str:
        """The shape to show: a yes, a no, or a family that is still to be asked."""
        if self in (Fact.EXPIRED, Fact.INVALIDATED, Fact.NONE):
            return "ask"
        return "yes" if self is Fact.GIVEN else "no"


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
class Said:
    """One entry of the ledger as rules see it. `voids` is the id of an entry that it sets aside."""

    id: int
    kind: Kind
    happened_on: date
    recorded_at: datetime
    voids: int | None = None


def standing(entries: Collection[Said]) -> Said:
    """Return what one person says now about one child and purpose; there must be an entry.

    The newest answer by the day it was given counts, so that a paper form of last week that is
    typed in today leaves the answer of yesterday alone, be it a yes or a no. Of one day, the last
    recorded counts. An answer that was set aside does not count; when none is left, that stands.
    """
    return max(_counting(entries) or entries, key=_order)


def standing_by(entries: Collection[Said], on: date) -> Said | None:
    """Return the answer that counted at the end of a day, or None."""
    earlier = [entry for entry in _counting(entries) if entry.happened_on <= on]
    return max(earlier, key=_order, default=None)


def _counting(entries: Collection[Said]) -> list[Said]:
    voided = {entry.voids for entry in entries}
    return [entry for entry in entries if entry.voids is None and entry.id not in voided]


def _order(entry: Said) -> tuple[date, datetime, int]:
    return entry.happened_on, entry.recorded_at, entry.id


def kind_after(former: Kind | None, said: Kind) -> Kind:
    """Name an answer by what the same person said before: a no after a yes takes the yes back."""
    if said is Kind.GIVEN:
        return said
    return Kind.WITHDRAWN if former in (Kind.GIVEN, Kind.WITHDRAWN) else Kind.REFUSED


def why_not_recorded(
    kind: Kind,
    *,
    on: date,
    expires_on: date | None,
    today: date,
    responsible: bool,
    no_contact: bool,
) -> str:
    """Say why an answer may not be written down, or nothing when it may."""
    if not responsible:
        return "Only a person with parental responsibility can answer for this child."
    if kind is Kind.GIVEN and no_contact:
        return "An order forbids this person contact with the child. Only a no can be written down."
    if on > today:
        return "The day of the answer has not come yet."
    if expires_on and expires_on < on:
        return "The yes runs out before it was given."
    return ""


@dataclass(frozen=True)
class Voice:
    """The standing answer of one person with parental responsibility.

    `may_allow` is false for a person under an order: their no counts, their yes does not.
    `expires_on` is the last day on which a yes counts. An `outdated` yes was given before the words
    changed in substance; it counts no more.
    """

    kind: Kind
    expires_on: date | None = None
    may_allow: bool = True
    outdated: bool = False


def fact_of(voices: Iterable[Voice], *, on: date, protected: bool = False) -> Fact:
    """Weigh the standing answers about one child and one purpose on a day.

    Any no wins; a yes beside a no is a conflict, which is a no too. For a protected child no yes
    counts and none is betrayed: a yes taken back is a plain no, so that the child looks like any
    other whose family said no or has not answered.
    """
    facts = {
        _alone(voice, on)
        for voice in voices
        if voice.kind is not Kind.GIVEN or (voice.may_allow and not protected)
    }
    noes = facts & {Fact.REFUSED, Fact.WITHDRAWN}
    if noes and protected:
        return Fact.REFUSED
    if noes and Fact.GIVEN in facts:
        return Fact.CONFLICT
    for fact in (Fact.REFUSED, Fact.WITHDRAWN, Fact.GIVEN, Fact.EXPIRED, Fact.INVALIDATED):
        if fact in facts:
            return fact
    return Fact.NONE


def _alone(voice: Voice, on: date) -> Fact:
    past = voice.expires_on is not None and voice.expires_on < on
    if voice.kind is Kind.GIVEN and (past or voice.outdated):
        return Fact.EXPIRED
    return Fact(voice.kind.value)


def still_to_ask(fact: Fact, *, said_on: date | None, since: date | None) -> bool:
    """Whether a person must be asked about a purpose, by what they alone said.

    So it is without an answer, and when the answer ran out or was set aside. With `since`, such as
    at the yearly refresh, an answer from an earlier day counts on, but is asked for again.
    """
    if fact.light == "ask":
        return True
    return since is not None and (said_on is None or said_on < since)


def is_due(*, last_at: datetime, every: timedelta | None, answer_by: date, now: datetime) -> bool:
    """Whether a person who has not answered is to be reminded: every so many days, to the end."""
    return every is not None and now - last_at >= every and now.date() <= answer_by


def reason_for(
    fact: Fact, purpose: PurposeTerms, who: str, specific: Fact = Fact.NONE
) -> Reason | None:
    """Say why a child may not be shown, or None when the child may.

    `who` names the child in plain words, such as ``Leo K``. `specific` is what the family said of
    this very picture and use; where each picture is asked for it alone is a yes, and a general no
    still stops them all (P.vi).
    """
    if purpose.each_picture:
        if fact.light == "no":
            return Reason(Clause.PROMOTION, GROUNDS[fact], who)
        if specific is Fact.GIVEN:
            return None
        return Reason(Clause.PROMOTION, GROUNDS_OF_THIS_PICTURE[specific], who)
    if fact is Fact.GIVEN:
        return None
    return Reason(Clause.CONSENT, GROUNDS[fact], who)


GROUNDS = {
    Fact.REFUSED: "the family said no",
    Fact.WITHDRAWN: "the family took their yes back",
    Fact.EXPIRED: "the family’s yes has run out",
    Fact.INVALIDATED: "the answer was set aside, so it counts as no",
    Fact.CONFLICT: "the answers at home differ, so it counts as no",
    Fact.NONE: "no answer from the family yet",
}

GROUNDS_OF_THIS_PICTURE = {
    Fact.REFUSED: "the family said no to this picture",
    Fact.WITHDRAWN: "the family took back their yes to this picture",
    Fact.EXPIRED: "the family’s yes to this picture has run out",
    Fact.INVALIDATED: "the answer was set aside, so it counts as no",
    Fact.CONFLICT: "the answers at home about this picture differ, so it counts as no",
    Fact.NONE: "each family must say yes to this very picture",
}
