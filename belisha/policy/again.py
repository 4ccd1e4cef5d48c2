"""What of this area is done again after a restore: a yes that the head took back, or refused."""

from belisha.audit.journal import Line
from belisha.people.again import who
from belisha.policy.actions import approvals, purposes
from belisha.policy.models import HeadRequest, Purpose

WORDS = "Said before a restore. The words are lost."


def _took_back(line: Line) -> bool:
    request = HeadRequest.objects.get(pk=line.about_id)
    answer = request.answer
    if answer is None or not answer.yes or answer.ended_at:
        return False
    approvals.take_back_yes(answer, why=WORDS, by=who(line), at=line.at)
    return True


def _refused(line: Line) -> bool:
    """A yes is not said again: it was to something as it was shown then."""
    request = HeadRequest.objects.get(pk=line.about_id)
    if line.facts["yes"] or request.answer or request.withdrawn_at:
        return False
    approvals.answer(request, yes=False, digest="", reason=WORDS, by=who(line), at=line.at)
    return True


def _withdrawn(line: Line) -> bool:
    request = HeadRequest.objects.get(pk=line.about_id)
    if request.answer or request.withdrawn_at:
        return False
    approvals.withdraw_request(request, by=who(line), at=line.at)
    return True


def _out_of_use(line: Line) -> bool:
    purpose = Purpose.objects.get(pk=line.about_id)
    substance = "asked_since" in line.facts["fields"]
    if not substance and (line.facts["in_use"] or not purpose.in_use):
        return False
    in_use = purpose.in_use and line.facts["in_use"]
    purposes.change(purpose, substance=substance, in_use=in_use, by=who(line), at=line.at)
    return True


AGAIN = {
    "head.took_back": _took_back,
    "head.answered": _refused,
    "head.request_withdrawn": _withdrawn,
    "purpose.changed": _out_of_use,
}
LOOK_AT = {
    "version.issued": "A version of a document was issued.",
    "purpose.changed": "The words of a use of pictures were changed.",
}
