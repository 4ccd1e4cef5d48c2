"""Can I post this very picture? What the policy says of posting, and the rule about the picture.

Pure. What the rule about pictures settles (P.i, P.iv, P.vi) takes the place of what the policy
says of pictures at large; all else that the policy asks for stays.
"""

from collections.abc import Iterator

from belisha.lib.verdict import Outcome, Reason, Verdict
from belisha.photos.rules import Decision, Light
from belisha.policy.asking.reasons import Because
from belisha.policy.rules import Clause

SETTLED = frozenset({Clause.CONSENT, Clause.EVERY_FACE, Clause.PROMOTION})
HIDE_THEM = "Make a safe copy that hides them."


def posting_of(decision: Decision, conduct: Verdict) -> Verdict:
    """Join the decision about a picture for a purpose and the answer about posting for it.

    A picture that goes only with faces hidden is a no as it is.
    """
    light = decision.light
    rest = [reason for reason in conduct.reasons if reason.clause not in SETTLED]
    reasons = [*_of_picture(decision), *map(_as_because, rest)]
    if light is Light.AS_IS and conduct.outcome is not Outcome.NO:
        asks = [reason for reason in reasons if reason.outcome is Outcome.ASK]
        outcome = Outcome.ASK if asks else Outcome.YES
        remedy = asks[0].remedy or "" if asks else ""
        return Verdict(outcome, tuple(reasons), remedy)
    if conduct.outcome is Outcome.NO:
        return conduct
    waits = light is Light.WAITS
    remedy = HIDE_THEM if light is Light.SAFE_COPY else decision.verdict.remedy
    return Verdict(Outcome.ASK if waits else Outcome.NO, tuple(reasons), remedy)


def _of_picture(decision: Decision) -> Iterator[Because]:
    outcome = {
        Light.AS_IS: Outcome.YES,
        Light.SAFE_COPY: Outcome.NO,
        Light.WAITS: Outcome.ASK,
        Light.NO: Outcome.NO,
    }[decision.light]
    for reason in decision.verdict.reasons:
        yield Because(reason.clause, reason.ground, reason.who, outcome=outcome)


def _as_because(reason: Reason) -> Because:
    return reason if isinstance(reason, Because) else Because(reason.clause, reason.ground)
