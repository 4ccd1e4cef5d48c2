"""The brake before a ban, the police or a solicitor (D.viii). Pure.

What a school does in anger it reads about in the newspaper. So it says what kind of words these
are, whether the official way to complain was offered, sleeps on it, and lets somebody else read it.
A threat to life waits for nobody, and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from belisha.incidents.rules import Labelled
from belisha.lib.verdict import Outcome, Reason, Verdict

PAUSE = timedelta(days=1)
CLAUSE = "D.viii"


class Deed(Labelled):
    """The heavy means."""

    POLICE = "police", "Report it to the police"
    LEGAL = "legal", "Ask a solicitor"
    BAN = "ban", "Ban somebody from the school’s premises"


class Sort(Labelled):
    """What kind of words or pictures these are."""

    CRITICISM = "criticism", "An opinion or a complaint, however rude"
    UNTRUE = "untrue", "Untrue, and it harms somebody’s good name"
    HARASSMENT = "harassment", "Again and again, at one person"
    HATE = "hate", "Hate of a group of people"
    PRIVATE = "private", "Private facts or pictures of somebody"
    THREAT = "threat", "A threat"
    CRIME = "crime", "A crime of another kind"


@dataclass(frozen=True)
class Weighed:
    """What was written down before a heavy step.

    `offered_on` is the day on which the way to complain was offered; else `why_not` says why it was
    not. `agrees` is the word of the second reader, None while nobody has read it. `untried` counts
    the posts for which the nearer steps were not tried.
    """

    sort: Sort
    asked_at: datetime
    threat_to_life: bool = False
    offered_on: date | None = None
    why_not: str = ""
    agrees: bool | None = None
    untried: int = 0


def may_go_on(deed: Deed, weighed: Weighed, *, at: datetime) -> Verdict:
    """Whether the heavy step may be taken now, and what is missing."""
    if weighed.threat_to_life and deed is not Deed.LEGAL:
        words = "A threat to life waits for nobody. Ring 999 first."
        return Verdict(Outcome.YES, (Reason(CLAUSE, words),))
    if weighed.sort is Sort.CRITICISM:
        words = "An opinion or a complaint is answered, and not punished."
        return Verdict(Outcome.NO, (Reason("D.vi", words),), "Offer the way to complain.")
    if missing := list(_missing(weighed, at)):
        return Verdict(Outcome.NO, tuple(missing), "Then it may go on.")
    words = "It was weighed, slept on and read by somebody else."
    return Verdict(Outcome.YES, (Reason(CLAUSE, words),))


def _missing(weighed: Weighed, at: datetime) -> Sequence[Reason]:
    missing = []
    if not weighed.offered_on and not weighed.why_not:
        missing.append(Reason("D.ii", "Nobody has said whether the way to complain was offered."))
    if weighed.untried:
        missing.append(Reason("D.v", "The service was not asked, nor passed over with a reason."))
    if at < weighed.asked_at + PAUSE:
        missing.append(Reason(CLAUSE, "A day has not passed since it was written down."))
    if weighed.agrees is None:
        missing.append(Reason(CLAUSE, "Nobody else has read it yet."))
    if weighed.agrees is False:
        missing.append(Reason(CLAUSE, "The second reader said no."))
    return missing
