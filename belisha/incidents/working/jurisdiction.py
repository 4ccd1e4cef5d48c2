"""May the school act on what a pupil did outside school (E.i to E.iii)? Pure.

The school can regulate what pupils do elsewhere only as far as that is reasonable, and it gives a
sanction only while the pupil is in its charge.
"""

from collections.abc import Mapping

from belisha.incidents.working.kinds import JURISDICTION, NO, UNSURE, YES
from belisha.lib.verdict import Outcome, Reason, Verdict

GROUNDS = {"orderly": "E.i", "threatens": "E.ii", "reputation": "E.iii"}
REMEDY = (
    "Answer the questions of “May the school act on it?” first. A word and help need no answer."
)


def may_sanction(replies: Mapping[str, tuple[str, str]]) -> Verdict:
    """Whether a sanction may be given, by the newest replies: question, (answer, reasons).

    What was done in the school's charge needs no ground. Elsewhere all three grounds are asked,
    with reasons, and one of them must hold; and the sanction must be fair and given in our charge.
    """
    where, why = replies.get("in-charge", ("", ""))
    if not where or not why:
        return _ask("E.i", "Nobody has said, with reasons, where it was done.")
    if where == "school":
        return Verdict(Outcome.YES, (Reason("A.5", "It was done in the school’s charge."),))
    needed = (*GROUNDS, "proof", "fair", "lawful")
    open_ones = [key for key in needed if not _is_answered(key, replies)]
    if open_ones:
        asked = {one.key: one for one in JURISDICTION.questions}
        return _ask(
            *(GROUNDS.get(open_ones[0], "E.i"), f"Not answered: {asked[open_ones[0]].asks}")
        )
    held = [key for key in GROUNDS if replies[key][0] == YES]
    if not held:
        words = "It was outside school, and none of the three grounds holds."
        return Verdict(Outcome.NO, (Reason("E.i", words),), "Talk to the families instead.")
    if replies["fair"][0] != YES:
        return Verdict(Outcome.NO, (Reason("E.0", "A sanction would not be fair."),), _HELP)
    if replies["lawful"][0] != YES:
        words = "It would be given while the pupil is not in our charge."
        return Verdict(Outcome.NO, (Reason("E.0", words),), _HELP)
    return Verdict(Outcome.YES, tuple(Reason(GROUNDS[key], replies[key][1]) for key in held))


_HELP = "Choose something else: a talk, help, an agreement with the family."


def _is_answered(key: str, replies: Mapping[str, tuple[str, str]]) -> bool:
    value, why = replies.get(key, ("", ""))
    if key == "proof":
        return bool(value)
    return value in (YES, NO) and bool(why) and value != UNSURE


def _ask(clause: str, words: str) -> Verdict:
    return Verdict(Outcome.ASK, (Reason(clause, words),), REMEDY)
