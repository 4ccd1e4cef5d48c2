"""May this picture be at this place, with these words? The one rule of publishing. Pure.

It gates the publishing, lights the page, and is asked again at each look (clauses B.ii, C.1, P.i,
P.iii, P.vi). A no wins over everything that only waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.photos.captions import Finding
from belisha.photos.rules import PlaceKind
from belisha.policy.rules import Clause

EVENT_PICTURES = "B.ii"
# What stays in the classroom and with the child's own family needs no yes of the head: P.iii lets
# pictures be shown in school and in a child's records.
_WITHOUT_THE_HEAD = frozenset({PlaceKind.DISPLAY, PlaceKind.JOURNAL})

# Of a copy that is not right any more nobody says because of whom, or a child who must not be
# found would stand out among those whose family took a yes back.
SOMEONE = "Someone in it may not be shown there now"


@dataclass(frozen=True)
class Dates:
    """The first and the last day at the place, and the day that is asked about."""

    first: date
    last: date
    on: date


def needs_head(kind: PlaceKind) -> str:
    """The clause by which the head must agree to pictures for such a place, or nothing."""
    if kind in _WITHOUT_THE_HEAD:
        return ""
    return Clause.PROMOTION if kind is PlaceKind.PROMOTION else EVENT_PICTURES


def may_publish(
    decision: Verdict,
    head: Verdict | None,
    account: Verdict | None,
    findings: Sequence[Finding],
    dates: Dates,
    *,
    looked: bool = False,
) -> Verdict:
    """Whether a picture may be at a place on a day.

    `decision` is about the very copy; `head` and `account` are None where no yes of the head is
    needed. `looked`: a person has looked at the words that may say too much.
    """
    verdicts = [
        decision,
        *(one for one in (head, account) if one is not None),  # a verdict that is no yes is falsy
        *_about_days(dates),
        *(_about_words(one) for one in findings if one.never or not looked),
    ]
    outcome = next(
        (word for word in (Outcome.NO, Outcome.ASK) if any(v.outcome is word for v in verdicts)),
        Outcome.YES,
    )
    telling = [verdict for verdict in verdicts if verdict.outcome is outcome]
    reasons = dict.fromkeys(reason for verdict in telling for reason in verdict.reasons)
    remedy = next((verdict.remedy for verdict in telling if verdict.remedy), "")
    return Verdict(outcome, tuple(reasons), remedy)


def copy_verdict(right: bool) -> Verdict:
    """What the rule about pictures says of a copy that was made: for whom it shows, no name."""
    if right:
        fine = Reason(Clause.EVERY_FACE, "Everyone in it may be seen")
        return Verdict(Outcome.YES, (fine,))
    return Verdict(Outcome.NO, (Reason(Clause.CONSENT, SOMEONE),), "Take the picture out")


def _about_days(dates: Dates) -> list[Verdict]:
    clause = Clause.SHOWN_IN_SCHOOL
    if dates.on > dates.last:
        over = Reason(clause, f"Its last day there was {_day(dates.last)}")
        return [Verdict(Outcome.NO, (over,), "Choose it again for a new time")]
    if dates.on < dates.first:
        early = Reason(clause, f"It begins on {_day(dates.first)}")
        return [Verdict(Outcome.ASK, (early,), "Wait until then")]
    return []


def _about_words(finding: Finding) -> Verdict:
    outcome = Outcome.NO if finding.never else Outcome.ASK
    reason = Reason(Clause.SHOWN_IN_SCHOOL, f"“{finding.words}”: {finding.why}")
    return Verdict(outcome, (reason,), finding.remedy)


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
